import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Application, startApplication } from '../../src/application/application.ts';
import { EnvError, parseEnv } from '../../src/environment/env.ts';
import type { EnvSource } from '../../src/environment/problems.ts';
import { connectorDefinitions } from '../../src/integrations/registry.ts';
import { makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { insertPerson, insertRow, sqlOf } from '../setup/rows.ts';
import { ServiceProcess } from '../setup/service-process.ts';
import { storeSettings } from '../setup/settings.ts';

const KEY = 'k'.repeat(24);
const MASTER = Buffer.alloc(32, 'master').toString('base64');
const DATABASE_URL = 'postgres://user:pass-of-the-database@127.0.0.1:1/none';
const REAL: EnvSource = {
  IDAAS_BASE_URL: 'https://idaas.example.com',
  IDAAS_ACCOUNT: 'account',
  IDAAS_SECRET: 'secret',
  IDAAS_ENTERPRISE_ID: 'enterprise',
  WELINK_BASE_URL: 'https://welink.example.com',
  WELINK_CLIENT_ID: 'client',
  WELINK_CLIENT_SECRET: 'secret',
  EMAIL_BASE_URL: 'http://exchange.lan',
  EMAIL_AUTH_TOKEN: 'token',
  EMAIL_DOMAIN: 'example.com',
};

const parse = (source: EnvSource) => parseEnv(source, connectorDefinitions);

/** What is wrong with these variables; nothing when they are fine. */
function problemsOf(source: EnvSource): readonly string[] {
  try {
    parse(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('an environment without our variables', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 4000,
    role: 'all',
    databaseUrl: null,
    databaseDirectUrl: null,
    databasePoolSize: 10,
    dataDir: '.accountsync',
    migrateOnStart: true,
    logLevel: 'info',
    logFormat: 'auto',
    adminApiKey: null,
    sandbox: ['IDAAS', 'WELINK', 'EMAIL'],
    sandboxPort: 0,
    emailDomain: null,
    accountCreationEnabled: null,
    accountCreationMaxRetries: null,
    upstreamTimeoutMs: 30_000,
    shutdownTimeoutMs: 30_000,
    oidc: null,
    oidcClient: null,
    attendanceUrl: null,
    allowedOrigins: [],
    defaultLocale: 'ZH_CN',
    displayTimeZone: 'Asia/Shanghai',
    bodyLimitBytes: 16_777_216,
    smtpUrl: null,
    secretsKeys: { current: null, previous: [] },
    tracing: null,
  };

  test('has these values', () => {
    expect(parse({})).toEqual(defaults);
  });

  test('is the same as one in which all are empty', () => {
    const names = [
      'HOST PORT ROLE DATABASE_URL DATABASE_DIRECT_URL DATABASE_POOL_SIZE DATA_DIR MIGRATE_ON_START LOG_LEVEL',
      'LOG_FORMAT ADMIN_API_KEY SANDBOX SANDBOX_PORT ACCOUNT_CREATION_ENABLED ACCOUNT_CREATION_MAX_RETRIES',
      'UPSTREAM_TIMEOUT_SECONDS SHUTDOWN_TIMEOUT_SECONDS ALLOWED_ORIGINS DEFAULT_LOCALE DISPLAY_TIME_ZONE',
      'OIDC_ISSUER OIDC_AUDIENCE OIDC_CLIENT_ID OIDC_CLIENT_SECRET HTTP_BODY_LIMIT_BYTES SMTP_URL SECRETS_KEY SECRETS_KEY_PREVIOUS OTEL_SERVICE_NAME OTEL_EXPORTER_OTLP_ENDPOINT HIEDS_BASE_URL WPS_BASE_URL',
    ].flatMap((line) => line.split(' '));
    const empty = [...names, ...Object.keys(REAL)].map((name) => [name, '']);
    expect(parse(Object.fromEntries(empty))).toEqual(defaults);
  });
});

test('every variable is taken', () => {
  const env = parse({
    HOST: '0.0.0.0',
    PORT: '0',
    ROLE: 'worker',
    DATABASE_URL,
    DATABASE_DIRECT_URL: 'postgresql://direct/none',
    DATABASE_POOL_SIZE: '3',
    DATA_DIR: '/var/lib/accountsync',
    MIGRATE_ON_START: 'false',
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
    ADMIN_API_KEY: KEY,
    OIDC_ISSUER: 'https://login.example.com/',
    OIDC_AUDIENCE: 'accountsync',
    SANDBOX: 'on',
    SANDBOX_PORT: '9000',
    EMAIL_DOMAIN: '@Mail.example.com',
    ACCOUNT_CREATION_ENABLED: 'false',
    ACCOUNT_CREATION_MAX_RETRIES: '0',
    UPSTREAM_TIMEOUT_SECONDS: '5',
    SHUTDOWN_TIMEOUT_SECONDS: '0',
    ALLOWED_ORIGINS: 'https://a.example.com, http://localhost:3000/,',
    DEFAULT_LOCALE: 'en',
    DISPLAY_TIME_ZONE: 'Europe/Berlin',
    HTTP_BODY_LIMIT_BYTES: '1024',
    SECRETS_KEY: MASTER,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_SERVICE_NAME: 'accounts',
    SECRETS_KEY_PREVIOUS: `${MASTER}, ${MASTER},`,
  });
  expect(env).toMatchObject({
    host: '0.0.0.0',
    port: 0,
    role: 'worker',
    databaseUrl: DATABASE_URL,
    databaseDirectUrl: 'postgresql://direct/none',
    databasePoolSize: 3,
    dataDir: '/var/lib/accountsync',
    migrateOnStart: false,
    logLevel: 'silent',
    logFormat: 'json',
    oidc: { issuer: 'https://login.example.com/', audience: 'accountsync' },
    sandbox: ['IDAAS', 'WELINK', 'EMAIL'],
    sandboxPort: 9000,
    emailDomain: '@Mail.example.com',
    accountCreationEnabled: false,
    accountCreationMaxRetries: 0,
    upstreamTimeoutMs: 5_000,
    shutdownTimeoutMs: 0,
    allowedOrigins: ['https://a.example.com', 'http://localhost:3000/'],
    defaultLocale: 'EN',
    displayTimeZone: 'Europe/Berlin',
    bodyLimitBytes: 1_024,
    tracing: { endpoint: 'http://collector:4318/', serviceName: 'accounts' },
  });
  expect(env.adminApiKey?.reveal()).toBe(KEY);
  expect(env.secretsKeys.current?.reveal()).toBe(MASTER);
  expect(env.secretsKeys.previous.map((key) => key.reveal())).toEqual([MASTER, MASTER]);
  expect(JSON.stringify(env)).not.toContain(KEY);
  expect(JSON.stringify(env)).not.toContain(MASTER);
});

describe('mistakes', () => {
  test.each([
    ['PORT', '-1', 'expected a whole number from 0 to 65535'],
    ['PORT', '65536', 'expected a whole number from 0 to 65535'],
    ['PORT', '4000x', 'expected a whole number from 0 to 65535'],
    ['PORT', '99999999999999999999', 'expected a whole number from 0 to 65535'],
    ['ROLE', 'both', 'expected all, server or worker'],
    ['DATABASE_POOL_SIZE', '0', 'expected a whole number from 1 to 1000'],
    ['MIGRATE_ON_START', 'yes', 'expected true or false'],
    ['LOG_LEVEL', 'loud', 'expected fatal, error, warn, info, debug, trace or silent'],
    ['LOG_FORMAT', 'xml', 'expected auto, pretty or json'],
    ['SANDBOX', 'demo', 'expected auto, on, off or a list of idaas, welink, email'],
    ['SANDBOX', 'welink,hieds', 'expected auto, on, off or a list of idaas, welink, email'],
    ['SANDBOX', ',', 'expected auto, on, off or a list of idaas, welink, email'],
    ['SANDBOX_PORT', '1.5', 'expected a whole number from 0 to 65535'],
    ['EMAIL_DOMAIN', 'nowhere', 'expected a domain such as example.com'],
    ['ACCOUNT_CREATION_ENABLED', '1', 'expected true or false'],
    ['ACCOUNT_CREATION_MAX_RETRIES', '101', 'expected a whole number from 0 to 100'],
    ['UPSTREAM_TIMEOUT_SECONDS', '0', 'expected a whole number from 1 to 3600'],
    ['SHUTDOWN_TIMEOUT_SECONDS', '3601', 'expected a whole number from 0 to 3600'],
    ['ALLOWED_ORIGINS', 'portal.example.com', 'expected origins like https://portal.example.com'],
    ['ALLOWED_ORIGINS', '*', 'expected origins like https://portal.example.com'],
    ['DEFAULT_LOCALE', 'de', 'expected zh-CN or en'],
    ['DISPLAY_TIME_ZONE', 'Mars/Olympus', 'expected a time zone like Asia/Shanghai'],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'collector:4318',
      'expected the http(s) address of a collector, such as http://127.0.0.1:4318',
    ],
    ['HTTP_BODY_LIMIT_BYTES', '1', 'expected a whole number from 1024 to 1073741824'],
    ['IDAAS_BASE_URL', 'ftp://idaas', 'expected an http or https URL'],
    ['WELINK_BASE_URL', 'http://welink.example.com', 'expected https (plain http only on loopback)'],
  ])('%s=%s is told with what was given and what is expected', (variable, given, expected) => {
    expect(problemsOf({ [variable]: given })).toEqual([
      `${variable}: given ${JSON.stringify(given)}; ${expected}`,
    ]);
  });

  test.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['DATABASE_DIRECT_URL', 'hunter2'],
    ['ADMIN_API_KEY', 'hunter2'],
    ['SECRETS_KEY', 'hunter2'],
    ['SECRETS_KEY_PREVIOUS', `${MASTER},hunter2`],
    ['SMTP_URL', 'https://root:hunter2@mail.example.com'],
    ['ADMIN_API_KEY', `hunter2 ${KEY}`],
    ['IDAAS_BASE_URL', 'https://root:hunter2@idaas.example.com'],
    ['WELINK_TOKEN_BASE_URL', 'https://welink.example.com/?secret=hunter2'],
  ])('a secret in %s is not repeated', (variable, given) => {
    const problems = problemsOf({ ADMIN_API_KEY: KEY, [variable]: given });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toContain(`${variable}: given`);
    expect(problems.join()).toContain('[redacted]');
    expect(problems.join()).not.toContain('hunter2');
  });

  test('are all reported at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      ROLE: 'y',
      SANDBOX: 'z',
      DATABASE_URL,
      DATABASE_POOL_SIZE: '0',
      IDAAS_BASE_URL: 'w',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'ROLE',
      'DATABASE_POOL_SIZE',
      'SANDBOX',
      'ADMIN_API_KEY',
      'IDAAS_BASE_URL',
    ]);
  });

  test('in the variables of a played system do not matter', () => {
    expect(problemsOf({ SANDBOX: 'on', IDAAS_BASE_URL: 'nonsense' })).toEqual([]);
  });

  test('in HIEDS and WPS variables are nobody’s yet', () => {
    expect(problemsOf({ HIEDS_BASE_URL: 'nonsense', HIEDS_PAGE_SIZE: 'x', WPS_BASE_URL: 'y' })).toEqual([]);
  });
});

