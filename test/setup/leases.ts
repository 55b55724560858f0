import { sql } from 'kysely';
import type { ProvisioningBench } from './provisioning.ts';

/**
 * Stands for the 15 seconds after which a lease ends: every active job of these queues (a `like` pattern) is given back
 * by pg-boss, and due at once.
 */
export async function endLeases(bench: ProvisioningBench, queues: string): Promise<void> {
  // A heartbeat may come in between: again until none did.
  for (let ended = 0, held = 1; held > ended; ) {
    const { rows } = await sql<{ id: string }>`
      update pgboss.job set heartbeat_on = now() - interval '1 hour'
      where name like ${queues} and state = 'active' returning id`.execute(bench.sql);
    // pg-boss looks at a queue at most once in its interval.
    await sql`update pgboss.queue set monitor_claim_on = null, monitor_on = null where name like ${queues}`.execute(
      bench.sql,
    );
    await bench.core.boss.supervise();
    const ids = rows.map((row) => row.id);
    const { rows: due } = await sql`
      update pgboss.job set start_after = now()
      where id = any(${ids}::uuid[]) and state = 'retry' returning id`.execute(bench.sql);
    held = ids.length;
    ended = due.length;
  }
}
