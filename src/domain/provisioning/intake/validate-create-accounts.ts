import type { ErrorParameters } from '../../errors/error-entry.ts';
import { checkNotify, type WebhookRules } from '../../notifications/notify-input.ts';
import { pathText } from '../../text/path-text.ts';
import type { NameRules } from '../names/read-name.ts';
import { type CheckedRows, checkRows } from './check-rows.ts';
import { checkField, headerRules } from './field-rules.ts';
import { type IntakeError, type IntakeErrorCode, IntakeErrorList } from './intake-error.ts';
import {
  type CreateAccountsInput,
  type NormalisedCreateAccounts,
  type NormalisedHeader,
  normaliseCreateAccounts,
  USERS_MAX,
} from './normalise-create-accounts.ts';

// A system's name in an error is cut to this: the API's enum is short, but a file may bring anything.
const SYSTEM_NAME_MAX_LENGTH = 50;

/** Systems at the time of the call. */
export interface ValidationContext {
  /** Every system with a connector. */
  readonly knownSystems: readonly string[];
  /** Setting `enabled_account_types`. */
  readonly enabledSystems: readonly string[];
  /** Setting `notify_webhook_allowlist`. */
  readonly webhooks: WebhookRules;
  readonly nameRules: Pick<NameRules, 'doubtfulNames' | 'notesLeftOff'>;
}

/** A validated call: its normal form (all rows), its good and bad rows, its problems. */
export interface ValidatedCreateAccounts extends NormalisedCreateAccounts, CheckedRows {
  /** True when the texts of the header are well-formed: only then may an earlier call have the same key. */
  readonly keyUsable: boolean;
  /** True when nothing is wrong but, perhaps, rows. */
  readonly headerValid: boolean;
  /** True when something is to be stored under the call's `onInvalid`, namely `accepted`. */
  readonly storable: boolean;
  /** The header's first, then the rows' in input order; the first 1,000. */
  readonly userErrors: readonly IntakeError[];
  readonly userErrorCount: number;
}

/**
 * Normalises a call and finds everything that is wrong with it (provisioning.md §3.1, §3.3). Never throws.
 * More than 10,000 users: rows are not looked at; `rows`, `accepted` and `rejected` are empty.
 */
export function validateCreateAccounts(
  input: CreateAccountsInput,
  context: ValidationContext,
): ValidatedCreateAccounts {
  const { header, rows } = normaliseCreateAccounts(input);
  const errors = new IntakeErrorList();
  const textErrors = findTextErrors(header);
  const headerErrors = [
    ...textErrors,
    ...findSystemErrors(input.systemList, context),
    ...findUserCountErrors(input.userList.length),
    ...checkNotify(header.notify, context.webhooks).map((problem) =>
      headerError(['notify', ...problem.path], problem),
    ),
  ];
  for (const error of headerErrors) errors.add(() => error);
  const headerValid = errors.count === 0;
  const { accepted, rejected } = checkRows(rows, errors, {
    refusesDoubtfulNames: context.nameRules.doubtfulNames === 'refuse',
    notesLeftOff: context.nameRules.notesLeftOff,
  });
  const rowsStorable = header.onInvalid === 'ACCEPT_VALID' || rejected.length === 0;
  return {
    header,
    rows,
    accepted,
    rejected,
    keyUsable: textErrors.length === 0,
    headerValid,
    storable: headerValid && rowsStorable && accepted.length > 0,
    userErrors: errors.shown,
    userErrorCount: errors.count,
  };
}

function findTextErrors(header: NormalisedHeader): IntakeError[] {
  const check = (field: keyof typeof headerRules): IntakeError[] =>
    checkField(headerRules[field], header[field]).map((problem) => headerError([field], problem));
  return [
    ...check('originSystem'),
    ...check('businessKey'),
    ...check('accountType'),
    ...check('employeeType'),
    ...(header.idempotencyKey === null ? [] : check('idempotencyKey')),
  ];
}

function findSystemErrors(systems: readonly string[], context: ValidationContext): IntakeError[] {
  if (systems.length === 0) return [headerError(['systemList'], { code: 'REQUIRED', parameters: {} })];
  const known = new Set(context.knownSystems);
  const enabled = new Set(context.enabledSystems);
  // A repeated system is merged: it is judged where it stands first.
  return [...new Set(systems)].flatMap((system) => {
    if (known.has(system) && enabled.has(system)) return [];
    const path = ['systemList', String(systems.indexOf(system))];
    const name = system.slice(0, SYSTEM_NAME_MAX_LENGTH);
    return known.has(system)
      ? [headerError(path, { code: 'SYSTEM_DISABLED', parameters: { system: name } })]
      : [headerError(path, { code: 'SYSTEM_UNKNOWN', parameters: { system: name, known: [...known] } })];
  });
}

function findUserCountErrors(count: number): IntakeError[] {
  const path = ['userList'];
  if (count === 0) return [headerError(path, { code: 'REQUIRED', parameters: {} })];
  if (count <= USERS_MAX) return [];
  return [headerError(path, { code: 'TOO_MANY', parameters: { count, limit: USERS_MAX } })];
}

function headerError(
  path: readonly string[],
  { code, parameters }: { readonly code: IntakeErrorCode; readonly parameters: ErrorParameters },
): IntakeError {
  return { code, parameters: { field: pathText(path), ...parameters }, path, employeeNumber: null };
}
