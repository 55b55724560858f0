import { allErrors } from '../../../domain/catalogue/all-errors.ts';
import type { Locale } from '../../../domain/errors/error-entry.ts';
import { renderError } from '../../../domain/errors/render-error.ts';
import type { BodyFields } from '../wire/parse-body.ts';
import { textOf } from '../wire/read-fields.ts';
import { isRecord } from '../wire/records.ts';
import { noChoice, texts } from '../wire/texts.ts';
import type { UserErrors } from '../wire/user-errors.ts';
import { accountTypes, choiceOf } from '../wire/values.ts';

export const headerFields = ['originSystem', 'businessKey', 'accountType', 'employeeType'] as const;
export const userFields = [
  'employeeNumber',
  'employeeName',
  'departmentCode',
  'phoneNumber',
  'partnerCompany',
  'country',
] as const;

export type AccountUser = Readonly<Record<(typeof userFields)[number], string | null>>;

/** A call in GraphQL's form, with the problems that GraphQL's types would not let through. */
export interface AccountsInput {
  readonly input: Readonly<Record<(typeof headerFields)[number], string>> & {
    readonly systemList: readonly string[];
    readonly userList: readonly AccountUser[];
  };
  /** The position of each of `systemList` in the body. */
  readonly systemPlaces: readonly number[];
  readonly problems: UserErrors;
  /** The call as a whole cannot be taken, whatever its rows. */
  readonly isBroken: boolean;
}

/** Stands for a value of another kind: no text may contain it, so that nothing is stored in its place. */
const UNREADABLE = '\0';

/** Reads the body of create_accounts: numbers count as their digits, system names in any case. */
export function readAccountsInput(body: BodyFields, locale: Locale): AccountsInput {
  const problems: { code: string; message: string; path: string[] }[] = [];
  const invalid = (path: string[], message: string) => problems.push({ code: 'INVALID', message, path });
  const text = (value: unknown, path: string[]): string | null => {
    if (value == null) return null;
    // Fractions, and digits that a double has lost, are no text that anybody wrote.
    const found = typeof value === 'number' && !Number.isSafeInteger(value) ? undefined : textOf(value);
    if (found === undefined) invalid(path, texts.noText[locale]);
    return found ?? UNREADABLE;
  };
  const header = (field: string) => text(body[field], [field]) ?? '';
  const names = {
    originSystem: header('originSystem'),
    businessKey: header('businessKey'),
    accountType: header('accountType'),
    employeeType: header('employeeType'),
  };
  const systems = listOf(body['systemList'], () => invalid(['systemList'], texts.noList[locale]));
  const known = systems.map((given, place) => {
    const system = choiceOf(accountTypes, textOf(given) ?? '');
    if (system === null) problems.push(unknownSystem(given, place, locale));
    return { system, place };
  });
  const users = listOf(body['userList'], () => invalid(['userList'], texts.noList[locale]));
  const isBroken = problems.length > 0;
  const userList = users.map((user, place) => readUser(user, place, { text, invalid, locale }));
  const accepted = known.filter(({ system }) => system !== null);
  return {
    input: { ...names, systemList: accepted.map(({ system }) => (system ?? '').toUpperCase()), userList },
    systemPlaces: accepted.map(({ place }) => place),
    problems,
    isBroken,
  };
}

function listOf(value: unknown, problem: () => void): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value != null) problem();
  return [];
}

function unknownSystem(given: unknown, place: number, locale: Locale) {
  const path = ['systemList', String(place)];
  const name = textOf(given);
  if (name === undefined) return { code: 'INVALID', message: noChoice(typeof given, locale), path };
  const parameters = {
    field: `systemList[${place}]`,
    system: name.slice(0, 100),
    known: [...accountTypes],
  };
  return {
    code: 'INVALID',
    message: renderError(allErrors, { code: 'SYSTEM_UNKNOWN', parameters }, locale),
    path,
  };
}

function readUser(
  user: unknown,
  place: number,
  {
    text,
    invalid,
    locale,
  }: {
    readonly text: (value: unknown, path: string[]) => string | null;
    readonly invalid: (path: string[], message: string) => void;
    readonly locale: Locale;
  },
): AccountUser {
  const path = ['userList', String(place)];
  if (!isRecord(user)) invalid(path, texts.noObject[locale]);
  const read = (field: string) => (isRecord(user) ? text(user[field], [...path, field]) : UNREADABLE);
  return {
    employeeNumber: read('employeeNumber'),
    employeeName: read('employeeName'),
    departmentCode: read('departmentCode'),
    phoneNumber: read('phoneNumber'),
    partnerCompany: read('partnerCompany'),
    country: read('country'),
  };
}

/**
 * All problems of a call: those noticed while reading it, and those that validation found, except in the place of an
 * unreadable value. Paths are those of the body as sent.
 */
export function allProblems({ problems, systemPlaces }: AccountsInput, found: UserErrors): UserErrors {
  const noticed = new Set(problems.map(({ path }) => path?.join('.')));
  const others = found.map((error) => ({ ...error, path: sentPath(error.path ?? [], systemPlaces) }));
  const remaining = others.filter(
    ({ path }) =>
      !path.some((_, index) => noticed.has(path.slice(0, index + 1).join('.'))) && !stands(path, noticed),
  );
  return [...problems, ...remaining];
}

function sentPath(path: readonly string[], systemPlaces: readonly number[]): string[] {
  const [list, place] = path;
  if (list !== 'systemList' || place === undefined) return [...path];
  return [list, String(systemPlaces[Number(place)] ?? place)];
}

/** An empty list of systems is no news when every system was unknown. */
function stands(path: readonly string[], noticed: ReadonlySet<string | undefined>): boolean {
  return (
    path.length === 1 &&
    path[0] === 'systemList' &&
    [...noticed].some((text) => text?.startsWith('systemList'))
  );
}

/** Errors in the shape of the first system's: by field, lists by position: `{"userList": {"3": {"phoneNumber": [text]}}}`. */
export function nestedErrors(errors: UserErrors): Readonly<Record<string, unknown>> {
  const nested: Record<string, unknown> = {};
  for (const { path, message } of errors) place(nested, leadingTo(path), message);
  return nested;
}

/** Path of a problem; one without a field gets a name of its own. */
function leadingTo(path: readonly string[] | null): readonly string[] {
  if (path === null || path.length === 0) return ['non_field_errors'];
  const isRow = path.length === 2 && path[0] === 'userList';
  return isRow ? [...path, 'non_field_errors'] : path;
}

function place(into: Record<string, unknown>, [key = '', ...rest]: readonly string[], message: string): void {
  const present = into[key];
  if (rest.length === 0) {
    into[key] = Array.isArray(present) ? [...present, message] : [message];
    return;
  }
  const below: Record<string, unknown> = Array.isArray(present)
    ? { non_field_errors: present }
    : isRecord(present)
      ? { ...present }
      : {};
  place(below, rest, message);
  into[key] = below;
}
