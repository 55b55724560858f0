import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';
import type { ProvisioningBench } from '../../setup/provisioning.ts';

/** What the upstreams may be asked for, over what the work needs at least (reliability.md, I10). */
const CALLS_MAX = 1.5;

/**
 * The invariants of reliability.md §1 that can be read from tables and from the upstreams' own ledger, for a bench
 * whose work is done. Returns every violation in words; empty when all hold.
 */
export async function findViolations(
  bench: ProvisioningBench,
  known: { /** Processes that were started: each gets tokens of its own. */ readonly processes: number },
): Promise<string[]> {
  const [attempts, ...others] = await Promise.all([
    attemptsOf(bench),
    accountsOf(bench),
    tasksOf(bench),
    countsOf(bench),
    requestsOf(bench),
    queuesOf(bench),
    findUnaudited(bench.sql),
  ]);
  const calls = callsOf(bench, attempts.lostAnswers, known.processes);
  return [...others.flat(), ...attempts.violations, ...calls];
}

/** I1, I2: the upstreams against what was asked for. */
async function accountsOf(bench: ProvisioningBench): Promise<string[]> {
  const { rows } = await sql<{ number: string; system: string; username: string | null; active: boolean }>`
    select p.employee_number as number, t.system, p.reserved_username as username,
      bool_or(coalesce(a.state = 'ACTIVE', false)) as active
    from account_task t join person p on p.id = t.person_id
    left join account a on a.person_id = p.id and a.system = t.system
    group by p.employee_number, t.system, p.reserved_username`.execute(bench.sql);
  const wanted = new Map(rows.map((row) => [`${row.system} ${keyOf(row)}`.toLowerCase(), row]));
  const created = Map.groupBy(
    bench.sandbox.control.ledger({ operation: 'create' }).filter((call) => call.applied),
    (call) => `${call.system} ${call.key ?? ''}`.toLowerCase(),
  );
  const existing = new Set(
    bench.sandbox.control.accounts().map(({ system, key }) => `${system} ${key}`.toLowerCase()),
  );
  return [
    ...[...created].flatMap(([key, calls]) =>
      calls.length > 1 ? [`I1: ${key} was created ${calls.length} times`] : [],
    ),
    ...[...wanted].flatMap(([key, { active }]) =>
      active && !existing.has(key) ? [`I1: ${key} is active here and unknown there`] : [],
    ),
    ...[...existing].flatMap((key) => (wanted.has(key) ? [] : [`I2: ${key} exists without a task`])),
  ];
}

function keyOf(row: {
  readonly number: string;
  readonly system: string;
  readonly username: string | null;
}): string {
  return row.system === 'EMAIL' ? (row.username ?? '') : row.number;
}

/** I3: nothing is left in the middle. */
async function tasksOf(bench: ProvisioningBench): Promise<string[]> {
  const { rows } = await sql<{ task_id: string; status: string }>`
    select task_id, status from account_task
    where status not in ('COMPLETED', 'FAILED', 'CANCELLED', 'WAITING')`.execute(bench.sql);
  const open = await sql<{ task_id: string }>`
    select t.task_id from task_attempt a join account_task t on t.id = a.task_id
    where a.finished_at is null`.execute(bench.sql);
  return [
    ...rows.map(({ task_id, status }) => `I3: task ${task_id} is still ${status}`),
    ...open.rows.map(({ task_id }) => `I3: an attempt of ${task_id} is open`),
  ];
}

/** I4, I7: rows against counts, items against their tasks. */
async function countsOf(bench: ProvisioningBench): Promise<string[]> {
  const { rows } = await sql<{ request_id: string; total: number; items: number }>`
    select r.request_id, r.total_users as total,
      (select count(*)::int from request_item i where i.request_id = r.id) as items
    from account_request r`.execute(bench.sql);
  const { rows: items } = await sql<{ number: string; status: string; wanted: number; active: number }>`
    select i.employee_number as number, i.status, cardinality(r.system_list) as wanted,
      (select count(*)::int from account a where a.person_id = i.person_id and a.state = 'ACTIVE'
        and a.system = any(r.system_list)) as active
    from request_item i join account_request r on r.id = i.request_id`.execute(bench.sql);
  return [
    ...rows.flatMap(({ request_id, total, items: count }) =>
      total === count ? [] : [`I4: ${request_id} counts ${total} people and has ${count}`],
    ),
    ...items.flatMap(({ number, status, wanted, active }) =>
      (status === 'COMPLETED') === (active === wanted)
        ? []
        : [`I4: the item of ${number} is ${status} with ${active} of ${wanted} accounts`],
    ),
  ];
}

