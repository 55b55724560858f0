import { z } from 'zod';
import type { Locale } from '../domain/errors/error-entry.ts';
import type { Connector, ConnectorDefinition } from '../integrations/contract/connector.ts';
import type {
  ConnectorDependencies,
  OptionalUpstreamDefinition,
  Upstream,
} from '../integrations/contract/upstream.ts';
import { isSafeAddress } from '../integrations/contract/variables.ts';
import { Secret } from '../secret.ts';
import {
  ADMIN_KEY,
  ADMIN_KEY_EXPECTED,
  commaSeparated,
  databaseUrl,
  flag,
  isHttpUrl,
  isOrigin,
  isSmtpUrl,
  isTimeZone,
  MASTER_KEY,
  MASTER_KEY_EXPECTED,
  wholeNumber,
} from './variable-formats.ts';

/** Connects to one system with the variables that were found for it. */
export type Connect = (dependencies: ConnectorDependencies) => Connector;

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

export type EnvSource = Readonly<Record<string, string | undefined>>;

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

const DEFAULT_HOST = '127.0.0.1';

const schema = z.object({
  HOST: z.string().default(DEFAULT_HOST),
  PORT: wholeNumber(0, 65_535).default(4000),
  ROLE: z.enum(['all', 'server', 'worker'], 'expected all, server or worker').default('all'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  DATA_DIR: z.string().default('.accountsync'),
  MIGRATE_ON_START: flag.default(true),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'expected fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  LOG_FORMAT: z.enum(['auto', 'pretty', 'json'], 'expected auto, pretty or json').default('auto'),
  ADMIN_API_KEY: z
    .string()
    .refine((key) => ADMIN_KEY.test(key), ADMIN_KEY_EXPECTED)
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isSafeAddress, 'expected an https URL, as the issuer writes it (plain http only on loopback)')
    .optional(),
  OIDC_AUDIENCE: z.string().max(500).optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  SANDBOX: z.string().default('auto'),
  SANDBOX_PORT: wholeNumber(0, 65_535).default(0),
  EMAIL_DOMAIN: z
    .string()
    .regex(/^@?([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'expected a domain such as example.com')
    .optional(),
  ACCOUNT_CREATION_ENABLED: flag.optional(),
  ACCOUNT_CREATION_MAX_RETRIES: wholeNumber(0, 100).optional(),
  UPSTREAM_TIMEOUT_SECONDS: wholeNumber(1, 3_600).default(30),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(0, 3_600).default(30),
  ALLOWED_ORIGINS: z
    .string()
    .transform(commaSeparated)
    .refine((origins) => origins.every(isOrigin), 'expected origins like https://portal.example.com')
    .default([]),
  DEFAULT_LOCALE: z.enum(['zh-CN', 'en'], 'expected zh-CN or en').default('zh-CN'),
  DISPLAY_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected a time zone like Asia/Shanghai')
    .default('Asia/Shanghai'),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'expected a URL like smtp://user:password@mail.example.com:587 or smtps://…')
    .optional(),
  SECRETS_KEY: z.string().regex(MASTER_KEY, MASTER_KEY_EXPECTED).optional(),
  SECRETS_KEY_PREVIOUS: z
    .string()
    .transform(commaSeparated)
    .refine(
      (keys) => keys.every((key) => MASTER_KEY.test(key)),
      `${MASTER_KEY_EXPECTED}; several with commas`,
    )
    .default([]),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isHttpUrl, 'expected the http(s) address of a collector, such as http://127.0.0.1:4318')
    .optional(),
  OTEL_SERVICE_NAME: z.string().max(200).default('accountsync'),
  ATTENDANCE_URL: z
    .string()
    .refine(isHttpUrl, 'expected the http(s) address of the attendance application')
    .optional(),
  HTTP_BODY_LIMIT_BYTES: wholeNumber(1_024, 1_073_741_824).default(16_777_216),
});

