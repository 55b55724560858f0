import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../entities/tables.ts';
import { allAreas } from '../../jobs/index.ts';
import { requestsByState, tasksByState } from '../../jobs/provisioning/tasks/count-by-state.ts';

/** Tasks of one system in one state; ages in seconds, null where there are none. */
export interface TaskGauge {
  readonly system: string;
  readonly status: string;
  readonly count: number;
  /** How long the oldest has been ready to run. */
  readonly oldest_ready: number | null;
  /** How long the oldest has been in its state; null where it does not matter. */
  readonly oldest: number | null;
}

export interface QueueGauge {
  readonly name: string;
  readonly ready: number;
  readonly deferred: number;
  readonly active: number;
  /** Poison messages. */
  readonly dead: number;
  readonly oldest_ready: number | null;
}

/** Figures from the tables, the same in every process. */
export interface Gauges {
  readonly tasks: readonly TaskGauge[];
  readonly requests: readonly { readonly status: string; readonly count: number }[];
  readonly systems: readonly {
    readonly system: string;
    readonly circuit: string;
    readonly reason: string | null;
    readonly throttled: boolean;
  }[];
  /** Last successful runs, seconds since 1970. */
  readonly runs: readonly { readonly kind: string; readonly finished_at: number }[];
  readonly queues: readonly QueueGauge[];
  /** Since when an HR sync is expected, seconds since 1970; null: HR is not configured. */
  readonly hr_expected_since: number | null;
  /** Result of the last verification of the audit log; null: none has ended. */
  readonly audit: { readonly verified_at: number; readonly broken: boolean } | null;
  /** Deliveries that are due and not tried, by reason; ages in seconds. */
  readonly waiting: readonly {
    readonly channel: string;
    readonly error: string | null;
    readonly count: number;
    /** How long the oldest has been due. */
    readonly overdue: number | null;
  }[];
  /** Registered databases; moments in seconds since 1970, null: never read. */
  readonly instances: readonly {
    readonly name: string;
    readonly engine: string;
    readonly failing: boolean;
    readonly paused: boolean;
    readonly last_success_at: number | null;
  }[];
  /** Deliveries that have not arrived. */
  readonly deliveries: readonly {
    readonly channel: string;
    readonly status: string;
    readonly count: number;
  }[];
}

/** Reads all gauges: ten statements, and pg-boss's cached counts. */
export async function readGauges(db: Sql, boss: PgBoss): Promise<Gauges> {
  const [tasks, requests, systems, runs, queues, deliveries, waiting, hr, audit, instances] =
    await Promise.all([
      sql<TaskGauge>`
      select counted.*, open.oldest_ready, open.oldest from (${tasksByState}) as counted
      left join (select system, status, extract(epoch from clock_timestamp() - min(coalesce(next_attempt_at, updated_at)) filter (
          where status = 'PENDING' or (status = 'RETRY' and next_attempt_at <= clock_timestamp())))::float8
          as oldest_ready,
        extract(epoch from clock_timestamp() - min(updated_at))::float8 as oldest
        from account_task where status in ('PENDING', 'RETRY', 'UNCERTAIN') group by system, status) as open
      using (system, status)`.execute(db),
      sql<Gauges['requests'][number]>`${requestsByState}`.execute(db),
      sql<Gauges['systems'][number]>`
      select system, circuit, circuit_reason as reason,
        coalesce(throttled_until > clock_timestamp(), false) as throttled from system_state`.execute(db),
      sql<Gauges['runs'][number]>`
      select k.kind, extract(epoch from done.finished_at)::float8 as finished_at
      from unnest(${Object.keys(allAreas.runKinds)}::text[]) as k(kind) cross join lateral (
        select max(r.finished_at) as finished_at from (
          (select id, finished_at from sync_run where kind = k.kind and status = 'COMPLETED' and mode = 'RUN'
            order by id desc limit 1)
          union all (select id, finished_at from sync_run where kind = k.kind and status = 'COMPLETED_WITH_ERRORS'
            and mode = 'RUN' order by id desc limit 1)) r) as done
      where done.finished_at is not null`.execute(db),
      readQueues(db, boss),
      sql<Gauges['deliveries'][number]>`
      select channel, status, count(*)::int as count from notification_delivery
      where status in ('PENDING', 'RETRY', 'DEAD_LETTER') group by channel, status`.execute(db),
      sql<Gauges['waiting'][number]>`
      select channel, error_code as error, count(*)::int as count,
        extract(epoch from clock_timestamp() - min(next_attempt_at) filter (
          where next_attempt_at <= clock_timestamp()))::float8 as overdue
      from notification_delivery where next_attempt_at is not null group by channel, error_code`.execute(db),
      sql<{ since: number | null }>`
      select extract(epoch from coalesce((select min(started_at) from sync_run where kind = 'HR_SYNC' and mode = 'RUN'),
        s.updated_at))::float8 as since
      from sync_source s where s.kind = 'HR_SYNC' and s.scope = '' and s.configured`.execute(db),
      sql<NonNullable<Gauges['audit']>>`
      select extract(epoch from verified_at)::float8 as verified_at, problem is not null as broken
      from audit_verification`.execute(db),
      sql<Gauges['instances'][number]>`
      select d.name, d.engine, d.state = 'PAUSED' as paused,
        extract(epoch from d.last_success_at)::float8 as last_success_at,
        coalesce((select i.outcome <> 'COMPLETED' from run_item i join sync_run r on r.id = i.run_id
          where i.subject_kind = 'DATABASE_INSTANCE' and i.subject_id = d.id and r.mode = 'RUN'
            and i.outcome in ('COMPLETED', 'FAILED', 'AWAITING_CONFIRMATION') order by i.id desc limit 1), false) as failing
      from database_instance d`.execute(db),
    ]);
  return {
    tasks: tasks.rows,
    requests: requests.rows,
    systems: systems.rows,
    runs: runs.rows,
    queues,
    deliveries: deliveries.rows,
    waiting: waiting.rows,
    hr_expected_since: hr.rows[0]?.since ?? null,
    audit: audit.rows[0] ?? null,
    instances: instances.rows,
  };
}

async function readQueues(db: Sql, boss: PgBoss): Promise<QueueGauge[]> {
  const [queues, ages] = await Promise.all([
    boss.getQueues(),
    sql<{ name: string; age: number }>`select name, age from queue_ages()`.execute(db),
  ]);
  const age = new Map(ages.rows.map((row) => [row.name, row.age]));
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  return queues.flatMap(({ name, deadLetter, readyCount, deferredCount, activeCount }) =>
    deadLetter === undefined || deadLetter === null
      ? []
      : [
          {
            name,
            ready: readyCount,
            deferred: deferredCount,
            active: activeCount,
            dead: byName.get(deadLetter)?.queuedCount ?? 0,
            oldest_ready: age.get(name) ?? null,
          },
        ],
  );
}
