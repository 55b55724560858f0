import { hash } from 'node:crypto';
import type { StoredError } from '../../errors/error-entry.ts';

/** A person as HR delivers them, in our words; dates `YYYY-MM-DD`, moments RFC 3339 in UTC. */
export interface HrPerson {
  readonly employeeNumber: string;
  readonly hrPersonId: string | null;
  readonly fullName: string;
  readonly englishName: string | null;
  readonly sex: string | null;
  readonly birthDay: string | null;
  readonly nationalityCode: string | null;
  readonly personType: string;
  readonly employeeStatus: string;
  /** Login at IDaaS; null when HR knows of none. */
  readonly employeeAccount: string | null;
  readonly hrUserId: string | null;
  readonly employeeDescription: string | null;
  readonly emailAddress: string | null;
  readonly telephoneNumber1: string | null;
  readonly telephoneNumber2: string | null;
  readonly telephoneNumber3: string | null;
  readonly fullAddress: string | null;
  readonly postalCode: string | null;
  readonly baseLocation: string | null;
  readonly expenseAccount: string | null;
  readonly personPinyinName: string | null;
  readonly originalHireDate: string | null;
  readonly effectiveDate: string | null;
  readonly disableDate: string | null;
  readonly departments: readonly HrDepartment[];
  readonly tenantId: string | null;
  readonly hrCreatedAt: string | null;
  readonly hrUpdatedAt: string | null;
}

/** One of the places a person works at; named as it is stored. */
export interface HrDepartment {
  readonly department_code: string;
  readonly partner_company: string | null;
  readonly country: string | null;
}

/** Key of a person at HR: its own id, else the employee number. */
export function hrKeyOf(person: Pick<HrPerson, 'hrPersonId' | 'employeeNumber'>): string {
  return person.hrPersonId ?? person.employeeNumber.toLowerCase();
}

/** Something of a row that could not be used. */
export interface HrRowProblem {
  /** Employee number, else personId, else the place in the source; fit to be stored. */
  readonly key: string;
  readonly error: StoredError;
  /** True: the whole row was left out. False: only the field is missing. */
  readonly skipped: boolean;
  /** Identifies the row at its source, without names, phones or addresses. */
  readonly payload: Readonly<Record<string, string | readonly string[]>>;
}

/** Every field of a person, in an order that stays: hashes and columns follow it. */
export const hrFieldNames = [
  'employeeNumber',
  'hrPersonId',
  'fullName',
  'englishName',
  'sex',
  'birthDay',
  'nationalityCode',
  'personType',
  'employeeStatus',
  'employeeAccount',
  'hrUserId',
  'employeeDescription',
  'emailAddress',
  'telephoneNumber1',
  'telephoneNumber2',
  'telephoneNumber3',
  'fullAddress',
  'postalCode',
  'baseLocation',
  'expenseAccount',
  'personPinyinName',
  'originalHireDate',
  'effectiveDate',
  'disableDate',
  'departments',
  'tenantId',
  'hrCreatedAt',
  'hrUpdatedAt',
] as const satisfies readonly (keyof HrPerson)[];

const SEPARATOR = '\u001f';

/** Changes with anything in the row and with nothing else: rows of equal hash need no write. */
export function hashHrPerson(person: HrPerson): string {
  const values = hrFieldNames.map((field) => {
    const value = person[field];
    return typeof value === 'string' || value === null ? value : JSON.stringify(value);
  });
  // No field is empty or holds a control character, so that nothing else reads the same. Null is joined as nothing.
  return hash('sha256', values.join(SEPARATOR), 'base64url');
}
