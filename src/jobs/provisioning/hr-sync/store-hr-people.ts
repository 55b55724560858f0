import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { type HrPerson, type HrRowProblem, hashHrPerson } from '../../../domain/provisioning/hr/hr-person.ts';
import { copyLine, copyRows } from '../../../entities/copied.ts';
import { isNumberErased } from '../../../entities/people/erased-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import { findMoves, type Move, type ShowingSystem } from '../account-changes/movers.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { hrColumnList, hrColumnNames, hrColumns, hrFields, hrRecordset, hrUpdates } from './hr-columns.ts';
import { carriesAccount, importAccounts } from './import-accounts.ts';

/** A person of the page whose stored values differ, or who is not stored. */
interface Differing {
  readonly place: number;
  readonly id: string | null;
  readonly hr_person_id: string | null;
  readonly hr_updated_at: string | null;
  /** The person with this number was erased. */
  readonly erased: boolean;
}

/** From this number of new people on, COPY is cheaper than INSERT. */
const COPY_FROM_PEOPLE = 100;

/** The result of a page. */
export interface StoredPage {
  readonly inserted: number;
  readonly updated: number;
  /** Rows without new values, repeated ones included. */
  readonly unchanged: number;
  readonly skipped: number;
  /** Rows of people who were erased here: left out, and not named in any record. */
  readonly erased: number;
  readonly accountsImported: number;
  /** Active accounts that differ from what HR says now. */
  readonly moves: readonly Move[];
  readonly problems: readonly HrRowProblem[];
}

/** A page, compared with what is stored. */
export interface ComparedPage {
  readonly changed: readonly {
    readonly person: HrPerson;
    readonly hash: string;
    readonly id: string | null;
  }[];
  readonly unchanged: number;
  readonly erased: number;
  readonly problems: readonly HrRowProblem[];
}

/** People of a page with what they are compared by. */
export interface HashedPage {
  /** Rows of the page, repeats among them. */
  readonly rowCount: number;
  readonly people: readonly HrPerson[];
  readonly keys: readonly string[];
  readonly hashes: readonly string[];
}

/** Rows that are hashed before the event loop gets a turn. */
const HASHED_AT_ONCE = 100;

/** Prepares a page for `differing`, in small portions, so that answers of Postgres are handled meanwhile. */
export async function hashPage(rows: readonly HrPerson[]): Promise<HashedPage> {
  const people = withoutRepeats(rows);
  const hashes: string[] = [];
  for (let from = 0; from < people.length; from += HASHED_AT_ONCE) {
    await nextTurn();
    for (const person of people.slice(from, from + HASHED_AT_ONCE)) hashes.push(hashHrPerson(person));
  }
  return { rowCount: rows.length, people, keys: people.map(keyOf), hashes };
}

/** Finds, by keys and hashes only, the people who differ from what is stored; writes and locks nothing. */
export function differing(page: HashedPage): RawBuilder<Differing> {
  const keys = [...page.keys];
  const hashes = [...page.hashes];
  // Joined by keys first: the planner's statistics of a growing table mislead it.
  return sql<Differing>`
    with given as materialized (select ${keys}::text[] as keys, ${hashes}::text[] as hashes), known as materialized (
      select id, lower(employee_number) as key, source, content_hash, hr_person_id, hr_updated_at
      from person where lower(employee_number) = any((select keys from given)::text[])
    )
    select r.place::int as place, k.id, k.hr_person_id, k.hr_updated_at,
      k.id is null and ${isNumberErased(sql.ref('r.key'))} as erased
    from given, unnest(given.keys, given.hashes) with ordinality as r(key, hash, place)
    left join known k on k.key = r.key
    where k.id is null or k.source <> 'HR' or k.content_hash is distinct from r.hash
    order by r.place`;
}