describe('SANDBOX', () => {
  const ALL = ['IDAAS', 'WELINK', 'EMAIL'];
  const external = { DATABASE_URL, ADMIN_API_KEY: KEY };
  test.each<[EnvSource, string[]]>([
    [{}, ALL],
    [{ SANDBOX: 'auto' }, ALL],
    [external, []],
    [REAL, []],
    [{ WELINK_BASE_URL: 'https://welink.example.com' }, []],
    [{ WELINK_TOKEN_BASE_URL: 'https://welink.example.com' }, []],
    [{ HIEDS_BASE_URL: 'https://idata.example.com' }, []],
    [{ WPS_BASE_URL: 'https://wps.example.com' }, []],
    // Another program's.
    [{ OPENAI_BASE_URL: 'https://api.example.com' }, ALL],
    [{ EMAIL_DOMAIN: 'example.com', IDAAS_ACCOUNT: 'a' }, ALL],
    [{ SANDBOX: 'on', ...external, ...REAL }, ALL],
    [{ SANDBOX: 'off' }, []],
    [{ SANDBOX: 'welink,email', ...REAL }, ['WELINK', 'EMAIL']],
    [{ SANDBOX: ' EMAIL , welink, welink ' }, ['WELINK', 'EMAIL']],
  ])('with %j plays %j', (source, played) => {
    expect(parse(source).sandbox).toEqual(played);
  });
});

