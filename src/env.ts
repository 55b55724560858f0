import { z } from 'zod';
import type { Locale } from './domain/error-entry.ts';
import type { Connector, ConnectorDefinition, ConnectorDependencies } from './integrations/connector.ts';
import type { HrSourceDefinition } from './integrations/hieds/definition.ts';
import type { HrSource, HrSourceDependencies } from './integrations/hr-source.ts';
import { Secret } from './secret.ts';

/** Connects to one system with the variables that were found for it. */
export type Connect = (dependencies: ConnectorDependencies) => Connector;

/** Connects to the HR source with the variables that were found for it. */
export type ConnectHrSource = (dependencies: HrSourceDependencies) => HrSource;

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
  readonly bodyLimitBytes: number;
}

export type EnvSource = Readonly<Record<string, string | undefined>>;

/** Every mistake in the environment, one per line; the process prints it and exits 1. */
export class EnvError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} mistake(s):\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'EnvError';
    this.problems = problems;
  }
}

const ADMIN_KEY_MIN_LENGTH = 24;

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum, `expected a whole number from ${minimum} to ${maximum}`));
const flag = z.enum(['true', 'false'], 'expected true or false').transform((value) => value === 'true');
const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'expected a URL like postgres://user:password@host:5432/database');

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  ROLE: z.enum(['all', 'server', 'worker'], 'expected all, server or worker').default('all'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  DATA_DIR: z.string().default('.accountsync'),
  MIGRATE_ON_START: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['auto', 'pretty', 'json'], 'expected auto, pretty or json').default('auto'),
  ADMIN_API_KEY: z
    .string()
    .min(ADMIN_KEY_MIN_LENGTH, `expected at least ${ADMIN_KEY_MIN_LENGTH} characters`)
    .optional(),
  SANDBOX: z.string().default('auto'),
  SANDBOX_PORT: wholeNumber(0, 65_535).default(0),
  EMAIL_DOMAIN: z
    .string()
    .regex(/^@?[A-Za-z0-9.-]+$/, 'expected a domain like example.com')
    .optional(),
  ACCOUNT_CREATION_ENABLED: flag.optional(),
  ACCOUNT_CREATION_MAX_RETRIES: wholeNumber(0, 100).optional(),
  UPSTREAM_TIMEOUT_SECONDS: wholeNumber(1, 3_600).default(30),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(0, 3_600).default(30),
  ALLOWED_ORIGINS: z.string().default(''),
  DEFAULT_LOCALE: z.enum(['zh-CN', 'en'], 'expected zh-CN or en').default('zh-CN'),
  DISPLAY_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected a time zone like Asia/Shanghai')
    .default('Asia/Shanghai'),
  HTTP_BODY_LIMIT_BYTES: wholeNumber(1_024, 1_073_741_824).default(16_777_216),
});

/** Variables whose values are never repeated in a message. */
const SECRET_NAME = /SECRET|KEY|TOKEN|PASSWORD|DATABASE/;

/**
 * Parses the environment; an empty string counts as unset. `systems` names what `SANDBOX` may list and, with their
 * variables, decides what `SANDBOX=auto` means.
 * @throws EnvError with every mistake at once.
 */
export function parseEnv(
  source: EnvSource,
  definitions: readonly Pick<ConnectorDefinition, 'system' | 'variables'>[],
): Env {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  const sandbox = sandboxedSystems(given, definitions);
  const problems = [
    ...(parsed.error?.issues.map((issue) => describe(String(issue.path[0]), given, issue.message)) ?? []),
    ...(typeof sandbox === 'string' ? [describe('SANDBOX', given, sandbox)] : []),
  ];
  if (!parsed.success || typeof sandbox === 'string') throw new EnvError(problems);
  const { data } = parsed;
  if (
    data.ADMIN_API_KEY === undefined &&
    data.ROLE !== 'worker' &&
    (data.DATABASE_URL !== undefined || !isLoopback(data.HOST))
  ) {
    throw new EnvError([
      'ADMIN_API_KEY: not set; expected at least 24 characters, because the service listens beyond this machine or uses DATABASE_URL',
    ]);
  }
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
    sandbox,
    sandboxPort: data.SANDBOX_PORT,
    emailDomain: data.EMAIL_DOMAIN ?? null,
    accountCreationEnabled: data.ACCOUNT_CREATION_ENABLED ?? null,
    accountCreationMaxRetries: data.ACCOUNT_CREATION_MAX_RETRIES ?? null,
    upstreamTimeoutMs: data.UPSTREAM_TIMEOUT_SECONDS * 1_000,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_SECONDS * 1_000,
    allowedOrigins: data.ALLOWED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    defaultLocale: data.DEFAULT_LOCALE === 'en' ? 'EN' : 'ZH_CN',
    displayTimeZone: data.DISPLAY_TIME_ZONE,
    bodyLimitBytes: data.HTTP_BODY_LIMIT_BYTES,
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

/** Parses the variables of the HR source: all of them or none; null: HR sync is not configured. */
export function parseHrSource<Config>(
  definition: HrSourceDefinition<Config>,
  source: EnvSource,
): { readonly connect: ConnectHrSource } | { readonly problems: readonly string[] } | null {
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
  return {
    problems: parsed.error.issues.map((issue) => describe(String(issue.path[0]), given, issue.message)),
  };
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

function describe(variable: string, given: Readonly<Record<string, string>>, expectation: string): string {
  const value = given[variable];
  if (value === undefined) return `${variable}: not set; ${expectation}`;
  return `${variable}: given ${SECRET_NAME.test(variable) ? '[redacted]' : JSON.stringify(value)}; ${expectation}`;
}

/** The systems the sandbox plays, or what is wrong with `SANDBOX`. */
function sandboxedSystems(
  given: Readonly<Record<string, string>>,
  definitions: readonly Pick<ConnectorDefinition, 'system' | 'variables'>[],
): readonly string[] | string {
  const all = definitions.map((definition) => definition.system);
  const mode = given['SANDBOX'] ?? 'auto';
  switch (mode) {
    case 'on':
      return all;
    case 'off':
      return [];
    case 'auto': {
      const real = Object.keys(given).some((name) => name.endsWith('_BASE_URL'));
      return given['DATABASE_URL'] === undefined && !real ? all : [];
    }
    default: {
      const named = mode.split(',').map((name) => name.trim().toUpperCase());
      const unknown = named.filter((name) => !all.includes(name));
      const known = all.map((name) => name.toLowerCase()).join(', ');
      return unknown.length === 0 ? named : `expected auto, on, off or a list of ${known}`;
    }
  }
}

/** True for names of this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
