import { hostname } from 'node:os';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { allErrors } from '../../domain/catalogue/all-errors.ts';
import { asCheckError } from '../../domain/errors/ended-errors.ts';
import { findErrorEntry } from '../../domain/errors/render-error.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import type { SystemHealth, Upstream, UpstreamCall } from '../../integrations/contract/upstream.ts';
import type { Logger } from '../../logger.ts';
import { notifyChange } from '../kit/change-feed.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { takePermits } from './system-gate.ts';
import { recordHealthSignals } from './system-health.ts';

/** Short, because a person waits: a system that takes longer counts as unreachable. */
const CHECK_TIMEOUT_MS = 6_000;
const DETAIL_MAX_LENGTH = 1_000;

export interface CheckSystemContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  /** Those this worker reaches, by their codes. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
}

/**
 * Calls the system's health check once, whatever the switches, and records what it found. A system found well closes
 * a circuit that only refused credentials had opened; one that failed otherwise is tried by a real task at once. Safe
 * to run twice: it asks for nothing.
 */
export async function checkSystem(
  { system }: { readonly system: string },
  context: CheckSystemContext,
): Promise<void> {
  const checked = context.upstreams.get(system) ?? null;
  const startedMs = performance.now();
  const health = checked === null ? notConfigured(system) : await ask(checked, system, context);
  const latencyMs = Math.round(performance.now() - startedMs);
  const tokenMs = checked?.tokenRemainingMs?.() ?? null;
  const well = health.reachable && health.credentialsAccepted === true;
  const outcome = await inTransaction(context.em, async (tx) => {
    await store(tx, { system, health, latencyMs, tokenMs });
    const released = well ? await release(tx, system) : null;
    await notifyChange(tx, { system });
    return released;
  });
  context.logger.info({ system, latencyMs, ...health, circuit: outcome }, 'a system was checked by hand');
}

function notConfigured(system: string): SystemHealth {
  const error = { code: 'SYSTEM_NOT_CONFIGURED', parameters: { system } };
  return { reachable: false, credentialsAccepted: null, error, detail: null };
}

async function ask(checked: Upstream, system: string, context: CheckSystemContext): Promise<SystemHealth> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  checked.forgetRefusal?.();
  try {
    return await checked.checkHealth({ signal, acquire: () => takeOne(system, context) });
  } catch (error) {
    if (!signal.aborted) throw error;
    const unanswered = asCheckError({ code: 'UPSTREAM_TIMEOUT', parameters: { system } });
    const detail = `no answer within ${CHECK_TIMEOUT_MS} ms`;
    return { reachable: false, credentialsAccepted: null, error: unanswered, detail };
  }
}

/** Takes a permit if there is one, but does not wait for it: one call by hand does no harm. */
async function takeOne(
  system: string,
  { em, settings }: CheckSystemContext,
): ReturnType<UpstreamCall['acquire']> {
  if (!settings.hasRate(system)) return;
  await takePermits(outsideTransaction(em.fork()), {
    system,
    wanted: 1,
    ratePerSecond: settings.ratePerSecond(system),
    withinAttempt: true,
    turn: 0,
  });
}

async function store(
  tx: Sql,
  found: {
    readonly system: string;
    readonly health: SystemHealth;
    readonly latencyMs: number;
    readonly tokenMs: number | null;
  },
): Promise<void> {
  const { system, health, latencyMs, tokenMs } = found;
  const { reachable, credentialsAccepted, error } = health;
  const detail = health.detail?.slice(0, DETAIL_MAX_LENGTH) ?? null;
  await sql`
    insert into system_check (system, checked_at, reachable, credentials_accepted, latency_ms, error_code,
      error_parameters, detail, token_ends_at, host)
    values (${system}, clock_timestamp(), ${reachable}, ${credentialsAccepted}, ${latencyMs}::int,
      ${error?.code ?? null}, ${error === null ? null : JSON.stringify(error.parameters)}::jsonb, ${detail},
      clock_timestamp() + ${tokenMs}::float8 * interval '1 millisecond', ${hostname().slice(0, 300)})
    on conflict (system) do update set checked_at = excluded.checked_at, reachable = excluded.reachable,
      credentials_accepted = excluded.credentials_accepted, latency_ms = excluded.latency_ms,
      error_code = excluded.error_code, error_parameters = excluded.error_parameters, detail = excluded.detail,
      token_ends_at = excluded.token_ends_at, host = excluded.host`.execute(tx);
}

/**
 * Closes a circuit that was opened for a reason only the operator can remove, such as refused credentials: the check
 * has proved that it is gone. Otherwise lets the next trial start now.
 */
async function release(tx: Sql, system: string): Promise<'closed' | 'trial' | null> {
  const { rows } = await sql<{ reason: string | null }>`
    select circuit_reason as reason from system_state where system = ${system} and circuit = 'OPEN'
    for no key update`.execute(tx);
  const [open] = rows;
  if (open === undefined) return null;
  if (open.reason !== null && findErrorEntry(allErrors, open.reason).fixBy === 'OPERATOR') {
    const alive = { liveness: 'alive', throttled: null, error: null, unspentTrial: false } as const;
    await recordHealthSignals(tx, system, [alive]);
    return 'closed';
  }
  await sql`update system_state set next_trial_at = clock_timestamp() where system = ${system}`.execute(tx);
  return 'trial';
}
