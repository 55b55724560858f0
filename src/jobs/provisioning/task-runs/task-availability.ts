import { sql } from 'kysely';
import type { TaskWait } from '../../../domain/provisioning/errors/task-waits.ts';
import { missingDependencies } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { isReady, jobOfTask } from '../tasks/chosen-tasks.ts';

/** A throttle pause shorter than this does not make a system unavailable. */
const THROTTLE_WAITED_SECONDS = 30;

/** Systems at which tasks can run now, and what the others wait for. */
export interface Availability {
  readonly systems: readonly string[];
  readonly closed: readonly {
    readonly system: string;
    readonly wait: TaskWait;
    readonly reason: string | null;
  }[];
}

/**
 * Finds which of the registered systems are available: master switch on, enabled, not paused, circuit closed, not
 * throttled for long.
 */
export async function readAvailability(
  tx: Sql,
  { settings, systems }: { readonly settings: LiveSettings; readonly systems: readonly string[] },
): Promise<Availability> {
  const { rows } = await sql<{ system: string }>`
    select system from system_state where circuit = 'OPEN'
      or throttled_until > clock_timestamp() + ${THROTTLE_WAITED_SECONDS}::int * interval '1 second'`.execute(
    tx,
  );
  const sick = new Set(rows.map((row) => row.system));
  const pauses = new Map(settings.pausedSystems(Date.now()).map(({ system, reason }) => [system, reason]));
  const waitOf = (system: string): { wait: TaskWait; reason: string | null } | null => {
    if (!settings.get('account_creation_enabled')) return { wait: 'WAITS_FOR_SWITCH', reason: null };
    const pause = pauses.get(system);
    if (pause !== undefined) return { wait: 'WAITS_FOR_PAUSE', reason: pause };
    if (!settings.enabledSystems.includes(system)) return { wait: 'WAITS_FOR_ENABLING', reason: null };
    return sick.has(system) ? { wait: 'WAITS_FOR_SYSTEM', reason: null } : null;
  };
  const closed = systems.flatMap((system) => {
    const found = waitOf(system);
    return found === null ? [] : [{ system, ...found }];
  });
  const unavailable = new Set(closed.map(({ system }) => system));
  return { closed, systems: systems.filter((system) => !unavailable.has(system)) };
}

/** A task that waits, and what for. */
export interface WaitingTask {
  readonly task_id: string;
  readonly system: string;
  readonly wait: TaskWait;
  readonly employee_number: string;
  readonly until: string | null;
  readonly dependencies: readonly string[];
}

/** All open tasks `t` that are not running and could not run now, with their `wait`. */
function waiting({ closed }: Availability) {
  const json = JSON.stringify(closed);
  return sql`
    select t.id, t.task_id, t.person_id, t.system, t.depends_on_systems, t.next_attempt_at,
      case when t.status = 'WAITING' then 'WAITS_FOR_ACCOUNT' when t.status = 'UNCERTAIN' then 'WAITS_FOR_ANSWER'
        when not ${isReady} then 'WAITS_FOR_RETRY' else c.wait end as wait
    from account_task t
    left join json_to_recordset(${json}::json) as c(system text, wait text) on c.system = t.system
    where t.status in ('WAITING', 'UNCERTAIN') or (t.status = 'RETRY' and not ${isReady})
      or (t.status in ('PENDING', 'RETRY') and c.wait is not null
        and not exists (select 1 from (${jobOfTask}) j where j.state = 'active'))`;
}

/** How many tasks wait for something. */
export async function countWaiting(tx: Sql, availability: Availability): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${waiting(availability)}) w`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** The oldest tasks that wait for something. */
export async function listWaiting(
  tx: Sql,
  availability: Availability,
  limit: number,
): Promise<WaitingTask[]> {
  const { rows } = await sql<WaitingTask>`
    select t.task_id, t.system, t.wait, p.employee_number,
      to_char(t.next_attempt_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until,
      array(${missingDependencies}) as dependencies
    from (${waiting(availability)} order by t.id limit ${limit}) t
    join person p on p.id = t.person_id order by t.id`.execute(tx);
  return rows;
}
