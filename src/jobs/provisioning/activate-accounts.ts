import { sql } from 'kysely';
import type { StoredError } from '../../domain/error-entry.ts';
import type { Sql } from '../../entities/tables.ts';
import type { FinishedAttempt } from './finished-attempt.ts';

/**
 * Makes accounts ACTIVE for attempts that found or made them. Returns, by task, the error of those whose identifier
 * belongs to another person here: they are conflicts, and nothing was stored for them.
 */
export async function activateAccounts(
  tx: Sql,
  attempts: readonly FinishedAttempt[],
): Promise<ReadonlyMap<string, StoredError>> {
  const made = attempts.flatMap((attempt) =>
    attempt.end.kind === 'ensured' && attempt.end.outcome !== 'NOT_NEEDED' && attempt.account !== null
      ? [{ attempt, account: attempt.account, origin: attempt.end.outcome }]
      : [],
  );
  if (made.length === 0) return new Map();
  const live = await stillOpen(
    tx,
    made.map(({ attempt }) => attempt),
  );
  const rows = made
    .filter(({ attempt }) => live.has(attempt.task.id))
    .map(({ attempt, account, origin }) => ({
      task: attempt.task.id,
      person: attempt.task.person_id,
      number: attempt.task.employee_number,
      system: attempt.task.system,
      identifier: account.identifier,
      remote_id: account.remoteId,
      origin,
      username: account.username ?? null,
      email: account.emailAddress ?? null,
    }));
  const taken = await findTaken(tx, rows);
  const free = rows.filter((row) => !taken.has(row.task));
  await sql`
    insert into account (person_id, system, identifier, remote_id, origin, state)
    select person, system, identifier, remote_id, origin, 'ACTIVE'
    from json_to_recordset(${JSON.stringify(free)}::json)
      as r(person bigint, system text, identifier text, remote_id text, origin text)
    on conflict (person_id, system) do update set identifier = excluded.identifier, remote_id = excluded.remote_id,
      origin = excluded.origin, state = 'ACTIVE', updated_at = clock_timestamp()`.execute(tx);
  const renamed = free.filter(
    (row) => row.origin === 'ADOPTED' && (row.username !== null || row.email !== null),
  );
  if (renamed.length > 0) await adoptNames(tx, renamed);
  return taken;
}

/** A worker whose lease ended must not make accounts active behind its successor's back. */
async function stillOpen(tx: Sql, attempts: readonly FinishedAttempt[]): Promise<Set<string>> {
  const rows = attempts.map((attempt) => ({ task: attempt.task.id, attempt: attempt.executionAttempt }));
  const ids = rows.map((row) => row.task);
  const { rows: open } = await sql<{ id: string }>`
    select t.id from json_to_recordset(${JSON.stringify(rows)}::json) as r(task bigint, attempt int)
    join account_task t on t.id = r.task and t.id = any(${ids}::bigint[])
    left join task_attempt a on a.task_id = r.task and a.task_id = any(${ids}::bigint[])
      and a.execution_attempt = r.attempt and a.finished_at is null
    where (r.attempt is null and t.status = 'UNCERTAIN') or a.id is not null`.execute(tx);
  return new Set(open.map((row) => row.id));
}

interface MadeRow {
  readonly task: string;
  readonly person: string;
  readonly number: string;
  readonly system: string;
  readonly identifier: string;
  readonly username: string | null;
  readonly email: string | null;
}

async function findTaken(tx: Sql, rows: readonly MadeRow[]): Promise<Map<string, StoredError>> {
  const { rows: taken } = await sql<{
    task: string;
    number: string;
    system: string;
    taken: string;
    holder: string;
  }>`
    select r.task::text as task, r.number, r.system, other.taken, p.employee_number as holder
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(task bigint, person bigint, number text, system text, identifier text, username text, email text)
    join lateral (
      select a.person_id, r.identifier as taken from account a
        where a.system = r.system and lower(a.identifier) = lower(r.identifier) and a.person_id <> r.person
      union all
      select n.person_id, case n.kind when 'USERNAME' then r.username else r.email end
        from name_reservation n where n.person_id <> r.person and (
        (n.kind = 'USERNAME' and n.value = lower(r.username))
        or (n.kind = 'LOCAL_PART' and n.value = lower(split_part(r.email, '@', 1))))
      union all
      select h.id, r.email from person h where h.id <> r.person and h.email_address is not null
        and rtrim(lower(split_part(h.email_address, '@', 1)), '0123456789') = rtrim(lower(split_part(r.email, '@', 1)), '0123456789')
        and lower(h.email_address) = lower(r.email)
      limit 1) other on true
    join person p on p.id = other.person_id`.execute(tx);
  return new Map(
    taken.map(({ task, number, system, taken: identifier, holder }) => [
      task,
      { code: 'IDENTIFIER_TAKEN', parameters: { employeeNumber: number, system, identifier, holder } },
    ]),
  );
}

/**
 * The names adopted accounts have at the upstream replace what was reserved; later systems use them. The old ones stay
 * this person's: nobody else gets them. A name that somebody takes at the same moment runs the transaction again.
 */
async function adoptNames(tx: Sql, rows: readonly MadeRow[]): Promise<void> {
  const names = rows.flatMap(({ person, username, email }) => [
    { person, kind: 'USERNAME', value: username?.toLowerCase() ?? '' },
    { person, kind: 'LOCAL_PART', value: email?.split('@')[0]?.toLowerCase() ?? '' },
  ]);
  await sql`
    insert into name_reservation (kind, value, person_id)
    select distinct kind, value, person
    from json_to_recordset(${JSON.stringify(names)}::json) as r(person bigint, kind text, value text)
    where value <> '' and not exists (select 1 from name_reservation n
      where n.kind = r.kind and n.value = r.value and n.person_id = r.person)`.execute(tx);
  await sql`
    update person p set reserved_username = coalesce(r.username, p.reserved_username),
      reserved_email_address = coalesce(r.email, p.reserved_email_address), updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(person bigint, username text, email text)
    where p.id = r.person`.execute(tx);
}
