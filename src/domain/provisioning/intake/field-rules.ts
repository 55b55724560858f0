import type { ErrorParameters } from '../../errors/error-entry.ts';
import {
  describeCharacter,
  findForbiddenCharacter,
  isLongerThan,
  isPlaceholder,
  RAW_TEXT_MAX_UNITS,
} from '../../text/text.ts';
import type { IntakeErrorCode } from './intake-error.ts';
import type { NormalisedHeader, NormalisedRow } from './normalise-create-accounts.ts';

/** Rule for the values of one field; limits in code points (provisioning.md §3.3). */
export interface FieldRule {
  readonly maxLength: number;
  readonly required: boolean;
  /** Checks a text without forbidden characters further; null when it is valid. */
  readonly check?: (text: string) => ErrorParameters | null;
}

/** A problem with one field; the caller adds the path. */
export interface FieldProblem {
  readonly code: IntakeErrorCode;
  readonly parameters: ErrorParameters;
}

const EMPLOYEE_NUMBER = /^[A-Za-z0-9._-]+$/;
const EMPLOYEE_NUMBER_MAX = 50;
const MANGLED = /^\d+\.(?:0+|\d*E[+-]?\d+)$/i;
const PLAIN_PHONE = /^\+?[0-9]{5,25}$/;
const PHONE_PIECES = /ext|转|分机|[0-9+\-().*/#,; x]/giu;
const PHONE_DIGITS_MIN = 5;
const PHONE_DIGITS_MAX = 25;

/** Rules of the texts of the whole call. `idempotencyKey` is only checked when given. */
export const headerRules = {
  originSystem: { maxLength: 50, required: true },
  businessKey: { maxLength: 50, required: true },
  accountType: { maxLength: 50, required: true },
  employeeType: { maxLength: 50, required: true },
  idempotencyKey: { maxLength: 200, required: true },
} as const satisfies Partial<Record<keyof NormalisedHeader, FieldRule>>;

/** Rules of one row, in the order of the input type. */
export const rowRules: readonly (FieldRule & { readonly field: keyof NormalisedRow })[] = [
  { field: 'employeeNumber', maxLength: EMPLOYEE_NUMBER_MAX, required: true, check: checkEmployeeNumber },
  { field: 'employeeName', maxLength: 100, required: true },
  { field: 'departmentCode', maxLength: 50, required: true },
  { field: 'phoneNumber', maxLength: 40, required: true, check: checkPhone },
  { field: 'partnerCompany', maxLength: 100, required: false },
  { field: 'country', maxLength: 50, required: true },
];

const NO_PROBLEMS: readonly FieldProblem[] = [];

/** Everything wrong with one normalised value; an empty list when it is fine. */
export function checkField(rule: FieldRule, value: string | null): readonly FieldProblem[] {
  if (value === null || value === '') {
    return rule.required ? [{ code: 'REQUIRED', parameters: {} }] : NO_PROBLEMS;
  }
  const tooLong = isLongerThan(value, rule.maxLength);
  // A text that was too long to normalise is not searched.
  const invalid = value.length > RAW_TEXT_MAX_UNITS ? null : findInvalid(rule, value);
  if (!tooLong && invalid === null) return NO_PROBLEMS;
  const problems: FieldProblem[] = [];
  if (tooLong) problems.push({ code: 'TOO_LONG', parameters: { limit: rule.maxLength } });
  if (invalid !== null) problems.push({ code: 'INVALID', parameters: invalid });
  return problems;
}

/** True when accounts can be made under this employee number: 1–50 ASCII letters, digits, `-_.` (§3.3, §6). */
export function isEmployeeNumber(text: string): boolean {
  return text.length <= EMPLOYEE_NUMBER_MAX && EMPLOYEE_NUMBER.test(text);
}

/** True for what programs make of a code that they take for a number: `10001.0`, `1.0000123E7`. No one gives such codes. */
export function isMangledNumber(text: string): boolean {
  return MANGLED.test(text);
}

function findInvalid(rule: FieldRule, text: string): ErrorParameters | null {
  const forbidden = findForbiddenCharacter(text);
  if (forbidden !== null) return { variant: 'CHARACTER', character: describeCharacter(forbidden) };
  return rule.check?.(text) ?? null;
}

function checkEmployeeNumber(text: string): ErrorParameters | null {
  // Signs alone are permitted: some number their people so.
  if (/[a-z]/i.test(text) && isPlaceholder(text)) return { variant: 'PLACEHOLDER', value: text };
  if (isMangledNumber(text)) return { variant: 'MANGLED', value: text.slice(0, EMPLOYEE_NUMBER_MAX) };
  if (EMPLOYEE_NUMBER.test(text)) return null;
  return notAllowed(text.replace(/[A-Za-z0-9._-]+/g, ''), 'A-Z a-z 0-9 - _ .');
}

function checkPhone(text: string): ErrorParameters | null {
  if (PLAIN_PHONE.test(text)) return null;
  const rest = text.replace(PHONE_PIECES, '');
  if (rest !== '') return notAllowed(rest, '0-9 + - ( ) . / * # , ; x ext 转 分机');
  const digits = text.replace(/[^0-9]/g, '').length;
  if (digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX) return null;
  return { variant: 'DIGITS', digits, minimum: PHONE_DIGITS_MIN, maximum: PHONE_DIGITS_MAX };
}

/** `rest` is what remains of a text without its allowed characters; its first character is named. */
function notAllowed(rest: string, allowed: string): ErrorParameters {
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return { variant: 'ALLOWED', character: describeCharacter(character), allowed };
}