/** I6: one request per key; I3 for requests. */
async function requestsOf(bench: ProvisioningBench): Promise<string[]> {
  const { rows } = await sql<{ request_id: string; status: string; twins: number }>`
    select r.request_id, r.status, (select count(*)::int from account_request o
      where o.derived_key = r.derived_key and o.created_by = r.created_by and o.key_released_at is null) as twins
    from account_request r where r.key_released_at is null`.execute(bench.sql);
  return rows.flatMap(({ request_id, status, twins }) => [
    ...(twins > 1 ? [`I6: ${request_id} shares its key with ${twins - 1} others`] : []),
    ...(['PENDING', 'PROCESSING'].includes(status) ? [`I3: ${request_id} is still ${status}`] : []),
  ]);
}

/** I8: the queues are empty, and nothing is poison. */
async function queuesOf(bench: ProvisioningBench): Promise<string[]> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text, count(*)::int as count from pgboss.job
    where state in ('created', 'retry', 'active')
      and (name like '%.dead' or name like 'provisioning.run-task%' or name like 'provisioning.resolve-uncertain%'
        or name = 'provisioning.intake-request')
    group by name, state`.execute(bench.sql);
  return rows.map(({ name, state, count }) => `I8: ${count} ${state} in ${name}`);
}

/** I10, first half. */
async function attemptsOf(bench: ProvisioningBench): Promise<{ violations: string[]; lostAnswers: number }> {
  const { rows } = await sql<{ task_id: string; counted: number; max_attempts: number; lost: number }>`
    select t.task_id, t.max_attempts,
      count(*) filter (where a.outcome in
        ('RETRYABLE', 'UNCERTAIN', 'ERROR', 'REJECTED', 'CONFLICT', 'CREATED', 'ADOPTED'))::int as counted,
      count(*) filter (where a.outcome in ('LOST', 'UNCERTAIN'))::int as lost
    from account_task t join task_attempt a on a.task_id = t.id group by t.id`.execute(bench.sql);
  const violations = rows.flatMap(({ task_id, counted, max_attempts }) =>
    counted > max_attempts ? [`I10: ${task_id} had ${counted} attempts of ${max_attempts}`] : [],
  );
  return { violations, lostAnswers: rows.reduce((sum, row) => sum + row.lost, 0) };
}

/** I10, second half: one create per account, one token per process and system, one look-up and re-send per loss. */
function callsOf(bench: ProvisioningBench, lost: number, processes: number): string[] {
  const calls = bench.sandbox.control.ledger();
  const created = calls.filter((call) => call.operation === 'create' && call.applied).length;
  const needed = created + 3 * processes + 2 * lost;
  return calls.length > CALLS_MAX * needed ? [`I10: ${calls.length} calls where ${needed} were needed`] : [];
}

/** I9: the last entry of the audit log about each thing says what its row says. */
export async function findUnaudited(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ kind: string; id: string; is: string; told: string | null }>`
    with things(kind, id, "is") as (
      select 'REQUEST', request_id, jsonb_build_object('status', status, 'round', round) from account_request
      union all select 'REQUEST_ITEM', id::text, jsonb_strip_nulls(jsonb_build_object('status', status, 'errorCode', error_code))
        from request_item where status <> 'PENDING'
      union all select 'TASK', id::text, jsonb_strip_nulls(jsonb_build_object('status', status, 'errorCode', error_code))
        from account_task where status <> 'PROCESSING'
      union all select 'ACCOUNT', person_id || ':' || system, jsonb_build_object('state', state)
        from account where state <> 'PLANNED'
      union all select 'RUN', run_id, jsonb_build_object('status', status) from sync_run
    )
    select t.kind, t.id, t."is"::text as "is", e.after::text as told from things t
    left join lateral (select e.after from audit_entry e
      where e.subject_kind = t.kind and e.subject_id = t.id order by e.id desc limit 1) e on true
    where not coalesce(e.after @> t."is" and (e.after ? 'errorCode') = (t."is" ? 'errorCode'), false)`.execute(
    db,
  );
  return rows.map(
    ({ kind, id, is, told }) => `I9: ${kind} ${id} is ${is}, the audit log says ${told ?? 'nothing'}`,
  );
}
