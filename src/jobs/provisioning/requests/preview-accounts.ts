import { setImmediate } from 'node:timers/promises';
import type { NormalisedUser } from '../../../domain/provisioning/intake/check-rows.ts';
import { inOrderOfRows, RowWarnings } from '../../../domain/provisioning/intake/find-intake-warnings.ts';
import type { IntakeWarning } from '../../../domain/provisioning/intake/intake-warnings.ts';
import { isSamePerson } from '../../../domain/provisioning/intake/person-match.ts';
import type { ValidatedCreateAccounts } from '../../../domain/provisioning/intake/validate-create-accounts.ts';
import {
  type NamelessPerson,
  type PreviewedNames,
  previewNames,
} from '../../../domain/provisioning/names/preview-names.ts';
import { type NameRules, type ReadName, readName } from '../../../domain/provisioning/names/read-name.ts';
import { type Transliteration, transliterate } from '../../../domain/provisioning/names/transliterate.ts';
import { loginCandidates, wantedNames } from '../../../domain/provisioning/names/wanted-names.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import { readTakenLocalParts, readTakenLogins } from '../names/taken-names.ts';
import { INTAKE_CHUNK } from './intake-request.ts';
import { type KnownPerson, readKnown, readMapped, readTypes, type Types } from './preview-reads.ts';

/** The call's would-be effect for one good row. */
export interface RowPreview {
  readonly position: number;
  readonly employeeNumber: string;
  /** Primary key of the person it is about; null for a new person, and where the name belongs to another person. */
  readonly personId: string | null;
  readonly missingSystems: readonly string[];
  readonly username: string | null;
  readonly emailAddress: string | null;
}

export interface AccountsPreview {
  /** All warnings in input order, those of the whole call first. */
  readonly warnings: readonly IntakeWarning[];
  readonly rows: readonly RowPreview[];
}

/** A good row and its person. */
interface Row {
  readonly user: NormalisedUser;
  readonly person: KnownPerson | null;
  readonly nameDiffers: boolean;
  /** Nothing would be made for it: the name belongs to another person, and names are checked. */
  readonly refused: boolean;
}

/**
 * Says what a call would do (provisioning.md §3.5) without changing anything: seven statements for any number of
 * rows. Another call may take a name before this one is made.
 */
export async function previewAccounts(
  db: Sql,
  context: OperationContext,
  validated: ValidatedCreateAccounts,
): Promise<AccountsPreview> {
  const { header, accepted } = validated;
  const { settings } = context;
  const nameCheck = settings.get('person_name_check');
  const rules = nameRulesOf(settings);
  const known = await readKnown(db, accepted);
  const types = await readTypes(db, header.accountType, settings.get('default_person_type'));
  const rows: Row[] = [];
  for (const chunk of chunksOf(accepted, INTAKE_CHUNK)) {
    rows.push(...chunk.map((user) => rowOf(user, known.get(user.employeeNumber.toLowerCase()), nameCheck)));
    // Yields to the event loop: choosing ten thousand names at once would keep other callers waiting.
    await setImmediate();
  }
  const mappedDepartments = await readMapped(db, rows.flatMap(departmentsOf));
  const finder = new RowWarnings({
    mappedDepartments,
    nameCheck,
    doubtfulNames: rules.doubtfulNames,
    countryAliases: settings.get('country_aliases'),
  });
  const ofRows: IntakeWarning[] = [];
  for (const chunk of chunksOf(rows, INTAKE_CHUNK)) {
    for (const row of chunk) {
      const departmentCodes = departmentsOf(row);
      const missing = missingOf(row, header.systemList);
      const needsMobile = missing.includes('WELINK');
      const needsPhone = needsMobile || missing.includes('IDAAS');
      const naming = namingOf(row, { missing, rules });
      ofRows.push(...finder.next({ ...row, departmentCodes, needsMobile, needsPhone, ...naming }));
    }
    await setImmediate();
  }
  const names = await nameAll(db, context, { rows, types, accountType: header.accountType });
  return {
    warnings: [...typeWarnings(header.accountType, types), ...inOrderOfRows(ofRows)],
    rows: rows.map((row) => ({
      position: row.user.position,
      employeeNumber: row.user.employeeNumber,
      personId: row.refused ? null : (row.person?.id ?? null),
      missingSystems: missingOf(row, header.systemList),
      username: names.get(row)?.username ?? null,
      emailAddress: names.get(row)?.emailAddress ?? null,
    })),
  };
}

/** How the name that would be used is read and spelled; null where no account would be made, or names were chosen. */
function namingOf(
  row: Row,
  { missing, rules }: { readonly missing: readonly string[]; readonly rules: NameRules },
): { readonly spelled: Transliteration | null; readonly read: ReadName | null } {
  if (missing.length === 0) return { spelled: null, read: null };
  const read = readNameOf(row, rules);
  const pinyin = row.person?.person_pinyin_name ?? null;
  return { spelled: isNameless(row) ? transliterate(read.name, pinyin, rules.umlaut) : null, read };
}

