import { sql } from 'kysely';
import { isMigrated } from '../database/migrate.ts';
import { outsideTransaction } from '../entities/transaction.ts';
import type { Readiness } from '../server/health/health.ts';
import type { ApplicationCore } from './core.ts';

/** Ready when Postgres answers, every migration is applied and, in a worker, the queue runs. */
export function readinessOf(core: ApplicationCore, works: boolean): Readiness {
  return async () => {
    const checks: Record<string, string> = {
      postgres: await outcome(() => sql`select 1`.execute(outsideTransaction(core.orm.em.fork()))),
      migrations: await outcome(async () => {
        if (!(await isMigrated(core.orm))) throw new Error('migrations are missing: run npm run migrate');
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
