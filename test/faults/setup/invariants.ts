import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';
import type { LedgerEntry } from '../../../src/sandbox/playing/ledger.ts';
import type { SandboxSystem } from '../../../src/sandbox/playing/played-system.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { type Answer, findAnswerViolations } from './answers.ts';
import type { Checked } from './checked.ts';
import { findLeaks } from './leaks.ts';
import { findUnaudited } from './unaudited.ts';

/** What the upstreams may be asked for, over what the work needs at least (reliability.md, I10). */
const CALLS_MAX = 1.5;
/** Jobs whose end is somebody's account. */
const WORK_QUEUES = sql`(name like 'provisioning.run-task%' or name like 'provisioning.resolve-uncertain%'
  or name like 'provisioning.change-account%' or name = 'provisioning.intake-request')`;
/** A lease ends after 15 seconds without a heartbeat and is found within 5 more (application-core.ts). */
const LEASE_SECONDS = 30;

/** What only the test knows. */
export interface Known {
  /** Processes that were started: each gets tokens of its own. */
  readonly processes: number;
  /** Tokens that the test let expire. */
  readonly expiredTokens?: number;
  /** Accounts that the test put in place (I2): `SYSTEM key`. */
  readonly placed?: readonly string[];
  /** Every accepted answer, replays too; nothing else was submitted (I6, I7). */
  readonly answers?: readonly Answer[];
  /** Messages that nobody can read, by queue (I8). */
  readonly poison?: Readonly<Record<string, number>>;
  /** What processes logged, and what must not be in it nor in any table (I11), beside what the sandbox keeps secret. */
  readonly logs?: readonly string[];
  readonly secrets?: readonly string[];
}

/**
 * The invariants of reliability.md §1 that can be read afterwards, for work that is done. Returns every violation in
 * words; empty when all hold. I5, I12, I13 and I14 are in files of their own: they need somebody who watched.
 */
export async function findViolations(checked: Checked, known: Known): Promise<string[]> {
  const [attempts, ...others] = await Promise.all([
    attemptsOf(checked.sql),
    accountsOf(checked, known),
    tasksOf(checked.sql),
    countsOf(checked.sql),
    queuesOf(checked.sql, known.poison ?? {}),
    findUnaudited(checked.sql),
    findAnswerViolations(checked.sql, known.answers ?? null),
    findLeaks(checked, { logs: known.logs ?? [], secrets: known.secrets ?? [] }),
  ]);
  return [...others.flat(), ...attempts.violations, ...callsOf(checked.sandbox, attempts, known)];
}

/** I1, I2: the upstreams against what was asked for. */
async function accountsOf({ sql: db, sandbox }: Checked, known: Known): Promise<string[]> {
  const { rows } = await sql<{
    number: string;
    system: string;
    username: string | null;
    active: boolean;
    completed: boolean;
  }>`
    select p.employee_number as number, t.system, p.reserved_username as username,
      bool_or(coalesce(a.state = 'ACTIVE', false)) as active, bool_or(t.status = 'COMPLETED') as completed
    from account_task t join person p on p.id = t.person_id
    left join account a on a.person_id = p.id and a.system = t.system
    group by p.employee_number, t.system, p.reserved_username`.execute(db);
  const wanted = new Map(rows.map((row) => [`${row.system} ${keyOf(row)}`.toLowerCase(), row]));
  const created = Map.groupBy(
    sandbox.control.ledger({ operation: 'create' }).filter((call) => call.applied),
    nameOf,
  );
  const existing = new Set(sandbox.control.accounts().map(nameOf));
  const placed = new Set(known.placed?.map((name) => name.toLowerCase()));
  return [
    ...[...created].flatMap(([key, calls]) =>
      calls.length > 1 ? [`I1: ${key} was created ${calls.length} times`] : [],
    ),
    ...[...wanted].flatMap(([key, { active, completed }]) => [
      ...(active && !existing.has(key) ? [`I1: ${key} is active here and unknown there`] : []),
      ...(completed && !active ? [`I1: the task of ${key} is COMPLETED without an active account`] : []),
    ]),
    ...[...existing].flatMap((key) =>
      wanted.has(key) || placed.has(key) ? [] : [`I2: ${key} exists without a task`],
    ),
  ];
}

function nameOf({ system, key }: { readonly system: SandboxSystem; readonly key: string | null }): string {
  return `${system} ${key ?? ''}`.toLowerCase();
}

