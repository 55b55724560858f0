import type { ErrorParameters } from '../../errors/error-entry.ts';
import { checkField, rowRules } from './field-rules.ts';
import type { IntakeErrorCode } from './intake-error.ts';
import { normaliseRow } from './normalise-create-accounts.ts';

/** Fields of a row that can be corrected; the employee number cannot, because it identifies the person. */
export const correctableFields = [
  'employeeName',
  'departmentCode',
  'phoneNumber',
  'partnerCompany',
  'country',
] as const;
export type CorrectableField = (typeof correctableFields)[number];

/** Corrected values; a field that is absent stays as it is, null takes a value away. */
export type RowCorrection = { readonly [Field in CorrectableField]?: string | null | undefined };

/** The row as it stands, or will. */
export type CorrectableRow = { readonly [Field in Exclude<CorrectableField, 'partnerCompany'>]: string } & {
  readonly partnerCompany: string | null;
};

export interface RowProblem {
  readonly field: CorrectableField;
  readonly code: IntakeErrorCode;
  readonly parameters: ErrorParameters;
}

export type CorrectedRow =
  | {
      readonly row: CorrectableRow;
      /** Fields whose value changed. */
      readonly changed: readonly CorrectableField[];
    }
  | { readonly problems: readonly RowProblem[] };

/** Corrects a row, or finds everything that is wrong with the correction, as intake would (provisioning.md §3). */
export function correctRow(row: CorrectableRow, correction: RowCorrection): CorrectedRow {
  const normalised = normaliseRow(correction);
  const given = correctableFields.filter((field) => correction[field] !== undefined);
  const problems = rowRules.flatMap((rule): RowProblem[] => {
    const field = given.find((name) => name === rule.field);
    if (field === undefined) return [];
    return checkField(rule, normalised[field]).map(({ code, parameters }) => ({
      field,
      code,
      parameters: { field, ...parameters },
    }));
  });
  if (problems.length > 0) return { problems };
  const corrected: CorrectableRow = {
    employeeName: normalised.employeeName ?? row.employeeName,
    departmentCode: normalised.departmentCode ?? row.departmentCode,
    phoneNumber: normalised.phoneNumber ?? row.phoneNumber,
    partnerCompany: given.includes('partnerCompany') ? normalised.partnerCompany : row.partnerCompany,
    country: normalised.country ?? row.country,
  };
  return { row: corrected, changed: given.filter((field) => corrected[field] !== row[field]) };
}

/** HR's values of a person; null or empty: HR has none. */
export interface HrValues {
  readonly phone: string | null;
  readonly departments: readonly {
    readonly department_code: string;
    readonly partner_company: string | null;
    readonly country: string | null;
  }[];
}

/** Corrected fields that HR owns and has another value for: they are HR's to correct. Names are judged elsewhere. */
export function fieldsOfHr(
  { row, changed }: { readonly row: CorrectableRow; readonly changed: readonly CorrectableField[] },
  { phone, departments }: HrValues,
): CorrectableField[] {
  const place = departments.find(({ department_code }) => department_code === row.departmentCode);
  const placed = departments.length > 0;
  const differs: Readonly<Record<CorrectableField, boolean>> = {
    employeeName: false,
    phoneNumber: phone !== null && digitsOf(phone) !== digitsOf(row.phoneNumber),
    departmentCode: placed && place === undefined,
    partnerCompany: placed && place?.partner_company !== row.partnerCompany,
    country: placed && place?.country !== row.country,
  };
  return changed.filter((field) => differs[field]);
}

function digitsOf(phone: string): string {
  return phone.replace(/[^0-9]/g, '');
}