test('keys that only decrypt are of no use alone, but beside the embedded database, which has one of its own', () => {
  expect(problemsOf({ SECRETS_KEY_PREVIOUS: MASTER })).toEqual([]);
  expect(problemsOf({ SECRETS_KEY_PREVIOUS: MASTER, DATABASE_URL, ADMIN_API_KEY: KEY })).toEqual([
    'SECRETS_KEY: not set; expected beside SECRETS_KEY_PREVIOUS',
  ]);
});

describe('ADMIN_API_KEY', () => {
  const MISSING = [expect.stringMatching(/^ADMIN_API_KEY: not set; expected at least 24 ASCII characters/)];
  test.each<[EnvSource, readonly unknown[]]>([
    [{}, []],
    [{ HOST: 'localhost' }, []],
    [{ HOST: '::1' }, []],
    [{ HOST: '127.9.9.9' }, []],
    [{ HOST: '0.0.0.0' }, MISSING],
    [{ HOST: '::' }, MISSING],
    [{ HOST: '10.0.0.1', ROLE: 'server' }, MISSING],
    [{ DATABASE_URL }, MISSING],
    [{ DATABASE_URL, ROLE: 'worker' }, []],
    [{ DATABASE_URL, HOST: '0.0.0.0', ADMIN_API_KEY: KEY }, []],
    [{ DATABASE_URL, OIDC_ISSUER: 'https://login.example.com', OIDC_AUDIENCE: 'a' }, []],
  ])('with %j: %j', (source, problems) => {
    expect(problemsOf(source)).toEqual(problems);
  });
});

