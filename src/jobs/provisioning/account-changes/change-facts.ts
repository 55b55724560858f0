import { sql } from 'kysely';
import type { ChangeFacts } from '../../../domain/provisioning/hr/account-change.ts';
import type { PersonDepartment } from '../../../entities/people/person.ts';
import { mappingOfPerson } from '../../../entities/provisioning/department-mapping.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { isNameAccepted } from '../names/accepted-names.ts';
import { isLeaverSql } from './leaver-condition.ts';

/** Everything a change of one account needs to know. */
export interface ChangeRow extends ChangeFacts {
  readonly item: string;
  /** Primary key of the run, and its round. */
  readonly run: string;
  readonly round: number;
  readonly runId: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly identifier: string | null;
  /** Changed fields of the person; empty for leavers. */
  readonly fields: readonly string[];
  /** The person as they are now; null when they are gone. */
  readonly fullName: string | null;
  /** A person accepted the name, whatever it looks like. */
  readonly nameAccepted: boolean;
  readonly phone: string | null;
  readonly emailAddress: string | null;
  readonly departments: readonly PersonDepartment[] | null;
  /** Of the first of their departments that has a mapping. */
  readonly idaasDepartmentCode: string | null;
  readonly ou: string | null;
  /** The time of the database when this was read. */
  readonly readAt: string;
}

/** Reads the facts of PENDING records; those that are settled already are left out. */
export async function readChangeFacts(
  db: Sql,
  options: { readonly items: readonly string[]; readonly system: string; readonly settings: LiveSettings },
): Promise<ChangeRow[]> {
  const { items, system, settings } = options;
  const { rows } = await sql<ChangeRow>`
    select i.id as item, i.item_key as "employeeNumber", r.id as run, r.round, r.run_id as "runId", r.kind as "runKind",
      r.status as "runStatus", r.cancel_requested_at is not null as "runCancelled", ${system} as system,
      a.id as account, a.state as "accountState", a.identifier, p.id as person,
      coalesce(${isLeaverSql(settings.get('valid_employee_statuses'))}, false) as leaver,
      coalesce(i.payload->'fields', '[]') as fields, p.full_name as "fullName", ${isNameAccepted} as "nameAccepted",
      p.telephone_number1 as phone,
      coalesce(p.email_address, p.reserved_email_address) as "emailAddress", p.departments,
      d.idaas_department_code as "idaasDepartmentCode", d.ou, clock_timestamp() as "readAt"
    from run_item i join sync_run r on r.id = i.run_id
    left join account a on i.subject_kind = 'ACCOUNT' and a.id = i.subject_id left join person p on p.id = a.person_id
    left join lateral (${mappingOfPerson}) d on true
    where i.id = any(${[...items]}::bigint[]) and i.outcome = 'PENDING'`.execute(db);
  return rows;
}
