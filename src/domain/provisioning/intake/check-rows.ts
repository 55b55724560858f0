import type { ErrorParameters } from '../../errors/error-entry.ts';
import { pathText } from '../../text/path-text.ts';
import { findForbiddenCharacter, isLongerThan } from '../../text/text.ts';
import { readName } from '../names/read-name.ts';
import { checkField, isEmployeeNumber, rowRules } from './field-rules.ts';
import type { IntakeError, IntakeErrorCode, IntakeErrorList } from './intake-error.ts';
import type { NormalisedRow } from './normalise-create-accounts.ts';

/** Longer names are refused for that alone. */
const NAME_MAX = 100;

/** One good row, as it is stored. */
export interface NormalisedUser extends NormalisedRow {
  /** Index in the `userList` that was sent. */
  readonly position: number;
  readonly employeeNumber: string;
  readonly employeeName: string;
  readonly departmentCode: string;
  readonly phoneNumber: string;
  readonly country: string;
}

/** One bad row: every distinct code it was refused with. */
export interface RejectedRow {
  readonly position: number;
  readonly codes: readonly IntakeErrorCode[];
}

/** Every row is in exactly one of the two, in input order. */
export interface CheckedRows {
  readonly accepted: readonly NormalisedUser[];
  readonly rejected: readonly RejectedRow[];
}

/** A problem with one field of one row. */
interface RowProblem {
  readonly field: keyof NormalisedRow;
  readonly code: IntakeErrorCode;
  readonly parameters: ErrorParameters;
}

/** Parts good rows from bad ones (provisioning.md §3.3) and adds every problem to `errors`, in input order. */
export function checkRows(
  rows: readonly NormalisedRow[],
  errors: IntakeErrorList,
  options: { readonly refusesDoubtfulNames: boolean; readonly notesLeftOff: readonly string[] },
): CheckedRows {
  const accepted: NormalisedUser[] = [];
  const rejected: RejectedRow[] = [];
  const firstPositions = new Map<string, number>();
  for (const [position, row] of rows.entries()) {
    const problems = findFieldProblems(row);
    if (options.refusesDoubtfulNames) problems.push(...findDoubt(row, options.notesLeftOff));
    const duplicate = findDuplicate(firstPositions, row, position);
    if (duplicate !== null) problems.push(duplicate);
    if (problems.length === 0 && isComplete(row)) {
      // In this order the engine clones the row and adds to it, in place of copying field by field: ten thousand of them.
      accepted.push({ ...row, position });
      continue;
    }
    rejected.push({ position, codes: [...new Set(problems.map(({ code }) => code))] });
    for (const problem of problems) errors.add(() => rowError({ ...row, position }, problem));
  }
  return { accepted, rejected };
}

function findFieldProblems(row: NormalisedRow): RowProblem[] {
  const problems: RowProblem[] = [];
  for (const rule of rowRules) {
    for (const problem of checkField(rule, row[rule.field])) problems.push({ field: rule.field, ...problem });
  }
  return problems;
}

/** A name that hardly is one, where the Setting `doubtful_names` refuses such. */
function findDoubt({ employeeName }: NormalisedRow, notesLeftOff: readonly string[]): RowProblem[] {
  if (employeeName === null || isLongerThan(employeeName, NAME_MAX)) return [];
  const { doubt } = readName(employeeName, { notesLeftOff });
  return doubt === null ? [] : [{ field: 'employeeName', code: 'NAME_DOUBTFUL', parameters: { doubt } }];
}

/** The later of two rows with one employee number (no case) is the bad one; the first is remembered. */
function findDuplicate(
  firstPositions: Map<string, number>,
  { employeeNumber }: NormalisedRow,
  position: number,
): RowProblem | null {
  if (employeeNumber === null || !isEmployeeNumber(employeeNumber)) return null;
  const key = employeeNumber.toLowerCase();
  const firstPosition = firstPositions.get(key);
  if (firstPosition === undefined) {
    firstPositions.set(key, position);
    return null;
  }
  return { field: 'employeeNumber', code: 'DUPLICATE_ROW', parameters: { firstPosition } };
}

/** A row without problems has every required text; this tells the compiler. */
function isComplete(row: NormalisedRow): row is Omit<NormalisedUser, 'position'> {
  return rowRules.every(({ required, field }) => !required || row[field] !== null);
}

function rowError(
  row: NormalisedRow & { readonly position: number },
  { field, code, parameters }: RowProblem,
): IntakeError {
  const path = ['userList', String(row.position), field];
  const employeeNumber = readableNumber(row);
  const where = employeeNumber === null ? pathText(path) : `${pathText(path)} (${employeeNumber})`;
  return { code, parameters: { field: where, employeeNumber, ...parameters }, path, employeeNumber };
}

/** The employee number as far as it helps a reader to find the row, even when it is refused. */
function readableNumber({ employeeNumber }: NormalisedRow): string | null {
  if (employeeNumber === null || isLongerThan(employeeNumber, 50)) return null;
  return findForbiddenCharacter(employeeNumber) === null ? employeeNumber : null;
}