/** Combines a page with the answer of `differing`. */
export function comparePage(page: HashedPage, rows: readonly Differing[]): ComparedPage {
  const problems: HrRowProblem[] = [];
  const changed = rows.flatMap((stored) => {
    const person = page.people[stored.place - 1];
    const hash = page.hashes[stored.place - 1];
    if (person === undefined || hash === undefined || stored.erased) return [];
    if (stored.id !== null && isOlderNamesake(person, stored)) {
      problems.push(
        problemOf(person, 'HR_DUPLICATE_NUMBER', { skipped: true, hrPersonId: person.hrPersonId }),
      );
      return [];
    }
    return [{ person, hash, id: stored.id }];
  });
  const erased = rows.filter((row) => row.erased).length;
  const unchanged = page.rowCount - changed.length - problems.length - erased;
  return { changed, unchanged, erased, problems };
}

/**
 * Stores a page: differing rows by one upsert (many new ones by one COPY); unchanged rows are not touched. HR's
 * values win over those of requests, but a request's value stays where HR leaves it empty. Accounts that rows name
 * become ACTIVE. Safe to repeat: the second time nothing differs.
 */
export async function storeHrPeople(
  context: {
    readonly tx: Sql;
    readonly boss: PgBoss;
    readonly systems: readonly string[];
    readonly showing: readonly ShowingSystem[];
  },
  page: ComparedPage,
): Promise<StoredPage> {
  const { tx } = context;
  const { changed, unchanged, erased, problems } = page;
  const skipped = problems.length;
  if (changed.length === 0) {
    const none = { inserted: 0, updated: 0, accountsImported: 0, moves: [] };
    return { ...none, unchanged, skipped, erased, problems };
  }
  await lockAffected(
    tx,
    changed.flatMap(({ id }) => (id === null ? [] : [id])),
  );
  const moves = await findMoves(tx, { changed, systems: context.showing });
  const renumbered = await releasePersonIds(
    tx,
    changed.map(({ person }) => person),
  );
  const stored = await storeChanged(tx, changed);
  const imported = await importAccounts(
    context,
    changed.flatMap(({ person }) => {
      const id = stored.ids.get(keyOf(person));
      return id === undefined ? [] : [{ id, person }];
    }),
  );
  return {
    inserted: stored.inserted,
    updated: changed.length - stored.inserted,
    unchanged,
    skipped,
    erased,
    accountsImported: imported.count,
    moves,
    problems: [...problems, ...renumbered, ...imported.problems],
  };
}

function keyOf(person: HrPerson): string {
  return person.employeeNumber.toLowerCase();
}

/** Drops repeated rows of a page: the newest of a person, and of an employee number, wins. */
function withoutRepeats(people: readonly HrPerson[]): readonly HrPerson[] {
  const isDistinct =
    new Set(people.map((person) => person.hrPersonId ?? keyOf(person))).size === people.length &&
    new Set(people.map(keyOf)).size === people.length;
  if (isDistinct) return people;
  const ordered = people.toSorted((a, b) => newness(a).localeCompare(newness(b)));
  const byPerson = new Map(ordered.map((person) => [person.hrPersonId ?? keyOf(person), person]));
  return [...new Map([...byPerson.values()].map((person) => [keyOf(person), person])).values()];
}

function newness(person: HrPerson): string {
  return `${person.hrUpdatedAt ?? ''} ${person.hrPersonId ?? ''}`;
}

/**
 * True for the older of two HR entries with one employee number (a rehire): the one that changed last wins, in any
 * order of arrival.
 */
function isOlderNamesake(person: HrPerson, stored: Differing): boolean {
  if (stored.hr_person_id === null || person.hrPersonId === null || stored.hr_person_id === person.hrPersonId)
    return false;
  const storedMs = stored.hr_updated_at === null ? 0 : Date.parse(stored.hr_updated_at);
  const givenMs = person.hrUpdatedAt === null ? 0 : Date.parse(person.hrUpdatedAt);
  return storedMs > givenMs || (storedMs === givenMs && stored.hr_person_id > person.hrPersonId);
}

/**
 * Handles people to whom HR gave another employee number: the stored person with the former number keeps everything
 * but HR's id.
 */