test.each<[EnvSource, string]>([
  [{ OIDC_ISSUER: 'https://login.example.com' }, 'OIDC_AUDIENCE: not set; expected beside OIDC_ISSUER'],
  [{ OIDC_AUDIENCE: 'a' }, 'OIDC_ISSUER: not set; expected beside OIDC_AUDIENCE'],
  [{ OIDC_CLIENT_ID: 'c' }, 'OIDC_ISSUER: not set; expected beside OIDC_CLIENT_ID'],
  [{ OIDC_CLIENT_SECRET: 's' }, 'OIDC_CLIENT_ID: not set; expected beside OIDC_CLIENT_SECRET'],
  [
    { OIDC_ISSUER: 'http://login.example.com', OIDC_AUDIENCE: 'a' },
    'OIDC_ISSUER: given "http://login.example.com"; expected an https URL, as the issuer writes it (plain http only on loopback)',
  ],
])('an issuer that cannot be trusted is a mistake: %j', (source, problem) => {
  expect(problemsOf(source)).toEqual([problem]);
});

test('a direct URL without a database of its own is a mistake', () => {
  expect(problemsOf({ DATABASE_DIRECT_URL: DATABASE_URL })).toEqual([
    'DATABASE_DIRECT_URL: given [redacted]; expected only beside DATABASE_URL',
  ]);
});

