import { sql } from 'kysely';
import type { ProvisioningBench } from './provisioning.ts';

/**
 * Stands for the 15 seconds after which a lease ends: every active job of these queues (a `like` pattern) is given back
 * by pg-boss, and due at once.
 */
export async function endLeases(bench: ProvisioningBench, queues: string): Promise<void> {
  await sql`
    update pgboss.job set heartbeat_on = now() - interval '1 hour'
    where name like ${queues} and state = 'active'`.execute(bench.sql);
  await bench.core.boss.supervise();
  await sql`update pgboss.job set start_after = now() where name like ${queues} and state = 'retry'`.execute(
    bench.sql,
  );
}
