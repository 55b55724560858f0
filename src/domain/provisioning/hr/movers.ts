import type { HrPerson } from './hr-person.ts';

/** Fields of a person, besides the identifier, that systems store. */
export const movedFields = ['name', 'department', 'phone', 'email'] as const;
export type MovedField = (typeof movedFields)[number];

/** Stored values of a person before HR changed them. */
export interface MoverBefore {
  readonly fullName: string;
  readonly departmentCodes: readonly string[];
  readonly phone: string | null;
  /** HR's, else the reserved one. */
  readonly emailAddress: string | null;
}

/**
 * Finds the fields that HR changed and that systems may show. A field that HR leaves empty is unchanged, and so is a
 * phone or an address that is only written differently.
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
