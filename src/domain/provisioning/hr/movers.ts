import type { HrPerson } from './hr-person.ts';

/** What systems know of a person beside who it is. */
export const movedFields = ['name', 'department', 'phone', 'email'] as const;
export type MovedField = (typeof movedFields)[number];

/** What was known of somebody before HR said something else. */
export interface MoverBefore {
  readonly fullName: string;
  readonly departmentCodes: readonly string[];
  readonly phone: string | null;
  /** HR's, else the reserved one. */
  readonly emailAddress: string | null;
}

/**
 * What of a person HR changed that systems may show. What HR leaves empty stays as it was, and a phone or an address
 * that is only written in another way is the same.
 */
export function findMoved(before: MoverBefore, after: HrPerson): MovedField[] {
  const codes = after.departments.map((department) => department.department_code);
  const moved: Readonly<Record<MovedField, boolean>> = {
    name: after.fullName !== before.fullName,
    department: codes.length > 0 && codes.join('\n') !== before.departmentCodes.join('\n'),
    phone:
      after.telephoneNumber1 !== null && digitsOf(after.telephoneNumber1) !== digitsOf(before.phone ?? ''),
    email:
      after.emailAddress !== null && after.emailAddress.toLowerCase() !== before.emailAddress?.toLowerCase(),
  };
  return movedFields.filter((field) => moved[field]);
}

/** Digits of a phone without China's own prefix. */
function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
}