function keyOf(row: {
  readonly number: string;
  readonly system: string;
  readonly username: string | null;
}): string {
  return row.system === 'EMAIL' ? (row.username ?? '') : row.number;
}

/** I3: nothing is left in the middle, and what waits says for what. */
async function tasksOf(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ task_id: string; status: string }>`
    select task_id, status from account_task
    where status not in ('COMPLETED', 'FAILED', 'CANCELLED', 'WAITING')`.execute(db);
  const { rows: waiting } = await sql<{ task_id: string }>`
    select t.task_id from account_task t where t.status = 'WAITING' and not exists (
      select 1 from unnest(t.depends_on_systems) as needed where not exists (
        select 1 from account a where a.person_id = t.person_id and a.system = needed and a.state = 'ACTIVE'))`.execute(
    db,
  );
  const { rows: open } = await sql<{ task_id: string }>`
    select t.task_id from task_attempt a join account_task t on t.id = a.task_id
    where a.finished_at is null`.execute(db);
  const { rows: dead } = await sql<{ name: string; id: string }>`
    select name, id::text from pgboss.job
    where state = 'active' and heartbeat_on < now() - ${LEASE_SECONDS} * interval '1 second'`.execute(db);
  const { rows: runs } = await sql<{ run_id: string }>`
    select r.run_id from sync_run r where r.status = 'RUNNING' and not exists (
      select 1 from pgboss.job j where j.state in ('created', 'retry', 'active') and j.data ->> 'run' = r.id::text)`.execute(
    db,
  );
  return [
    ...rows.map(({ task_id, status }) => `I3: task ${task_id} is still ${status}`),
    ...waiting.map(({ task_id }) => `I3: task ${task_id} waits for nothing`),
    ...open.map(({ task_id }) => `I3: an attempt of ${task_id} is open`),
    ...dead.map(({ name, id }) => `I3: job ${id} of ${name} is held by nobody alive`),
    ...runs.map(({ run_id }) => `I3: run ${run_id} is running and has no job`),
  ];
}

/** I4: rows against counts, items against accounts, requests against items; I3 for requests. */
async function countsOf(db: Sql): Promise<string[]> {
  const { rows: requests } = await sql<{
    request_id: string;
    status: string;
    total: number;
    items: number;
    completed: number;
    failed: number;
  }>`
    select r.request_id, r.status, r.total_users as total, count(i.id)::int as items,
      (count(*) filter (where i.status = 'COMPLETED'))::int as completed,
      (count(*) filter (where i.status = 'FAILED'))::int as failed
    from account_request r left join request_item i on i.request_id = r.id
    where r.purged_at is null group by r.id`.execute(db);
  const { rows: items } = await sql<{
    number: string;
    status: string;
    wanted: number;
    active: number;
    settled: number;
  }>`
    select i.employee_number as number, i.status, cardinality(r.system_list) as wanted, i.settled_count as settled,
      (select count(*)::int from account a where a.person_id = i.person_id and a.state = 'ACTIVE'
        and a.system = any(r.system_list)) as active
    from request_item i join account_request r on r.id = i.request_id`.execute(db);
  const { rows: ended } = await sql<{ key: string; counted: number; rows: number }>`
    with counted as (
      select kind, system, status, sum(count)::int as n from ended_count group by kind, system, status having sum(count) <> 0
    ), stored as (
      select 'TASK' as kind, system, status, count(*)::int as n from account_task
        where status in ('COMPLETED', 'FAILED', 'CANCELLED') group by system, status
      union all select 'REQUEST', '', status, count(*)::int from account_request
        where status not in ('PENDING', 'PROCESSING') group by status
    )
    select concat_ws(' ', kind, system, status) as key, coalesce(c.n, 0) as counted, coalesce(s.n, 0) as rows
    from counted c full join stored s using (kind, system, status) where c.n is distinct from s.n`.execute(
    db,
  );
  const { rows: unnoted } = await sql<{ task_id: string }>`
    select t.task_id from account_task t where t.status = 'FAILED'
      and not exists (select 1 from standing_failure f where f.task_id = t.id)
      and not exists (select 1 from account_task n where n.person_id = t.person_id and n.system = t.system and n.id > t.id)`.execute(
    db,
  );
  return [
    ...unnoted.map(({ task_id }) => `I4: ${task_id} failed and the overview does not know`),
    ...ended.map(
      ({ key, counted, rows }) => `I4: ${key} is counted ${counted} times and stands in ${rows} rows`,
    ),
    ...requests.flatMap(({ request_id, status, total, items: count, completed, failed }) => [
      ...(total === count ? [] : [`I4: ${request_id} counts ${total} people and has ${count}`]),
      ...((status === 'COMPLETED') === (completed === count) && (failed === 0 || status !== 'COMPLETED')
        ? []
        : [`I4: ${request_id} is ${status} with ${completed} of ${count} completed and ${failed} failed`]),
      ...(['PENDING', 'PROCESSING'].includes(status) ? [`I3: ${request_id} is still ${status}`] : []),
    ]),
    ...items.flatMap(({ number, status, wanted, active, settled }) => [
      ...((status === 'COMPLETED') === (active === wanted)
        ? []
        : [`I4: the item of ${number} is ${status} with ${active} of ${wanted} accounts`]),
      ...(settled === wanted ? [] : [`I4: the item of ${number} counts ${settled} of ${wanted} as settled`]),
    ]),
  ];
}

