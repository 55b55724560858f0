import { sql } from 'kysely';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import {
  afterSignal,
  type CircuitState,
  type Liveness,
  trialDelaySeconds,
} from '../../domain/systems/circuit.ts';
import { throttlePauseMs } from '../../domain/systems/retry-policy.ts';
import type { Sql } from '../../entities/tables.ts';
import { notifyChange } from '../kit/change-feed.ts';

/** Evidence of one outcome about its system's health. */
export interface HealthSignal {
  readonly liveness: Liveness;
  /** The answer was "slow down"; `retryAfterMs` null when it did not say for how long. */
  readonly throttled: { readonly retryAfterMs: number | null } | null;
  readonly error: StoredError | null;
  /** A trial that ended before anything was sent: it proved nothing and is due again. */
  readonly unspentTrial: boolean;
}

/** Change of the circuit: logged once on opening and once on closing. */
export type CircuitEvent = 'opened' | 'closed' | null;

interface StateRow {
  readonly circuit: 'OPEN' | 'CLOSED';
  readonly failure_streak: number;
  readonly throttle_streak: number;
  readonly last_success_ms: number | null;
  readonly now_ms: number;
  readonly throttled: boolean;
}

/**
 * Records what a batch of outcomes says about a system, for all processes. Runs in a transaction of its own, because
 * all outcomes of a system share the row.
 */
export async function recordHealthSignals(
  tx: Sql,
  system: string,
  signals: readonly HealthSignal[],
): Promise<{ readonly circuitOpen: boolean; readonly event: CircuitEvent }> {
  const { rows } = await sql<StateRow>`
    select circuit, failure_streak, throttle_streak,
      extract(epoch from last_success_at)::float8 * 1000 as last_success_ms,
      extract(epoch from clock_timestamp())::float8 * 1000 as now_ms,
      coalesce(throttled_until > clock_timestamp(), false) as throttled
    from system_state where system = ${system} for no key update`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error(`System ${system} has no row in system_state.`);

  const before: CircuitState = {
    circuit: row.circuit,
    failureStreak: row.failure_streak,
    lastSuccessAt: row.last_success_ms,
  };
  const after = signals.reduce<CircuitState>(
    (state, signal) => afterSignal(state, signal.liveness, row.now_ms),
    before,
  );
  const event = after.circuit === before.circuit ? null : after.circuit === 'OPEN' ? 'opened' : 'closed';
  const cause =
    signals.findLast((signal) => signal.liveness === 'credentials' || signal.liveness === 'failing')?.error ??
    null;
  const pause = throttlePause(signals, row);
  const lived = signals.some((signal) => signal.liveness === 'alive');
  const unspent = signals.some((signal) => signal.unspentTrial) && event === null;

  await sql`
    update system_state set
      circuit = ${after.circuit}, failure_streak = ${after.failureStreak},
      last_success_at = case when ${lived} then clock_timestamp() else last_success_at end,
      last_failure_at = case when ${cause !== null} then clock_timestamp() else last_failure_at end,
      last_error_code = case when ${cause !== null} then ${cause?.code ?? null} else last_error_code end,
      last_error_parameters = case when ${cause !== null} then ${JSON.stringify(cause?.parameters ?? {})}::jsonb
        else last_error_parameters end,
      throttle_streak = ${pause.streak},
      throttled_until = case when ${pause.pauseMs}::float8 > 0
        then greatest(throttled_until, clock_timestamp() + ${pause.pauseMs}::float8 * interval '1 millisecond')
        else throttled_until end,
      opened_at = case ${event ?? ''} when 'opened' then clock_timestamp() when 'closed' then null else opened_at end,
      next_trial_at = case ${event ?? ''} when 'opened' then clock_timestamp() + ${trialDelaySeconds(0)}::int * interval '1 second'
        when 'closed' then null else case when ${unspent} then clock_timestamp() else next_trial_at end end,
      trial_number = case when ${event !== null} then 0 when ${unspent} then greatest(0, trial_number - 1)
        else trial_number end,
      circuit_reason = case when ${after.circuit} = 'CLOSED' then null when ${cause !== null} then ${cause?.code ?? null} else circuit_reason end,
      circuit_parameters = case when ${after.circuit} = 'CLOSED' then null
        when ${cause !== null} then ${JSON.stringify(cause?.parameters ?? {})}::jsonb else circuit_parameters end,
      updated_at = clock_timestamp()
    where system = ${system}`.execute(tx);
  if (event !== null || unspent) await notifyChange(tx, { system });
  return { circuitOpen: after.circuit === 'OPEN', event };
}

/** The pause after throttled answers. A burst counts once: answers that arrive during the pause add nothing. */
function throttlePause(signals: readonly HealthSignal[], row: StateRow): { streak: number; pauseMs: number } {
  const throttled = signals.flatMap((signal) => (signal.throttled === null ? [] : [signal.throttled]));
  const lived = signals.some((signal) => signal.liveness === 'alive');
  if (throttled.length === 0) return { streak: lived ? 0 : row.throttle_streak, pauseMs: 0 };
  const asked = Math.max(...throttled.map((signal) => signal.retryAfterMs ?? 0));
  if (asked > 0) return { streak: row.throttle_streak, pauseMs: asked };
  if (row.throttled) return { streak: row.throttle_streak, pauseMs: 0 };
  const streak = row.throttle_streak + 1;
  return { streak, pauseMs: throttlePauseMs(streak) };
}
