import { sql } from 'kysely';
import type { ProvisioningBench } from '../../setup/provisioning.ts';

/**
 * A worker process takes the sandbox of the bench for real systems, a worker in the process of the test knows better;
 * the database refuses to serve both at once. Said before either starts.
 */
export async function takeForReal(bench: ProvisioningBench, real: boolean): Promise<void> {
  await sql`update system_state set sandboxed = ${!real}`.execute(bench.sql);
}