async function releasePersonIds(tx: Sql, people: readonly HrPerson[]): Promise<HrRowProblem[]> {
  const named = people.filter((person) => person.hrPersonId !== null);
  const ids = named.map((person) => person.hrPersonId);
  const { rows: moved } = await sql<{ key: string; former: string }>`
    update person p set hr_person_id = null, updated_at = clock_timestamp()
    from unnest(${ids}::text[], ${named.map(keyOf)}::text[]) as r(id, key)
    where p.hr_person_id = any((select ${ids}::text[])::text[]) and p.hr_person_id = r.id and lower(p.employee_number) <> r.key
    returning r.key, p.employee_number as former`.execute(tx);
  const formers = new Map(moved.map((row) => [row.key, row.former]));
  return people.flatMap((person) => {
    const formerNumber = formers.get(keyOf(person));
    if (formerNumber === undefined) return [];
    const { hrPersonId } = person;
    return [problemOf(person, 'HR_EMPLOYEE_NUMBER_CHANGED', { skipped: false, hrPersonId, formerNumber })];
  });
}

/** Stores the people that differ; returns by key the ids of those whose row names an account. */
async function storeChanged(
  tx: Sql,
  changed: ComparedPage['changed'],
): Promise<{ readonly inserted: number; readonly ids: ReadonlyMap<string, string> }> {
  const fresh = changed.filter(({ id }) => id === null);
  if (fresh.length < COPY_FROM_PEOPLE) {
    const stored = await upsert(tx, changed);
    const inserted = stored.filter((row) => row.inserted).length;
    return { inserted, ids: new Map(stored.map((row) => [row.key, row.id])) };
  }
  // If one of them was inserted meanwhile, the unique key refuses the row and the transaction runs again.
  await copyRows(
    tx,
    { table: 'person', columns: [...hrColumnList, 'source', 'content_hash'] },
    fresh,
    ({ person, hash }) => copyLine([...hrFields(person), 'HR', hash]),
  );
  const updated = await upsert(
    tx,
    changed.filter(({ id }) => id !== null),
  );
  const carrying = fresh.flatMap(({ person }) => (carriesAccount(person) ? [keyOf(person)] : []));
  const { rows } =
    carrying.length === 0
      ? { rows: [] }
      : await sql<{ id: string; key: string }>`
          select id, lower(employee_number) as key from person
          where lower(employee_number) = any(${carrying}::text[])`.execute(tx);
  return { inserted: fresh.length, ids: new Map([...updated, ...rows].map((row) => [row.key, row.id])) };
}

async function upsert(
  tx: Sql,
  changed: ComparedPage['changed'],
): Promise<{ id: string; key: string; inserted: boolean }[]> {
  if (changed.length === 0) return [];
  const rows = changed
    .map(({ person, hash }) => ({ ...person, hash }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  // A person may have been erased while this waited for the locks.
  const { rows: stored } = await sql<{ id: string; key: string; inserted: boolean }>`
    insert into person as p (${hrColumnNames}, source, content_hash)
    select ${hrColumns}, 'HR', r.hash
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(${hrRecordset}, hash text)
    where exists (select 1 from person k where lower(k.employee_number) = lower(r."employeeNumber"))
      or not ${isNumberErased(sql.ref('r.employeeNumber'))}
    on conflict (lower(employee_number)) do update set ${hrUpdates}, source = 'HR',
      content_hash = excluded.content_hash, updated_at = clock_timestamp()
    returning p.id, lower(p.employee_number) as key, xmax = 0 as inserted`.execute(tx);
  return stored;
}

function problemOf(
  person: HrPerson,
  code: string,
  about: {
    readonly skipped: boolean;
    readonly hrPersonId: string | null;
    readonly formerNumber?: string;
  },
): HrRowProblem {
  const { skipped, ...parameters } = about;
  const key = person.employeeNumber;
  return {
    key,
    skipped,
    error: { code, parameters: { key, ...parameters } },
    payload: { employeeNumber: key },
  };
}
