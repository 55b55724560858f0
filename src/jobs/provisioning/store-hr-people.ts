import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { type HrPerson, type HrRowProblem, hashHrPerson } from '../../domain/provisioning/hr-person.ts';
import type { Sql } from '../../entities/tables.ts';
import { hrColumnNames, hrColumns, hrRecordset, hrUpdates } from './hr-columns.ts';
import { importAccounts } from './import-accounts.ts';
import { lockAffected } from './rederive.ts';

/** What is stored of somebody the page is about. */
interface KnownPerson {
  readonly id: string;
  readonly key: string;
  readonly hash: string | null;
  readonly source: string;
  readonly hr_person_id: string | null;
  readonly hr_updated_at: string | null;
}

/** What a page came to. */
export interface StoredPage {
  readonly inserted: number;
  readonly updated: number;
  /** Rows that said nothing new, repeated ones among them. */
  readonly unchanged: number;
  readonly skipped: number;
  readonly accountsImported: number;
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
  readonly problems: readonly HrRowProblem[];
}

/** Finds what differs by keys and hashes only; writes and locks nothing. */
export async function comparePeople(tx: Sql, people: readonly HrPerson[]): Promise<ComparedPage> {
  const distinct = withoutRepeats(people);
  const { rows } = await sql<KnownPerson>`
    select id, lower(employee_number) as key, content_hash as hash, source, hr_person_id, hr_updated_at
    from person where lower(employee_number) = any(${distinct.map(keyOf)}::text[])`.execute(tx);
  const known = new Map(rows.map((row) => [row.key, row]));
  const problems: HrRowProblem[] = [];
  const changed = distinct.flatMap((person) => {
    const stored = known.get(keyOf(person));
    const hash = hashHrPerson(person);
    if (stored?.source === 'HR' && stored.hash === hash) return [];
    if (stored !== undefined && isOlderNamesake(person, stored)) {
      problems.push(
        problemOf(person, 'HR_DUPLICATE_NUMBER', { skipped: true, hrPersonId: person.hrPersonId }),
      );
      return [];
    }
    return [{ person, hash, id: stored?.id ?? null }];
  });
  return { changed, unchanged: people.length - changed.length - problems.length, problems };
}

/**
 * Stores a page: rows that differ are one upsert, rows that do not are not touched at all. HR's values win over those
 * of requests, but what HR leaves empty and a request brought stays. Accounts that rows carry become ACTIVE. Safe to
 * repeat: the second time nothing differs.
 */
export async function storeHrPeople(
  context: { readonly tx: Sql; readonly boss: PgBoss; readonly systems: readonly string[] },
  people: readonly HrPerson[],
): Promise<StoredPage> {
  const { tx } = context;
  const { changed, unchanged, problems } = await comparePeople(tx, people);
  const skipped = problems.length;
  if (changed.length === 0) {
    return { inserted: 0, updated: 0, unchanged, skipped, accountsImported: 0, problems };
  }
  await lockAffected(
    tx,
    changed.flatMap(({ id }) => (id === null ? [] : [id])),
  );
  const moved = await releasePersonIds(
    tx,
    changed.map(({ person }) => person),
  );
  const stored = await upsert(tx, changed);
  const ids = new Map(stored.map((row) => [row.key, row.id]));
  const imported = await importAccounts(
    context,
    changed.flatMap(({ person }) => {
      const id = ids.get(keyOf(person));
      return id === undefined ? [] : [{ id, person }];
    }),
  );
  const inserted = stored.filter((row) => row.inserted).length;
  return {
    inserted,
    updated: stored.length - inserted,
    unchanged,
    skipped,
    accountsImported: imported.count,
    problems: [...problems, ...moved, ...imported.problems],
  };
}

function keyOf(person: HrPerson): string {
  return person.employeeNumber.toLowerCase();
}

/** Rows may repeat within a page; the newest of a person, and of an employee number, stands. */
function withoutRepeats(people: readonly HrPerson[]): HrPerson[] {
  const ordered = people.toSorted((a, b) => newness(a).localeCompare(newness(b)));
  const byPerson = new Map(ordered.map((person) => [person.hrPersonId ?? keyOf(person), person]));
  return [...new Map([...byPerson.values()].map((person) => [keyOf(person), person])).values()];
}

function newness(person: HrPerson): string {
  return `${person.hrUpdatedAt ?? ''} ${person.hrPersonId ?? ''}`;
}

/** HR has two people of one employee number (a rehire): the entry that changed last stands, whichever comes first. */
function isOlderNamesake(person: HrPerson, stored: KnownPerson): boolean {
  if (stored.hr_person_id === null || person.hrPersonId === null || stored.hr_person_id === person.hrPersonId)
    return false;
  const storedMs = stored.hr_updated_at === null ? 0 : Date.parse(stored.hr_updated_at);
  const givenMs = person.hrUpdatedAt === null ? 0 : Date.parse(person.hrUpdatedAt);
  return storedMs > givenMs || (storedMs === givenMs && stored.hr_person_id > person.hrPersonId);
}

/** HR gave people another employee number: the one who had it keeps everything but HR's id. */
async function releasePersonIds(tx: Sql, people: readonly HrPerson[]): Promise<HrRowProblem[]> {
  const rows = people.flatMap((person) =>
    person.hrPersonId === null ? [] : [{ id: person.hrPersonId, key: keyOf(person) }],
  );
  const { rows: moved } = await sql<{ key: string; former: string }>`
    update person p set hr_person_id = null, updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id text, key text)
    where p.hr_person_id = r.id and lower(p.employee_number) <> r.key
    returning r.key, p.employee_number as former`.execute(tx);
  const formers = new Map(moved.map((row) => [row.key, row.former]));
  return people.flatMap((person) => {
    const formerNumber = formers.get(keyOf(person));
    if (formerNumber === undefined) return [];
    const { hrPersonId } = person;
    return [problemOf(person, 'HR_EMPLOYEE_NUMBER_CHANGED', { skipped: false, hrPersonId, formerNumber })];
  });
}

async function upsert(
  tx: Sql,
  changed: ComparedPage['changed'],
): Promise<{ id: string; key: string; inserted: boolean }[]> {
  const rows = changed
    .map(({ person, hash }) => ({ ...person, hash }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { rows: stored } = await sql<{ id: string; key: string; inserted: boolean }>`
    insert into person as p (${hrColumnNames}, source, content_hash)
    select ${hrColumns}, 'HR', r.hash
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(${hrRecordset}, hash text)
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