/** HR's name rules over what a request says. */
function nameOf({ user, person }: Pick<Row, 'user' | 'person'>): string {
  return person?.source === 'HR' ? person.full_name : user.employeeName;
}

function readNameOf(row: Row, rules: NameRules): ReadName {
  return readName(nameOf(row), { ...rules, accepted: row.person?.name_accepted === true });
}

/** No names are chosen until a person accepts or corrects the name. */
function isHeld(row: Row, rules: NameRules): boolean {
  return rules.doubtfulNames !== 'accept' && readNameOf(row, rules).doubt !== null;
}

function rowOf(user: NormalisedUser, person: KnownPerson | undefined, nameCheck: 'strict' | 'warn'): Row {
  if (person === undefined) return { user, person: null, nameDiffers: false, refused: false };
  const names = {
    fullName: person.full_name,
    pinyinName: person.person_pinyin_name,
    englishName: person.english_name,
  };
  const nameDiffers = !isSamePerson(names, user.employeeName);
  return { user, person, nameDiffers, refused: nameDiffers && nameCheck === 'strict' };
}

/** HR's departments win where it has any (`store-people.ts`). */
function departmentsOf({ user, person }: Row): readonly string[] {
  if (person?.source === 'HR' && person.department_codes.length > 0) return person.department_codes;
  return [user.departmentCode];
}

function missingOf({ person, refused }: Row, wanted: readonly string[]): readonly string[] {
  if (refused) return [];
  return wanted.filter((system) => !person?.active.includes(system));
}

function typeWarnings(given: string, { accountType, defaultType }: Types): IntakeWarning[] {
  if (accountType !== null) return [];
  const parameters =
    defaultType === null
      ? { accountType: given, variant: 'NO_DEFAULT' }
      : { accountType: given, defaultType };
  const path = ['accountType'];
  return [
    {
      code: 'ACCOUNT_TYPE_UNKNOWN',
      parameters: { field: 'accountType', ...parameters },
      path,
      employeeNumber: null,
    },
  ];
}

/** The names that each row's person has, or would get if the call were made now. */
async function nameAll(
  db: Sql,
  { settings, defaultEmailDomain }: OperationContext,
  {
    rows,
    types,
    accountType,
  }: { readonly rows: readonly Row[]; readonly types: Types; readonly accountType: string },
): Promise<ReadonlyMap<Row, PreviewedNames>> {
  const rules = nameRulesOf(settings);
  const nameless: Row[] = [];
  const people: NamelessPerson[] = [];
  for (const chunk of chunksOf(rows, INTAKE_CHUNK)) {
    const choosing = inOrderOfChoice(chunk.filter((row) => isNameless(row) && !isHeld(row, rules)));
    nameless.push(...choosing);
    people.push(...choosing.map((row) => namelessOf(row, { types, accountType, rules })));
    await setImmediate();
  }
  const logins = people.flatMap(({ wanted, employeeNumber }) =>
    loginCandidates(wanted.username, employeeNumber),
  );
  const bases = people.flatMap(({ wanted }) => (wanted.ownLocalPart === null ? [wanted.base] : []));
  const chosen = previewNames(
    people,
    {
      localParts: await readTakenLocalParts(db, bases),
      logins: await readTakenLogins(db, logins),
      reserved: new Set(settings.get('reserved_local_parts').map((word) => word.toLowerCase())),
    },
    defaultEmailDomain,
  );
  const names = new Map<Row, PreviewedNames>();
  for (const row of rows) {
    const { person, refused } = row;
    if (person === null || refused) continue;
    const emailAddress = person.email_address ?? person.reserved_email_address;
    names.set(row, { username: person.reserved_username, emailAddress });
  }
  nameless.forEach((row, index) => {
    const previewed = chosen[index];
    if (previewed === undefined) return;
    const username = row.person?.reserved_username ?? previewed.username;
    names.set(row, { ...previewed, username });
  });
  return names;
}

function isNameless({ person, refused }: Row): boolean {
  if (refused) return false;
  return person === null || person.reserved_email_address === null || person.reserved_username === null;
}

/** Rows in the order in which intake chooses names: known people first, then new ones, each by key. */
function inOrderOfChoice(rows: readonly Row[]): Row[] {
  const rank = ({ person }: Row) => (person === null ? Number.POSITIVE_INFINITY : Number(person.id));
  return rows.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function namelessOf(
  { user, person }: Row,
  {
    types,
    accountType,
    rules,
  }: { readonly types: Types; readonly accountType: string; readonly rules: NameRules },
): NamelessPerson {
  const emailAddress = person?.reserved_email_address ?? person?.email_address ?? null;
  const employeeNumber = user.employeeNumber;
  return {
    employeeNumber,
    emailAddress,
    emailDomain: types.domainOf(person?.source === 'HR' ? person.person_type : accountType),
    wanted: wantedNames({
      employeeNumber,
      fullName: nameOf({ user, person }),
      pinyinName: person?.person_pinyin_name ?? null,
      employeeAccount: person?.employee_account ?? null,
      emailAddress,
      rules,
      nameAccepted: person?.name_accepted === true,
    }),
  };
}

function chunksOf<T>(list: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
