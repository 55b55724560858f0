import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { poolState } from '../database/orm.ts';
import { connectionTo, urlOfPrimary } from '../database/primary.ts';
import { outsideTransaction } from '../entities/transaction.ts';
import type { Env } from '../environment/env.ts';
import type { EnvSource } from '../environment/problems.ts';
import { isLoopback } from '../environment/variable-formats.ts';
import { CodeSignIn } from '../integrations/oidc/code-sign-in.ts';
import { connectorDefinitions, sourceDefinitions } from '../integrations/registry.ts';
import { announceProcess } from '../jobs/systems/announce-process.ts';
import type { Logger } from '../logger.ts';
import type { SandboxOptions } from '../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { createSchema } from '../schema/index.ts';
import type { Secret } from '../secret.ts';
import type { Readiness } from '../server/health/health.ts';
import { startHealthServer } from '../server/health/start-health-server.ts';
import type { ReadMetrics } from '../server/metrics/answer-metrics.ts';
import { Metrics } from '../server/metrics/metrics.ts';
import { version } from '../server/pages/page-config.ts';
import type { AnsweredRestCall } from '../server/rest/answered-call.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { type Access, openAccess } from './access.ts';
import { ownAdminKey } from './admin-key.ts';
import { type ApplicationCore, startCore } from './core.ts';
import { observeWork } from './observe-work.ts';
import { playDatabases } from './played-databases.ts';
import { readinessOf } from './readiness.ts';
import { openSchool } from './school.ts';
import { openSecretKeys } from './secret-keys-file.ts';
import { connectUpstreams, registeredSystems } from './upstreams.ts';
import { startWorker, type Worker } from './worker.ts';

/** The running process: everything in it, and how to stop it. */
export interface Application {
  readonly core: ApplicationCore;
  /** Null in a pure worker. */
  readonly server: RunningServer | null;
  /** Of the GraphQL API; of the health checks in a pure worker. */
  readonly url: string;
  /** Null in a pure server. */
  readonly worker: Worker | null;
  readonly sandbox: Sandbox | null;
  /**
   * The first key for operators to sign in with; null in a pure worker, and where only an issuer's tokens are
   * accepted.
   */
  readonly adminKey: Secret | null;
  readonly databaseKind: 'embedded' | 'external';
  /** Resolves when the populated server of the sandbox stands; at once where none is played. */
  readonly played: Promise<void>;
  /** Stops in order: take no work, let attempts finish, close sockets, then the database. */
  stop(): Promise<void>;
}

/** How long running operations may take when the server closes; what they stored is safe in any case. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Stops what was started, last first; every step is tried. */
class Shutdown {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.unshift(step);
  }

  async run(logger: Logger): Promise<void> {
    for (const step of this.#steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        logger.error({ error }, 'a part failed to stop');
      }
    }
  }
}

/**
 * Starts the process: database, queue, Settings, then worker and server by role. When a part fails, the parts before
 * it are stopped.
 * @throws EnvError for configuration that only shows once the database is there.
 */
export async function startApplication(options: {
  readonly env: Env;
  readonly source: EnvSource;
  readonly logger: Logger;
  readonly sandbox?: SandboxOptions;
  /** Ends a start that waits. */
  readonly signal?: AbortSignal;
}): Promise<Application> {
  const shutdown = new Shutdown();
  try {
    return await compose({ ...options, shutdown });
  } catch (error) {
    await shutdown.run(options.logger);
    throw error;
  }
}

