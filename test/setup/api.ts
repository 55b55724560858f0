import type { Kysely } from 'kysely';
import { type Application, startApplication } from '../../src/application/application.ts';
import type { Database } from '../../src/entities/tables.ts';
import { parseEnv, processEnvironment } from '../../src/environment/env.ts';
import type { EnvSource } from '../../src/environment/problems.ts';
import { connectorDefinitions, upstreamDefinitions } from '../../src/integrations/registry.ts';
import { createLogger } from '../../src/logger.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { makeDataDir, removeDataDir } from './data-dir.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { Portal } from './portal.ts';
import { FAST_SETTINGS, HR_SETTINGS } from './provisioning.ts';
import { sqlOf } from './rows.ts';
import { storeSettings } from './settings.ts';

export const API_KEY = 'key-of-at-least-24-characters';
export const SECRETS_KEY = Buffer.alloc(32, 'master').toString('base64');

/** The whole service in this process, on a database of its own, with everything played and fast. */
export class ApiBench {
  readonly application: Application;
  readonly db: Kysely<Database>;
  readonly portal: Portal;
  readonly #database: TestDatabase;
  readonly #dataDir: string;

  private constructor(parts: { application: Application; database: TestDatabase; dataDir: string }) {
    this.application = parts.application;
    this.#database = parts.database;
    this.#dataDir = parts.dataDir;
    this.db = sqlOf(parts.database.orm);
    this.portal = new Portal(this.url, API_KEY, { 'accept-language': 'en' });
  }

  /** Departments are left unmapped, as on a fresh installation. */
  static async start(
    options: {
      readonly variables?: EnvSource;
      readonly settings?: Readonly<Record<string, unknown>>;
      /** HR is played too, by a company of so many people; nothing syncs by itself. */
      readonly hrPeople?: number;
      /** What to put before the database: variables that replace its URL. */
      readonly through?: (databaseUrl: string) => Promise<EnvSource>;
    } = {},
  ): Promise<ApiBench> {
    const database = await createTestDatabase();
    const dataDir = makeDataDir();
    const { hrPeople } = options;
    const hrSettings = hrPeople === undefined ? {} : HR_SETTINGS;
    await storeSettings(sqlOf(database.orm), { ...FAST_SETTINGS, ...hrSettings, ...options.settings });
    const source = {
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      ADMIN_API_KEY: API_KEY,
      SECRETS_KEY: SECRETS_KEY,
      PORT: '0',
      SANDBOX: 'on',
      UPSTREAM_TIMEOUT_SECONDS: '30',
      ...(await options.through?.(database.url)),
      ...options.variables,
    };
    const application = await startApplication({
      env: parseEnv(source, hrPeople === undefined ? connectorDefinitions : upstreamDefinitions),
      source,
      logger: createLogger({ level: processEnvironment()['TEST_LOG_LEVEL'] ?? 'silent', pretty: false }),
      sandbox: {
        latencyMs: { min: 0, max: 2 },
        ...(hrPeople !== undefined && { company: { people: hrPeople } }),
      },
    });
    return new ApiBench({ application, database, dataDir });
  }

  get url(): string {
    return this.application.url;
  }

  get sandbox(): Sandbox {
    if (this.application.sandbox === null) throw new Error('A server alone plays nothing.');
    return this.application.sandbox;
  }

  /** The same caller in another language, or with another key. */
  as(options: { readonly language?: string; readonly key?: string }): Portal {
    const headers = options.language === undefined ? {} : { 'accept-language': options.language };
    return new Portal(this.url, options.key ?? API_KEY, headers);
  }

  async stop(): Promise<void> {
    await this.application.stop();
    await this.#database.drop();
    removeDataDir(this.#dataDir);
  }
}