/** I8: the queues are empty, and the dead letters hold what nobody can read and nothing else. */
async function queuesOf(db: Sql, poison: Readonly<Record<string, number>>): Promise<string[]> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text, count(*)::int as count from pgboss.job
    where state in ('created', 'retry', 'active') and ${WORK_QUEUES} and name not like '%.dead'
    group by name, state`.execute(db);
  const { rows: dead } = await sql<{ name: string; count: number }>`
    select name, count(*)::int as count from pgboss.job where name like '%.dead' group by name`.execute(db);
  const found = new Map(dead.map(({ name, count }) => [name, count]));
  const queues = new Set([...found.keys(), ...Object.keys(poison)]);
  return [
    ...rows.map(({ name, state, count }) => `I8: ${count} ${state} in ${name}`),
    ...[...queues].flatMap((name) => {
      const [is, shouldBe] = [found.get(name) ?? 0, poison[name] ?? 0];
      return is === shouldBe ? [] : [`I8: ${is} in ${name} where ${shouldBe} cannot be read`];
    }),
  ];
}

interface Attempts {
  readonly violations: readonly string[];
  /** Attempts whose answer was lost: each costs a look-up and a call. */
  readonly lost: number;
  /** Attempts that came to nothing for another reason, or to an account that was there: each costs a call. */
  readonly spent: number;
}

/** I10, first half. */
async function attemptsOf(db: Sql): Promise<Attempts> {
  const { rows } = await sql<{
    task_id: string;
    counted: number;
    max_attempts: number;
    lost: number;
    spent: number;
  }>`
    select t.task_id, t.max_attempts,
      count(*) filter (where a.outcome in
        ('RETRYABLE', 'UNCERTAIN', 'ERROR', 'REJECTED', 'CONFLICT', 'CREATED', 'ADOPTED'))::int as counted,
      count(*) filter (where a.outcome in ('LOST', 'UNCERTAIN'))::int as lost,
      count(*) filter (where a.outcome in ('RETRYABLE', 'THROTTLED', 'CREDENTIALS', 'NOT_VISIBLE_YET', 'REJECTED',
        'CONFLICT', 'ADOPTED'))::int as spent
    from account_task t join task_attempt a on a.task_id = t.id group by t.id`.execute(db);
  return {
    violations: rows.flatMap(({ task_id, counted, max_attempts }) =>
      counted > max_attempts ? [`I10: ${task_id} had ${counted} attempts of ${max_attempts}`] : [],
    ),
    lost: rows.reduce((sum, row) => sum + row.lost, 0),
    spent: rows.reduce((sum, row) => sum + row.spent, 0),
  };
}

/** I10, second half: one create per account, one token per process, system and lifetime, two calls per loss. */
function callsOf(sandbox: Sandbox, attempts: Attempts, known: Known): string[] {
  const calls = sandbox.control.ledger().filter(({ system }) => system !== 'HIEDS');
  const created = calls.filter((call: LedgerEntry) => call.operation === 'create' && call.applied).length;
  const tokens = 3 * known.processes + (known.expiredTokens ?? 0);
  const needed = created + tokens + 2 * attempts.lost + attempts.spent;
  return calls.length > CALLS_MAX * needed ? [`I10: ${calls.length} calls where ${needed} were needed`] : [];
}