async function compose(options: {
  readonly env: Env;
  readonly source: EnvSource;
  readonly logger: Logger;
  readonly sandbox?: SandboxOptions;
  readonly signal?: AbortSignal;
  readonly shutdown: Shutdown;
}): Promise<Application> {
  const { env, source, logger, shutdown } = options;
  if (env.tracing !== null) {
    // Not even loaded otherwise.
    const { startTracing } = await import('./tracing.ts');
    const tracing = startTracing(env.tracing, logger);
    shutdown.add(() => tracing.stop());
  }
  const embedded = env.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  if (embedded !== null) shutdown.add(() => embedded.stop());
  const url = env.databaseUrl ?? urlOf(embedded);
  const directUrl = env.databaseDirectUrl ?? url;
  const { signal } = options;
  const secrets = openSecretKeys(env);
  const core = await startCore({
    env,
    url,
    directUrl,
    secrets,
    logger,
    ...(signal !== undefined && { signal }),
  });
  shutdown.add(() => core.close());

  const works = env.role !== 'server';
  const sandbox = works && env.sandbox.length > 0 ? await openSandbox(env, directUrl, options.sandbox) : null;
  if (sandbox !== null) shutdown.add(() => sandbox.close());
  if (sandbox !== null && embedded?.adopted === true) {
    const hint = 'for several workers, start one sandbox of its own: see docs/sandbox.md';
    logger.warn(
      { dataDir: env.dataDir, hint },
      'another process plays systems on the same data; each knows half',
    );
  }
  const db = outsideTransaction(core.orm.em.fork());
  const { settings } = core;
  const upstreams = works ? await connectUpstreams({ env, source, settings, db, sandbox, logger }) : null;
  if (upstreams !== null) shutdown.add(() => upstreams.close());
  const announced = await announceProcess(
    { em: core.orm.em.fork(), logger },
    { role: env.role, version, connections: upstreams?.connections ?? [] },
  );
  shutdown.add(() => announced.stop());

  const readiness = readinessOf(core, works);
  const serves = env.role !== 'worker';
  const adminKey = serves ? (env.adminApiKey ?? madeKey(env)) : null;
  const access = openAccess({ env, core, adminKey, logger });
  shutdown.add(() => access.close());
  let openStreams = () => 0;
  const figures = new Metrics({
    ...core,
    db: () => outsideTransaction(core.orm.em.fork()),
    pool: () => poolStateOf(core),
    observe: observeWork,
    openStreams: () => openStreams(),
  });
  shutdown.add(() => figures.close());
  const metrics = () => figures.read();
  const emailDomain = upstreams?.emailDomain ?? env.emailDomain;
  const onRestAnswer = (answered: AnsweredRestCall) => figures.observeRestAnswer(answered);
  const parts = { env, core, access, adminKey, readiness, metrics, onRestAnswer, logger, emailDomain };
  const server = serves ? await serve(parts) : null;
  if (server !== null) openStreams = () => server.openStreams;
  if (server !== null) shutdown.add(() => server.close({ timeoutMs: CLOSE_TIMEOUT_MS }));
  const health = server === null ? await startHealthServer({ ...env, readiness, metrics, logger }) : null;
  if (health !== null) shutdown.add(() => health.close());
  // Started last and so stopped first: subscribers still get the outcomes of attempts that finish while it stops.
  const worker =
    upstreams === null
      ? null
      : await startWorker({
          ...core,
          directConnection: connectionTo(core.directUrl),
          upstreams,
          systems: registeredSystems,
          displayTimeZone: env.displayTimeZone,
          mail: { smtpUrl: env.smtpUrl, locale: env.defaultLocale },
          logger,
        });
  if (worker !== null) shutdown.add(() => worker.stop(env.shutdownTimeoutMs));
  // Beside everything else: nothing waits for it, and it must be through before its server stops.
  const played =
    sandbox === null || embedded === null
      ? Promise.resolve()
      : playDatabases({ url, em: core.orm.em, secrets, logger }).catch((error: unknown) =>
          logger.warn({ error }, 'the populated server of the sandbox could not be made'),
        );
  shutdown.add(() => played);
  return {
    core,
    server,
    url: server?.url ?? health?.url ?? '',
    worker,
    sandbox,
    adminKey,
    played,
    databaseKind: embedded === null ? 'external' : 'embedded',
    stop: () => shutdown.run(logger),
  };
}

