import type { Locale } from '../domain/errors/error-entry.ts';
import { Secret } from '../secret.ts';
import { type Definition, wrongConnectorValues } from './connector-variables.ts';
import { contradictions } from './contradictions.ts';
import { describe, type EnvSource, filesNotTaken, problemsOf, variableOf, withoutEmpty } from './problems.ts';
import { sandboxedSystems } from './sandboxed-systems.ts';
import { variables } from './variables.ts';

/** The process's configuration, parsed once (environment.md). */
export interface Env {
  readonly host: string;
  readonly port: number;
  readonly role: 'all' | 'server' | 'worker';
  /** Null: the embedded Postgres. */
  readonly databaseUrl: string | null;
  readonly databaseDirectUrl: string | null;
  readonly databasePoolSize: number;
  readonly dataDir: string;
  readonly migrateOnStart: boolean;
  readonly logLevel: string;
  readonly logFormat: 'auto' | 'pretty' | 'json';
  readonly adminApiKey: Secret | null;
  /** The issuer whose JWTs are accepted; null: none. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | null;
  /** As whom the console signs browsers in at the issuer; null: it asks for a key. */
  readonly oidcClient: { readonly id: string; readonly secret: Secret | null } | null;
  readonly sandbox: readonly string[];
  readonly sandboxPort: number;
  readonly emailDomain: string | null;
  readonly accountCreationEnabled: boolean | null;
  readonly accountCreationMaxRetries: number | null;
  readonly upstreamTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  readonly allowedOrigins: readonly string[];
  readonly defaultLocale: Locale;
  readonly displayTimeZone: string;
  /** Where check-in lessons link to. */
  readonly attendanceUrl: string | null;
  readonly bodyLimitBytes: number;
  /** Null: no mail is sent. */
  readonly smtpUrl: Secret | null;
  /** Where traces are sent, and as whose; null: none are made. */
  readonly tracing: { readonly endpoint: string; readonly serviceName: string } | null;
  /** Master keys, 32 bytes in base64: the one that encrypts stored secrets, and those that only decrypt. */
  readonly secretsKeys: { readonly current: Secret | null; readonly previous: readonly Secret[] };
}

/** Every mistake in the environment, one per line; the process prints it and exits 1. */
export class EnvError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
    super(`The configuration has ${count}:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/**
 * Parses the environment; an empty string counts as unset. `definitions` name what `SANDBOX` may list and, with
 * their variables, decide what `SANDBOX=auto` means. A variable of a real system that has a wrong value is a mistake
 * here; one that is missing only shows when it is known which systems are enabled (`parseConnector`).
 * @throws EnvError with every mistake at once.
 */
export function parseEnv(source: EnvSource, definitions: readonly Definition[]): Env {
  const given = withoutEmpty(source);
  const parsed = variables.safeParse(given);
  const sandbox = sandboxedSystems(given, definitions);
  const problems = [
    ...problemsOf(parsed.error, given),
    ...(typeof sandbox === 'string' ? [describe('SANDBOX', given, sandbox)] : []),
    ...contradictions(given),
    ...filesNotTaken(given, variableNames(definitions)),
    ...wrongConnectorValues(given, {
      definitions: definitions.filter(
        ({ system }) => typeof sandbox === 'string' || !sandbox.includes(system),
      ),
      reported: parsed.error?.issues.map(variableOf) ?? [],
    }),
  ];
  if (!parsed.success || typeof sandbox === 'string' || problems.length > 0) throw new EnvError(problems);
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    role: data.ROLE,
    databaseUrl: data.DATABASE_URL ?? null,
    databaseDirectUrl: data.DATABASE_DIRECT_URL ?? null,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    dataDir: data.DATA_DIR,
    migrateOnStart: data.MIGRATE_ON_START,
    logLevel: data.LOG_LEVEL,
    logFormat: data.LOG_FORMAT,
    adminApiKey: data.ADMIN_API_KEY === undefined ? null : new Secret(data.ADMIN_API_KEY),
    oidc:
      data.OIDC_ISSUER === undefined || data.OIDC_AUDIENCE === undefined
        ? null
        : { issuer: data.OIDC_ISSUER, audience: data.OIDC_AUDIENCE },
    oidcClient:
      data.OIDC_CLIENT_ID === undefined
        ? null
        : {
            id: data.OIDC_CLIENT_ID,
            secret: data.OIDC_CLIENT_SECRET === undefined ? null : new Secret(data.OIDC_CLIENT_SECRET),
          },
    sandbox,
    sandboxPort: data.SANDBOX_PORT,
    emailDomain: data.EMAIL_DOMAIN ?? null,
    accountCreationEnabled: data.ACCOUNT_CREATION_ENABLED ?? null,
    accountCreationMaxRetries: data.ACCOUNT_CREATION_MAX_RETRIES ?? null,
    upstreamTimeoutMs: data.UPSTREAM_TIMEOUT_SECONDS * 1_000,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_SECONDS * 1_000,
    allowedOrigins: data.ALLOWED_ORIGINS,
    defaultLocale: data.DEFAULT_LOCALE === 'en' ? 'EN' : 'ZH_CN',
    displayTimeZone: data.DISPLAY_TIME_ZONE,
    attendanceUrl: data.ATTENDANCE_URL ?? null,
    bodyLimitBytes: data.HTTP_BODY_LIMIT_BYTES,
    smtpUrl: data.SMTP_URL === undefined ? null : new Secret(data.SMTP_URL),
    tracing:
      data.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : { endpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: data.OTEL_SERVICE_NAME },
    secretsKeys: {
      current: data.SECRETS_KEY === undefined ? null : new Secret(data.SECRETS_KEY),
      previous: data.SECRETS_KEY_PREVIOUS.map((key) => new Secret(key)),
    },
  };
}

/** Every variable that configures the process. */
export function variableNames(definitions: readonly Definition[]): readonly string[] {
  return [...Object.keys(variables.shape), ...definitions.flatMap((definition) => definition.variables)];
}

/** The variables this process was started with. The only place that reads them. */
export function processEnvironment(): EnvSource {
  return process.env;
}
