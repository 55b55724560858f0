import { type SqlBool, sql } from 'kysely';
import type { AccountState, PersonSource } from '../../../domain/provisioning/states/states.ts';
import { normaliseCompatibleText, normaliseName, normaliseText } from '../../../domain/text/text.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import type { RequestScope } from '../../context/context.ts';
import { badUserInput } from '../../context/errors.ts';
import { needs } from '../../permissions/rules.ts';
import { askedColumns } from '../../reading/asked-columns.ts';
import type { Columns } from '../../reading/columns.ts';
import { type ConnectionOf, PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { visibleRows } from '../../reading/visible-rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { personById } from '../rows/row-loaders.ts';
import type { PersonRow } from '../rows/rows.ts';
import { Person } from '../rows/rows.ts';
import { AccountStateEnum, PersonSourceEnum } from '../rows/states.ts';

const PersonConnection = builder.connectionObject(
  { type: Person, name: 'PersonConnection', description: 'A page of people.' },
  { name: 'PersonEdge', description: 'A person and their cursor.' },
);

/** As many as a file of operators has; the list is one parameter of one statement. */
const EMPLOYEE_NUMBERS_MAX = 10_000;

/**
 * Only keys: a search then reads nothing but its index (`person_search_idx`), and the page's people are read by
 * their keys.
 */
const peopleListing: Listing<{ readonly id: string }> = {
  list: 'people',
  select: (scope) => sql`select p.id from ${visibleRows(scope, 'person')} p`,
  key: 'p.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (person) => person.id,
};

const personFilter = builder.inputType('PersonFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    search: t.string({
      description:
        'With this text in employee number, name, English name, pinyin (of HR, or once an address is reserved) or e-mail address, case-insensitive; `%` and `_` are ordinary characters.',
    }),
    login: t.string({
      description: "Whose directory login, HR's or the one reserved here, is this, without regard to case.",
    }),
    identifier: t.string({
      description:
        'With an account of this name, in the system of `system` if that is given, without regard to case.',
    }),
    employeeNumbers: t.stringList({
      description: `With one of these numbers, without regard to case; at most ${EMPLOYEE_NUMBERS_MAX}.`,
    }),
    source: t.field({ type: PersonSourceEnum, description: 'Of whom HR, or only a request, told us.' }),
    employeeStatus: t.stringList({ description: "With one of these statuses, as HR's or the request's." }),
    departmentCode: t.string({ description: "With this department, in HR's code, among theirs." }),
    system: t.field({
      type: AccountSystemEnum,
      description: 'With an account in this system, in the state of accountState if that is given.',
    }),
    accountState: t.field({
      type: AccountStateEnum,
      description: 'With an account in this state, in the system of `system` if that is given.',
    }),
    withoutAccountIn: t.field({
      type: AccountSystemEnum,
      description: 'Without an ACTIVE account in this system; whyNot tells the reason for each.',
    }),
  }),
});