describe('on a database', () => {
  let database: TestDatabase;
  let dataDir: string;
  const running: Application[] = [];
  beforeAll(() => {
    dataDir = makeDataDir();
  });
  afterAll(() => removeDataDir(dataDir));
  afterEach(async () => {
    for (const application of running.splice(0)) await application.stop();
    await database.drop();
  });

  /** Starts the service in this process on `database`; returns it with what it logged. */
  async function start(variables: EnvSource) {
    const source = {
      DATABASE_URL: database.url,
      ADMIN_API_KEY: KEY,
      PORT: '0',
      DATA_DIR: dataDir,
      ...variables,
    };
    const log: Record<string, unknown>[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => log.push(JSON.parse(line)) });
    const application = await startApplication({ env: parse(source), source, logger });
    running.push(application);
    return { application, log };
  }

  async function stopAll(): Promise<void> {
    for (const application of running.splice(0)) await application.stop();
  }

  test('a real system without its variables refuses the start, naming each', async () => {
    database = await createTestDatabase();
    const { IDAAS_SECRET: _, ...given } = REAL;
    await expect(start({ ...given, WELINK_CLIENT_ID: '' })).rejects.toMatchObject({
      problems: [
        expect.stringContaining('IDAAS_SECRET: not set; expected a secret'),
        expect.stringContaining('WELINK_CLIENT_ID: not set; expected a text'),
      ],
    });
  });

  test('a system that is switched off needs no variables', async () => {
    database = await createTestDatabase();
    await storeSettings(sqlOf(database.orm), { enabled_account_types: ['WELINK'] });
    const welink = Object.entries(REAL).filter(([name]) => name.startsWith('WELINK'));
    const { application } = await start(Object.fromEntries(welink));
    expect(application.sandbox).toBeNull();
  });

  test('a server alone needs no variables of any system', async () => {
    database = await createTestDatabase();
    const { application } = await start({ ROLE: 'server' });
    expect(application.worker).toBeNull();
  });

  test('accounts of the sandbox refuse real systems, and the other way round', async () => {
    database = await createTestDatabase();
    const db = sqlOf(database.orm);
    await start({ SANDBOX: 'on' });
    await stopAll();
    // Nothing was made yet.
    await start(REAL);
    await stopAll();
    await start({ SANDBOX: 'idaas,email', ...REAL });
    await stopAll();
    const person_id = await insertPerson(db);
    for (const system of ['IDAAS', 'WELINK'])
      await insertRow(db, 'account', {
        person_id,
        system,
        identifier: 'x',
        state: 'ACTIVE',
        origin: 'CREATED',
      });
    await expect(start(REAL)).rejects.toMatchObject({
      problems: [
        expect.stringContaining('SANDBOX: this database holds IDAAS accounts that the sandbox made'),
      ],
    });
    await expect(start({ SANDBOX: 'on' })).rejects.toMatchObject({
      problems: [expect.stringContaining('SANDBOX: this database holds accounts of the real WELINK')],
    });
    await start({ SANDBOX: 'idaas', ...REAL });
  });

  test('ACCOUNT_CREATION_* give Settings their first values, and one warning when they differ later', async () => {
    database = await createTestDatabase();
    const first = await start({
      SANDBOX: 'on',
      ACCOUNT_CREATION_ENABLED: 'false',
      ACCOUNT_CREATION_MAX_RETRIES: '2',
    });
    const { settings } = first.application.core;
    expect(settings.get('account_creation_enabled')).toBe(false);
    expect(settings.get('account_creation_max_retries')).toBe(2);
    expect(first.log).toEqual([]);
    await stopAll();

    const second = await start({
      SANDBOX: 'on',
      ACCOUNT_CREATION_ENABLED: 'false',
      ACCOUNT_CREATION_MAX_RETRIES: '7',
    });
    expect(second.application.core.settings.get('account_creation_max_retries')).toBe(2);
    expect(second.log).toMatchObject([
      { setting: 'account_creation_max_retries', inForce: 2, ACCOUNT_CREATION_MAX_RETRIES: 7 },
    ]);
    await stopAll();

    const third = await start({ SANDBOX: 'on' });
    expect(third.application.core.settings.get('account_creation_max_retries')).toBe(2);
    expect(third.log).toEqual([]);
  });
});

describe('the process', () => {
  test('prints every mistake and exits 1', async () => {
    const service = new ServiceProcess('start', {
      PORT: 'x',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      LOG_LEVEL: 'silent',
    });
    expect(await service.exitStatus()).toBe(1);
    expect(service.stderr).toContain('The configuration has 3 mistakes:\n');
    expect(service.stderr).toContain(
      '  PORT: given "x"; expected a whole number from 0 to 65535\n' +
        '  DATABASE_URL: given [redacted]; expected a URL like postgres://user:password@host:5432/database\n' +
        '  ADMIN_API_KEY: not set; expected at least 24 ASCII characters without spaces',
    );
    expect(service.stderr).not.toContain('hunter2');
    expect(service.readyLines()).toEqual([]);
  });

  test.each(['start', 'migrate'])(
    'npm run %s says when there is no Postgres, and exits 1',
    async (script) => {
      const service = new ServiceProcess(script, { DATABASE_URL, ADMIN_API_KEY: KEY, PORT: '0' });
      expect(await service.exitStatus()).toBe(1);
      expect(service.stderr).toContain('ECONNREFUSED');
      expect(service.stderr).not.toContain('pass-of-the-database');
    },
  );
});
