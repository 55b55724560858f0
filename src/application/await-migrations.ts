import { setTimeout as delay } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { isMigrated } from '../database/migrate.ts';
import type { Orm } from '../database/orm.ts';
import { connectionTo } from '../database/primary.ts';
import { SESSION_OPTIONS } from '../entities/session.ts';
import type { Env } from '../environment/env.ts';
import { programCommand } from '../environment/program-command.ts';
import type { Logger } from '../logger.ts';
import type { Readiness } from '../server/health/health.ts';
import { startHealthServer } from '../server/health/start-health-server.ts';

const LOOK_EVERY_MS = 500;

/**
 * With `MIGRATE_ON_START=false` waits until another process has migrated the database. Until then `/healthz` says
 * that the process lives, and `/readyz` what it waits for.
 * @throws what `signal` was aborted with.
 */
export async function awaitMigrations(options: {
  readonly env: Pick<Env, 'host' | 'port'>;
  readonly orm: Orm;
  readonly directUrl: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { orm, directUrl, logger, signal } = options;
  const isCurrent = async () => (await isMigrated(orm)) && (await isQueueInstalled(directUrl));
  if (await isCurrent()) return;
  const health = await startHealthServer({
    ...options.env,
    readiness: readinessWithout(orm),
    metrics: null,
    logger,
  });
  logger.warn(
    { url: health.url },
    `migrations are missing: waiting for ${programCommand('migrate')} · 缺少数据库迁移，等待执行`,
  );
  try {
    do await delay(LOOK_EVERY_MS, undefined, { signal });
    while (!(await isCurrent()));
  } finally {
    await health.close();
  }
}

/** True when pg-boss's own tables are those of this build. */
async function isQueueInstalled(directUrl: string): Promise<boolean> {
  const boss = new PgBoss({
    ...connectionTo(directUrl),
    options: SESSION_OPTIONS,
    max: 1,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  try {
    await boss.start();
    return true;
  } catch {
    return false;
  } finally {
    await boss.stop({ graceful: false });
  }
}

function readinessWithout(orm: Orm): Readiness {
  return async () => {
    const postgres = (await orm.isConnected()) ? 'ok' : 'no answer';
    return {
      ready: false,
      checks: { postgres, migrations: `migrations are missing: run ${programCommand('migrate')}` },
    };
  };
}
