import { PgBoss } from 'pg-boss';
import { checkServer } from '../database/check-server.ts';
import { migrate } from '../database/migrate.ts';
import { createOrm, type Orm } from '../database/orm.ts';
import { connectionTo } from '../database/primary.ts';
import { SESSION_OPTIONS } from '../entities/session.ts';
import { inTransaction, outsideTransaction } from '../entities/transaction.ts';
import type { Env } from '../environment/env.ts';
import { wps } from '../integrations/wps/definition.ts';
import { allAreas } from '../jobs/index.ts';
import { ChangeFeed } from '../jobs/kit/change-feed.ts';
import { createQueues } from '../jobs/kit/job.ts';
import { LiveSettings } from '../jobs/kit/live-settings.ts';
import { renewSecrets } from '../jobs/secrets/renew-secrets.ts';
import type { SecretKeys } from '../jobs/secrets/secret-keys.ts';
import { ensureSystemStates } from '../jobs/systems/system-gate.ts';
import { type Logger, withLogScope } from '../logger.ts';
import { awaitMigrations } from './await-migrations.ts';
import { installedSettings, registeredSystems } from './upstreams.ts';

/** The connections and shared services that a server and a worker are both built on. */
export interface ApplicationCore {
  readonly orm: Orm;
  /** For the API: a pool of its own, whose statements may take less time than its operations. */
  readonly apiOrm: Orm;
  readonly boss: PgBoss;
  readonly feed: ChangeFeed;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly directUrl: string;
  close(): Promise<void>;
}

/** Below the 10 seconds that an operation may take (server/limits.ts), so that no statement outlives its caller. */
const API_STATEMENT_TIMEOUT_MS = 9_000;
/**
 * How long a transaction may be idle. A process that froze or lost its network inside of one would hold its locks
 * until Postgres notices, and others would wait for them. Our own transactions never rest.
 */
const ABANDONED_AFTER_MS = 20_000;
/**
 * Settings of every direct connection. Plans are not compiled (`jit`): our statements run for milliseconds, and
 * compiling one whose rows Postgres overestimates takes longer than running it (docs/scaling.md, "Growth").
 */
const sessionOptions = { abandonedAfterMs: ABANDONED_AFTER_MS, compilesPlans: false } as const;
/** Connections of pg-boss, beside the pool: jobs of our own are inserted through the transaction's connection. */
const BOSS_POOL_SIZE = 4;
/** A dead worker's jobs are found within this time after their lease of 15 s, and run again within 20 s (reliability.md §6). */
const SUPERVISE_SECONDS = 2;

interface CoreOptions {
  readonly env: Env;
  readonly url: string;
  readonly directUrl: string;
  readonly secrets: SecretKeys;
  readonly logger: Logger;
  /** Gives up waiting for migrations. */
  readonly signal?: AbortSignal;
}

