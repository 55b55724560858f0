import { sql } from 'kysely';
import { trialDelaySeconds } from '../../domain/systems/circuit.ts';
import type { Sql } from '../../entities/tables.ts';
import { commitAsync } from '../../entities/transaction.ts';

/** The calls that the shared state of a system permits right now. */
export interface Grant {
  readonly granted: number;
  readonly trial: boolean;
  /** With `granted` 0: milliseconds until it is worth asking again. */
  readonly retryInMs: number;
}

interface GateRow {
  readonly granted: number;
  readonly trial: boolean;
  readonly retry_ms: number;
}

/** Inserts a row for every registered system that has none; the bucket starts full. */
export async function ensureSystemStates(db: Sql, systems: readonly string[]): Promise<void> {
  await sql`
    insert into system_state (system, tokens)
    select system, 1e9 from unnest(${[...systems]}::text[]) as system on conflict do nothing`.execute(db);
}

/** Stores at which systems this worker can look accounts up, so that every replica of the API knows. */
export async function noteLookUps(
  db: Sql,
  connectors: readonly { readonly system: string; readonly canLookUp: boolean }[],
): Promise<void> {
  await sql`
    update system_state s set can_look_up = r."canLookUp"
    from json_to_recordset(${JSON.stringify(connectors)}::json) as r(system text, "canLookUp" boolean)
    where s.system = r.system and s.can_look_up is distinct from r."canLookUp"`.execute(db);
}

/**
 * Takes up to `wanted` permits of a system's token bucket, shared by all processes: one statement, on the database's
 * clock. The bucket holds one second's worth. Nothing is granted while the system is throttled; while its circuit is
 * open one permit is granted per trial, and taking it sets the time of the next.
 * `withinAttempt`: further calls of an attempt that is under way, which the circuit does not stop.
 */
export async function takePermits(
  db: Sql,
  options: {
    readonly system: string;
    readonly wanted: number;
    readonly ratePerSecond: number;
    readonly withinAttempt: boolean;
    /** The latest turn taken by this process: new origins join the queue there. */
    readonly turn: number;
  },
): Promise<Grant> {
  const { system, wanted, ratePerSecond, withinAttempt, turn } = options;
  const delays = Array.from({ length: 5 }, (_, trialNumber) => trialDelaySeconds(trialNumber + 1));
  const [row] = await commitAsync(
    db,
    sql<GateRow>`
    with present as (
      select *, clock_timestamp() as now from system_state where system = ${system} for update
    ), measured as (
      select *, circuit = 'OPEN' and not ${withinAttempt}::boolean as gated,
        least(greatest(${ratePerSecond}::float8, 1),
              tokens + ${ratePerSecond}::float8 * extract(epoch from now - refilled_at)) as available
      from present
    ), decided as (
      select *, case
          when throttled_until > now then 0
          when gated and next_trial_at > now then 0
          when gated then least(1, floor(available))
          else least(${wanted}::int, floor(available)) end::int as granted
      from measured
    )
    update system_state s set
      tokens = d.available - d.granted,
      current_turn = greatest(s.current_turn, ${turn}::bigint),
      refilled_at = d.now,
      next_trial_at = case when d.gated and d.granted > 0
        then d.now + (${delays}::int[])[least(d.trial_number + 1, 5)] * interval '1 second' else s.next_trial_at end,
      trial_number = s.trial_number + case when d.gated and d.granted > 0 then 1 else 0 end
    from decided d where s.system = d.system
    returning d.granted, d.gated and d.granted > 0 as trial,
      greatest(extract(epoch from d.throttled_until - d.now) * 1000,
        case when d.gated then extract(epoch from d.next_trial_at - d.now) * 1000 end,
        (1 - d.available) / ${ratePerSecond}::float8 * 1000, 1)::float8 as retry_ms`,
  );
  if (row === undefined) throw new Error(`System ${system} has no row in system_state.`);
  return { granted: row.granted, trial: row.trial, retryInMs: Math.ceil(row.retry_ms) };
}
