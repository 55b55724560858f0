import { type RawBuilder, sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { anyKey } from '../../../entities/keys.ts';
import type { Sql } from '../../../entities/tables.ts';
import { rowsOf } from '../../../entities/transaction.ts';
import { adoptNames, takenErrors, takenOf } from '../names/adopt-names.ts';
import type { FinishedAttempt } from './finished-attempt.ts';

/**
 * Makes accounts ACTIVE for attempts that found or made them. Returns, by task, the error of those whose identifier
 * belongs to another person here: they are conflicts, for which nothing was stored.
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
  const named = made.map(({ attempt, account, origin }) => ({
    key: attempt.task.id,
    person: attempt.task.person_id,
    number: attempt.task.employee_number,
    system: attempt.task.system,
    identifier: account.identifier,
    remote_id: account.remoteId,
    origin,
    username: account.username ?? null,
    email: account.emailAddress ?? null,
  }));
  const [open, others] = await Promise.all([
    rowsOf(tx, stillOpen(made.map(({ attempt }) => attempt))),
    rowsOf(tx, takenOf(named)),
  ]);
  const live = new Set(open.map((row) => row.id));
  const rows = named.filter((row) => live.has(row.key));
  const taken = takenErrors(others.filter((row) => live.has(row.key)));
  const free = rows.filter((row) => !taken.has(row.key));
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

/** A worker whose lease ended must not make accounts active: its successor decides. */
function stillOpen(attempts: readonly FinishedAttempt[]): RawBuilder<{ id: string }> {
  const rows = attempts.map((attempt) => ({ task: attempt.task.id, attempt: attempt.executionAttempt }));
  const ids = rows.map((row) => row.task);
  return sql`
    select t.id from json_to_recordset(${JSON.stringify(rows)}::json) as r(task bigint, attempt int)
    join account_task t on t.id = r.task and t.id = ${anyKey(ids)}
    left join task_attempt a on a.task_id = r.task and a.task_id = ${anyKey(ids)}
      and a.execution_attempt = r.attempt and a.finished_at is null
    where (r.attempt is null and t.status = 'UNCERTAIN') or a.id is not null`;
}