/** Connects to the database, migrates or waits for that, and starts queue, change feed and settings. */
export async function startCore(options: CoreOptions): Promise<ApplicationCore> {
  // Everything opened so far is closed again, last first, when a later step fails.
  await using opened = new AsyncDisposableStack();
  const { env, url, directUrl, secrets, logger } = options;
  const serves = env.role !== 'worker';
  const orm = await createOrm({
    url,
    poolSize: env.databasePoolSize,
    prepares: url === directUrl,
    ...(url === directUrl && sessionOptions),
  });
  opened.defer(() => orm.close(true));
  await checkServer(directUrl, logger);
  if (env.migrateOnStart) {
    const applied = await migrate(orm, directUrl);
    if (applied.length > 0) logger.info({ applied }, 'migrations applied');
  } else {
    const signal = options.signal ?? new AbortController().signal;
    await awaitMigrations({ env, orm, directUrl, logger, signal });
  }
  const apiOrm = serves && url === directUrl ? await createApiOrm(options) : orm;
  if (apiOrm !== orm) opened.defer(() => apiOrm.close(true));
  const boss = createBoss(options);
  opened.defer(() => boss.stop({ graceful: false, close: true }));
  await boss.start();
  await createQueues(boss, allAreas.queues(registeredSystems));

  const settings = new LiveSettings(installedSettings, logger);
  const db = () => outsideTransaction(orm.em.fork());
  await ensureSystemStates(db(), [...registeredSystems, wps.system]);
  await firstValues(orm, env, logger);
  await openStoredSecrets(orm, secrets, logger);
  const feed = new ChangeFeed(logger);
  const reload = () => {
    settings
      .reload(db())
      .catch((error: unknown) => logger.error({ error }, 'settings could not be read again'));
  };
  feed.subscribe({
    onChange: (change) => {
      if ('setting' in change) reload();
    },
    onReconnect: reload,
  });
  opened.defer(() => feed.stop());
  await feed.start(boss);
  // Only now: a change before we listened is read here, one after it is told.
  await settings.reload(db());
  const parts = opened.move();
  return { orm, apiOrm, boss, feed, settings, secrets, directUrl, close: () => parts.disposeAsync() };
}

/** Jobs may take longer than a caller waits, so what runs long for a caller must be told apart. */
function createApiOrm({ env, url }: CoreOptions): Promise<Orm> {
  return createOrm({
    url,
    poolSize: env.databasePoolSize,
    statementTimeoutMs: API_STATEMENT_TIMEOUT_MS,
    ...sessionOptions,
  });
}

function createBoss({ env, directUrl, logger }: CoreOptions): PgBoss {
  const works = env.role !== 'server';
  const boss = new PgBoss({
    ...connectionTo(directUrl),
    application_name: 'accountsync-jobs',
    max: BOSS_POOL_SIZE,
    // Work of its own is to take jobs and to keep leases, which a crash of Postgres ends anyhow: no need to wait for the disk.
    options: `-c synchronous_commit=off -c jit=off -c statement_timeout=0 ${SESSION_OPTIONS}`,
    migrate: env.migrateOnStart,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', (error) => logger.error({ error }, 'error of the job queue'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'warning of the job queue'));
  return boss;
}

/** Brings stored secrets under the key of today; what no key of this process opens is said once, and waits. */
async function openStoredSecrets(orm: Orm, secrets: SecretKeys, logger: Logger): Promise<void> {
  const { keyId, renewed, counts } = await renewSecrets(orm.em, secrets);
  if (renewed > 0) logger.info({ keyId, renewed }, 'stored secrets are encrypted with the current key');
  for (const { keyId: needed, count, readable } of counts) {
    if (readable) continue;
    logger.error(
      { needed, secrets: count, present: secrets.ids },
      `stored secrets (${count}) need the master key ${needed}, which this process does not have: give it in SECRETS_KEY or SECRETS_KEY_PREVIOUS; until then what needs them waits`,
    );
  }
}

/** A variable only gives a Setting's first value; when the two differ, the Setting rules and one warning says so. */
async function firstValues(orm: Orm, env: Env, logger: Logger): Promise<void> {
  const db = outsideTransaction(orm.em.fork());
  const given = {
    account_creation_enabled: env.accountCreationEnabled,
    account_creation_max_retries: env.accountCreationMaxRetries,
  };
  for (const [key, value] of Object.entries(given)) {
    if (value === null) continue;
    await withLogScope({ principal: 'environment' }, () =>
      inTransaction(orm.em, (tx) =>
        tx
          .insertInto('setting')
          .values({
            key,
            value: JSON.stringify(value),
            version: 1,
            updated_at: new Date(),
            updated_by: 'environment',
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      ),
    );
    const stored = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
    if (JSON.stringify(stored?.value) !== JSON.stringify(value)) {
      const variable = key.toUpperCase();
      logger.warn(
        { setting: key, inForce: stored?.value, [variable]: value },
        'the Setting takes precedence; the variable only gave its first value',
      );
    }
  }
}