/** Variables whose values are never repeated in a message. */
const SECRET_NAME = /SECRET|KEY|TOKEN$|PASSWORD|DATABASE_(DIRECT_)?URL|SMTP_URL/;
/** So much of a value is repeated in a message. */
const QUOTED_CHARACTERS = 100;

type Definition = Pick<ConnectorDefinition, 'system' | 'variables' | 'environment'>;

/**
 * Parses the environment; an empty string counts as unset. `definitions` name what `SANDBOX` may list and, with
 * their variables, decide what `SANDBOX=auto` means. A variable of a real system that has a wrong value is a mistake
 * here; one that is missing only shows when it is known which systems are enabled (`parseConnector`).
 * @throws EnvError with every mistake at once.
 */
export function parseEnv(source: EnvSource, definitions: readonly Definition[]): Env {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
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

/** Parses the variables of one system; a problem names the variable and never a secret. */
export function parseConnector<Config>(
  definition: ConnectorDefinition<Config>,
  source: EnvSource,
): { readonly connect: Connect } | { readonly problems: readonly string[] } {
  const parsed = parseVariables(definition.environment, source);
  if ('problems' in parsed) return parsed;
  return { connect: (dependencies) => definition.connect(parsed.config, dependencies) };
}

/** Parses the variables of an upstream that may be absent: all of them or none; null: its feature is off. */
export function parseOptional<Config, Dependencies, Connected extends Upstream>(
  definition: OptionalUpstreamDefinition<Config, Dependencies, Connected>,
  source: EnvSource,
):
  | { readonly connect: (dependencies: Dependencies) => Connected }
  | { readonly problems: readonly string[] }
  | null {
  const given = withoutEmpty(source);
  if (!definition.required.some((name) => given[name] !== undefined)) return null;
  const parsed = parseVariables(definition.environment, source);
  if ('problems' in parsed) return parsed;
  return { connect: (dependencies) => definition.connect(parsed.config, dependencies) };
}

function parseVariables<Config>(
  schema: z.ZodType<Config>,
  source: EnvSource,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { config: parsed.data };
  return { problems: problemsOf(parsed.error, given) };
}

/** Every variable that configures the process. */
export function variableNames(definitions: readonly Definition[]): readonly string[] {
  return [...Object.keys(schema.shape), ...definitions.flatMap(({ variables }) => variables)];
}

/** The variables this process was started with. The only place that reads them. */
export function processEnvironment(): EnvSource {
  return process.env;
}

function withoutEmpty(source: EnvSource): Record<string, string> {
  return Object.fromEntries(
    Object.entries(source).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

type Given = Readonly<Record<string, string>>;

function problemsOf(error: z.ZodError | undefined, given: Given): string[] {
  return error?.issues.map((issue) => describe(variableOf(issue), given, issue.message)) ?? [];
}

function variableOf(issue: z.core.$ZodIssue): string {
  return String(issue.path[0]);
}

function describe(variable: string, given: Given, expectation: string): string {
  const value = given[variable];
  if (value === undefined) return `${variable}: not set; ${expectation}`;
  return `${variable}: given ${SECRET_NAME.test(variable) ? '[redacted]' : quote(value)}; ${expectation}`;
}

/** What may be a password inside of a URL is left out. */
function quote(value: string): string {
  const shown = value.replace(/\/\/[^/?#]*@/, '//[redacted]@').replace(/([?#]).*$/s, '$1[redacted]');
  return JSON.stringify(shown.slice(0, QUOTED_CHARACTERS));
}

/** Values that are right by themselves and wrong together. */
function contradictions(given: Given): string[] {
  const problems: string[] = [];
  const listensBeyond = !isLoopback(given['HOST'] ?? DEFAULT_HOST);
  const needsKey = given['ROLE'] !== 'worker' && (given['DATABASE_URL'] !== undefined || listensBeyond);
  const hasIssuer = given['OIDC_ISSUER'] !== undefined;
  if (needsKey && !hasIssuer && given['ADMIN_API_KEY'] === undefined) {
    const why =
      'because others can reach it: it uses DATABASE_URL, or a HOST that is not loopback; or OIDC_ISSUER and OIDC_AUDIENCE';
    problems.push(describe('ADMIN_API_KEY', given, `${ADMIN_KEY_EXPECTED}, ${why}`));
  }
  if (hasIssuer !== (given['OIDC_AUDIENCE'] !== undefined)) {
    const [missing, present] = hasIssuer
      ? ['OIDC_AUDIENCE', 'OIDC_ISSUER']
      : ['OIDC_ISSUER', 'OIDC_AUDIENCE'];
    problems.push(describe(missing, given, `expected beside ${present}`));
  }
  if (given['OIDC_CLIENT_ID'] !== undefined && !hasIssuer)
    problems.push(describe('OIDC_ISSUER', given, 'expected beside OIDC_CLIENT_ID'));
  if (given['OIDC_CLIENT_SECRET'] !== undefined && given['OIDC_CLIENT_ID'] === undefined)
    problems.push(describe('OIDC_CLIENT_ID', given, 'expected beside OIDC_CLIENT_SECRET'));
  if (given['DATABASE_DIRECT_URL'] !== undefined && given['DATABASE_URL'] === undefined) {
    problems.push(describe('DATABASE_DIRECT_URL', given, 'expected only beside DATABASE_URL'));
  }
  const sealsNothing = given['SECRETS_KEY'] === undefined && given['DATABASE_URL'] !== undefined;
  if (sealsNothing && given['SECRETS_KEY_PREVIOUS'] !== undefined) {
    problems.push(describe('SECRETS_KEY', given, 'expected beside SECRETS_KEY_PREVIOUS'));
  }
  return problems;
}

/** What `readVariableFiles` had to leave. */
function filesNotTaken(given: Given, names: readonly string[]): string[] {
  return names
    .filter((name) => given[`${name}_FILE`] !== undefined)
    .map((name) =>
      describe(
        `${name}_FILE`,
        given,
        given[name] === undefined
          ? 'expected the path of a file that this process can read'
          : `expected only one of ${name} and ${name}_FILE`,
      ),
    );
}

/** Wrong values in the variables of these systems, but for what is reported already. */
function wrongConnectorValues(
  given: Given,
  options: { readonly definitions: readonly Definition[]; readonly reported: readonly string[] },
): string[] {
  return options.definitions
    .flatMap((definition) => definition.environment.safeParse(given).error?.issues ?? [])
    .filter((issue) => given[variableOf(issue)] !== undefined)
    .filter((issue) => !options.reported.includes(variableOf(issue)))
    .map((issue) => describe(variableOf(issue), given, issue.message));
}

/** Where people and calendars come from in a real deployment, as far as `SANDBOX=auto` is concerned. */
const SOURCE_BASE_URLS = ['HIEDS_BASE_URL', 'WPS_BASE_URL'];

/** The systems the sandbox plays, or what is wrong with `SANDBOX`. */
function sandboxedSystems(given: Given, definitions: readonly Definition[]): readonly string[] | string {
  const all = definitions.map((definition) => definition.system);
  const mode = given['SANDBOX'] ?? 'auto';
  switch (mode) {
    case 'on':
      return all;
    case 'off':
      return [];
    case 'auto': {
      const baseUrls = definitions
        .flatMap(({ variables }) => variables)
        .filter((name) => name.endsWith('_BASE_URL'));
      const real = [...baseUrls, ...SOURCE_BASE_URLS].some((name) => given[name] !== undefined);
      return given['DATABASE_URL'] === undefined && !real ? all : [];
    }
    default: {
      const named = commaSeparated(mode).map((name) => name.toUpperCase());
      const known = all.map((name) => name.toLowerCase()).join(', ');
      const isList = named.length > 0 && named.every((name) => all.includes(name));
      return isList
        ? all.filter((name) => named.includes(name))
        : `expected auto, on, off or a list of ${known}`;
    }
  }
}

/** True for names of this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
