/** An item as intake reads it. */
export interface IntakeItem {
  readonly id: string;
  readonly employee_number: string;
  readonly employee_name: string;
  readonly department_code: string;
  readonly phone_number: string;
  readonly partner_company: string | null;
  readonly country: string;
  readonly person_id: string | null;
}

/** The request it belongs to. */
export interface IntakeHeader {
  readonly id: string;
  readonly origin_system: string;
  readonly business_key: string;
  readonly account_type: string;
  readonly employee_type: string;
  readonly system_list: readonly string[];
  readonly priority: 'LOW' | 'NORMAL' | 'HIGH';
  readonly status: string;
  readonly cancelled: boolean;
}