builder.queryField('people', (t) =>
  t.field({
    ...needs('people:read'),
    type: PersonConnection,
    description: 'People, whom we heard of last first.',
    args: { ...pageArguments, filter: t.arg({ type: personFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: async (_root, { filter, ...args }, scope, info) => {
      const page = parsePage(args, { list: peopleListing.list, max: PAGE_MAX });
      const keys = await readListing(scope, peopleListing, {
        page,
        conditions: personConditions(filter ?? {}),
      });
      return withPeople(scope, keys, askedColumns(info, 'Person'));
    },
  }),
);

async function withPeople(
  scope: RequestScope,
  keys: ConnectionOf<{ readonly id: string }>,
  columns: Columns,
): Promise<ConnectionOf<PersonRow>> {
  const people = personById(scope, columns);
  const edges = await Promise.all(
    keys.edges.map(async ({ cursor, node }) => ({ cursor, node: await people.load(node.id) })),
  );
  // A person who was erased between the two statements is dropped from the page.
  return { ...keys, edges: edges.flatMap(({ cursor, node }) => (node === null ? [] : [{ cursor, node }])) };
}

interface PersonFilter {
  readonly search?: string | null | undefined;
  readonly login?: string | null | undefined;
  readonly identifier?: string | null | undefined;
  readonly employeeNumbers?: readonly string[] | null | undefined;
  readonly source?: PersonSource | null | undefined;
  readonly employeeStatus?: readonly string[] | null | undefined;
  readonly departmentCode?: string | null | undefined;
  readonly system?: string | null | undefined;
  readonly accountState?: AccountState | null | undefined;
  readonly withoutAccountIn?: string | null | undefined;
}

/** The filter as conditions on the row `p` of person. */
export function personConditions(filter: PersonFilter): Condition[] {
  const { search, employeeNumbers, source, employeeStatus, departmentCode } = filter;
  const { system, accountState, withoutAccountIn, login, identifier } = filter;
  if ([search, departmentCode, login, identifier].some((text) => text != null && !canBeStored(text)))
    return [sql<SqlBool>`false`];

  const conditions: Condition[] = [];
  if (search != null) conditions.push(searchCondition(search));
  if (employeeNumbers != null) conditions.push(numbersCondition(employeeNumbers));
  if (login != null) {
    const name = normaliseCompatibleText(login);
    conditions.push(
      sql`(lower(p.employee_account) = lower(${name}) or lower(p.reserved_username) = lower(${name}))`,
    );
  }
  if (identifier != null) conditions.push(identifierCondition(identifier, system));
  if (source != null) conditions.push(sql`p.source = ${source}`);
  if (employeeStatus != null)
    conditions.push(sql`p.employee_status = any(${employeeStatus.filter(canBeStored)}::text[])`);
  if (departmentCode != null) {
    const one = JSON.stringify([{ department_code: normaliseText(departmentCode) }]);
    conditions.push(sql`p.departments @> ${one}::jsonb`);
  }
  if (system != null || accountState != null)
    conditions.push(sql`exists (select 1 from account a where a.person_id = p.id
      ${system == null ? sql`` : sql`and a.system = ${system}`}
      ${accountState == null ? sql`` : sql`and a.state = ${accountState}`})`);
  if (withoutAccountIn != null)
    conditions.push(sql`not exists (select 1 from account a
      where a.person_id = p.id and a.system = ${withoutAccountIn} and a.state = 'ACTIVE')`);
  return conditions;
}

/** By the account's own name; with a system one look at an index. */
function identifierCondition(identifier: string, system: string | null | undefined): Condition {
  const ofSystem = system == null ? sql`` : sql`and a.system = ${system}`;
  return sql`p.id in (select a.person_id from account a
    where lower(a.identifier) = lower(${normaliseCompatibleText(identifier)}) ${ofSystem})`;
}

/** Written as people write it: as a name, as a number in full-width digits, or pinyin with spaces. */
/** Longer texts are no names. */
const UMLAUT_TEXT_MAX = 40;

function searchCondition(search: string): Condition {
  const text = normaliseText(search);
  const typed = [text, normaliseName(search), normaliseCompatibleText(search), text.replaceAll(' ', '')];
  const spellings = typed.flatMap(umlautSpellings);
  const contained = [...new Set(spellings)].map(
    (spelling) => sql<SqlBool>`strpos(p.search_text, lower(${spelling})) > 0`,
  );
  return sql<SqlBool>`(${sql.join(contained, sql` or `)})`;
}

/** ü is written lv, lyu, lü and lu: a search for one finds the others. */
function umlautSpellings(text: string): string[] {
  const written = /(?<=[ln])(?:yu|v|ü|u)(?!\p{Script=Han})/giu;
  if (text.length > UMLAUT_TEXT_MAX || !written.test(text)) return [text];
  const vowels = text.replace(written, 'v');
  return [
    text,
    vowels,
    text.replace(written, 'yu'),
    text.replace(written, 'u'),
    vowels.replace(/ve/gi, 'ue'),
  ];
}

function numbersCondition(employeeNumbers: readonly string[]): Condition {
  const { length } = employeeNumbers;
  if (length > EMPLOYEE_NUMBERS_MAX) {
    const message = `employeeNumbers has ${length} entries, at most ${EMPLOYEE_NUMBERS_MAX} are taken at once.`;
    throw badUserInput('filter.employeeNumbers', message);
  }
  const numbers = employeeNumbers.filter(canBeStored).map((number) => normaliseCompatibleText(number));
  return sql`lower(p.employee_number) = any(select lower(n) from unnest(${numbers}::text[]) as n)`;
}