/** Both pools together; where the API has none of its own, the one there is. */
function poolStateOf({ orm, apiOrm }: ApplicationCore): ReturnType<typeof poolState> {
  const [own, api] = [poolState(orm), poolState(apiOrm)];
  if (orm === apiOrm) return own;
  const { total, idle, waiting } = api;
  return { total: own.total + total, idle: own.idle + idle, waiting: own.waiting + waiting };
}

/** The key that is made where only this machine can reach the service; null elsewhere. */
function madeKey(env: Env): Secret | null {
  return env.databaseUrl === null && isLoopback(env.host) ? ownAdminKey(env.dataDir) : null;
}

function urlOf(embedded: EmbeddedPostgres | null): string {
  if (embedded === null) throw new Error('There is neither DATABASE_URL nor an embedded Postgres.');
  return embedded.url;
}

/** Starts the sandbox; where it plays the timetable, a made-up school stands in the same Postgres. */
async function openSandbox(env: Env, directUrl: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const school = env.sandbox.includes('TIMETABLE') ? await openSchool(directUrl, options.school) : null;
  const sandbox = await startSandbox({
    port: env.sandboxPort,
    stateFile: join(env.dataDir, 'sandbox.json'),
    ...(env.emailDomain !== null && { emailDomain: env.emailDomain }),
    ...(school !== null && { changeTimetable: () => school.changeTimetable() }),
    ...options,
  });
  // For `accountsync sandbox`, from the same folder.
  mkdirSync(env.dataDir, { recursive: true });
  writeFileSync(join(env.dataDir, 'sandbox-control'), sandbox.controlUrl);
  return { ...sandbox, environment: { ...sandbox.environment, ...school?.environment } };
}

/** Signs browsers in at the issuer, where the console is known to it. */
function signInOf({ oidc, oidcClient }: Env): CodeSignIn | null {
  if (oidc === null || oidcClient === null) return null;
  return new CodeSignIn({ ...oidc, clientId: oidcClient.id, clientSecret: oidcClient.secret });
}

function serve(options: {
  readonly env: Env;
  readonly core: ApplicationCore;
  readonly access: Access;
  readonly adminKey: Secret | null;
  readonly readiness: Readiness;
  readonly metrics: ReadMetrics;
  readonly onRestAnswer: (answered: AnsweredRestCall) => void;
  readonly logger: Logger;
  readonly emailDomain: string | null;
}): Promise<RunningServer> {
  const { env, core, access, adminKey, readiness, metrics, onRestAnswer, logger } = options;
  const systems = connectorDefinitions.map(({ system, displayName }) => ({ system, displayName }));
  // Only a key we made ourselves, on this machine, is put into the page.
  const ownKey = env.adminApiKey === null ? adminKey : null;
  return startServer({
    schema: createSchema({ systems }),
    services: {
      em: core.apiOrm.em.fork(),
      boss: core.boss,
      settings: core.settings,
      secrets: core.secrets,
      feed: core.feed,
      rateLimits: access.rateLimits,
      issuerMismatch: access.issuerMismatch,
      systems,
      sources: sourceDefinitions,
      displayTimeZone: env.displayTimeZone,
      defaultEmailDomain: options.emailDomain,
      attendanceUrl: env.attendanceUrl,
      defaultLocale: env.defaultLocale,
    },
    authenticate: access.authenticate,
    host: env.host,
    port: env.port,
    bodyLimitBytes: env.bodyLimitBytes,
    allowedOrigins: env.allowedOrigins,
    logger,
    readiness,
    metrics,
    onRestAnswer,
    jobsUrl: () => urlOfPrimary(core.directUrl),
    page: {
      prefilledKey: ownKey?.reveal() ?? null,
      defaultLocale: env.defaultLocale,
      displayTimeZone: env.displayTimeZone,
      signIn: signInOf(env),
    },
  });
}
