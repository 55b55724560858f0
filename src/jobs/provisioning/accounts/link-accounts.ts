import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { adoptNames, findTaken, type NamedAccount } from '../names/adopt-names.ts';
import { rederive } from '../tasks/derive-states.ts';
import { releaseWaiting } from '../tasks/release-waiting.ts';
import { enqueueReadyTasks } from '../tasks/task-jobs.ts';

/** An account that exists already, and its person. */
export interface AccountToLink extends NamedAccount {
  readonly remoteId: string | null;
  readonly origin: 'LINKED' | 'ADOPTED';
}

/**
 * Makes existing accounts ACTIVE: completes their open tasks, releases the tasks that waited for them, takes over the
 * system's names and re-derives items. Accounts that are active or disabled already, or have an attempt under way,
 * stay as they are. Returns which were linked, and by key the error of those that belong to another person here. The
 * caller holds the locks of the people.
 */
export async function linkAccounts(
  context: JobContext,
  accounts: readonly AccountToLink[],
): Promise<{ readonly linked: ReadonlySet<string>; readonly taken: ReadonlyMap<string, StoredError> }> {
  const { tx } = context;
  const taken = new Map([...findDoubles(accounts), ...(await findTaken(tx, accounts))]);
  const free = await withoutAttempts(
    tx,
    accounts.filter(({ key }) => !taken.has(key)),
  );
  const { rows } = await sql<{ person_id: string; system: string }>`
    insert into account as a (person_id, system, identifier, remote_id, origin, state)
    select person, system, identifier, "remoteId", origin, 'ACTIVE'
    from json_to_recordset(${JSON.stringify(free)}::json)
      as r(person bigint, system text, identifier text, "remoteId" text, origin text)
    on conflict (person_id, system) do update set identifier = excluded.identifier, remote_id = excluded.remote_id,
      origin = excluded.origin, state = 'ACTIVE', updated_at = clock_timestamp()
    where a.state = 'PLANNED'
    returning a.person_id, a.system`.execute(tx);
  const active = new Set(rows.map((row) => `${row.person_id} ${row.system}`));
  const linked = free.filter(({ person, system }) => active.has(`${person} ${system}`));
  const renamed = linked.filter(({ username, email }) => username !== null || email !== null);
  if (renamed.length > 0) await adoptNames(tx, renamed);
  await completeTasks(tx, linked);
  const personIds = [...new Set(linked.map(({ person }) => person))];
  await enqueueReadyTasks(context, await releaseWaiting(tx, personIds));
  await rederive(tx, { personIds });
  return { linked: new Set(linked.map(({ key }) => key)), taken };
}

/** Finds accounts that one call names twice: the first person gets them. */
function findDoubles(accounts: readonly AccountToLink[]): Map<string, StoredError> {
  const seen = new Set<string>();
  const doubles = new Map<string, StoredError>();
  for (const { key, number, system, identifier } of accounts) {
    const place = `${system} ${identifier.toLowerCase()}`;
    if (seen.has(place))
      doubles.set(key, {
        code: 'IDENTIFIER_TAKEN',
        parameters: { employeeNumber: number, system, identifier },
      });
    seen.add(place);
  }
  return doubles;
}

/** Leaves out accounts with an attempt under way, which records what it finds. */
async function withoutAttempts(tx: Sql, accounts: readonly AccountToLink[]): Promise<AccountToLink[]> {
  const { rows } = await sql<{ key: string }>`
    select r.key from json_to_recordset(${JSON.stringify(accounts)}::json) as r(key text, person bigint, system text)
    join account_task t on t.person_id = r.person and t.system = r.system and t.status = 'PROCESSING'`.execute(
    tx,
  );
  const busy = new Set(rows.map((row) => row.key));
  return accounts.filter(({ key }) => !busy.has(key));
}

/** Completes the tasks for these accounts; their jobs then find nothing to do. */
async function completeTasks(tx: Sql, accounts: readonly AccountToLink[]): Promise<void> {
  const rows = accounts.map(({ person, system, identifier, remoteId, origin }) => ({
    person,
    system,
    identifier,
    result: { outcome: origin, identifier, remoteId },
  }));
  await sql`
    update account_task t set status = 'COMPLETED', identifier = r.identifier, result = r.result,
      next_attempt_at = null, error_code = null, error_parameters = null, updated_at = clock_timestamp(),
      completed_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(person bigint, system text, identifier text, result jsonb)
    where t.person_id = r.person and t.system = r.system
      and t.person_id = any(${accounts.map(({ person }) => person)}::bigint[])
      and t.status in ('PENDING', 'WAITING', 'RETRY', 'UNCERTAIN')`.execute(tx);
}
