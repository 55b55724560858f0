import { sql } from 'kysely';
import { isMigrated } from '../database/migrate.ts';
import { outsideTransaction } from '../entities/transaction.ts';
import { programCommand } from '../environment/program-command.ts';
import type { Readiness } from '../server/health/health.ts';
import type { ApplicationCore } from './core.ts';

/** Ready when Postgres answers, every migration is applied and, in a worker, the queue runs. */
export function readinessOf(core: ApplicationCore, works: boolean): Readiness {
  return async () => {
    const checks: Record<string, string> = {
      postgres: await outcome(async () => {
        const { rows } = await sql<{ read_only: boolean }>`
          select current_setting('transaction_read_only') = 'on' as read_only`.execute(
          outsideTransaction(core.orm.em.fork()),
        );
        if (rows[0]?.read_only === true)
          throw new Error('Postgres takes no writes: a replica, or a former primary');
      }),
      migrations: await outcome(async () => {
        if (!(await isMigrated(core.orm)))
          throw new Error(`migrations are missing: run ${programCommand('migrate')}`);
      }),
      ...(works && {
        queue: await outcome(async () => {
          if (!(await core.boss.isInstalled())) throw new Error('pg-boss is not installed');
        }),
      }),
    };
    return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
  };
}

async function outcome(check: () => Promise<unknown>): Promise<string> {
  try {
    await check();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'failed';
  }
}
