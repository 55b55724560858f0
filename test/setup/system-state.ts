import { sql } from 'kysely';
import type { ProvisioningBench } from './provisioning.ts';

/** What all processes share about a system. */
export function systemState(bench: ProvisioningBench, system: string) {
  return bench.sql
    .selectFrom('system_state')
    .selectAll()
    .where('system', '=', system)
    .executeTakeFirstOrThrow();
}

/** Resolves with the state once the circuit is as wanted. */
export function untilCircuit(bench: ProvisioningBench, system: string, circuit: 'OPEN' | 'CLOSED') {
  return bench.until(`the circuit being ${circuit}`, async () => {
    const state = await systemState(bench, system);
    return state.circuit === circuit ? state : null;
  });
}

/**
 * Resolves once it is recorded that the system lives: that comes behind the outcome that tells of it, and only the first
 * of a second is recorded.
 */
export function untilSuccess(bench: ProvisioningBench, system: string) {
  return bench.until(`${system} being known to live`, async () => {
    const state = await systemState(bench, system);
    return state.last_success_at === null ? null : state;
  });
}

/** Stands for time that passes: moves the next trial, to now or far away, and wakes the workers. */
export async function moveTrial(
  bench: ProvisioningBench,
  system: string,
  when: 'now' | 'far',
): Promise<void> {
  const at = when === 'now' ? new Date(0) : new Date(Date.now() + 3_600_000);
  await bench.sql
    .updateTable('system_state')
    .set({ next_trial_at: at })
    .where('system', '=', system)
    .execute();
  await wakeWorkers(bench, system);
}

/** As a circuit that closed would. */
export async function wakeWorkers(bench: ProvisioningBench, system: string): Promise<void> {
  await sql`select pg_notify('accountsync', ${JSON.stringify({ system })})`.execute(bench.sql);
}
