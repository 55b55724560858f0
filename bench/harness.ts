import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded-postgres.ts';
import { migrate } from '../src/database/migrate.ts';
import { createOrm } from '../src/database/orm.ts';
import type { Service, ServiceOptions } from './application.ts';
import { startService } from './application.ts';
import { familyProcessorMs, parentOf } from './processor-time.ts';

export interface HarnessOptions {
  /** Counts statements; costs a few per cent. */
  readonly statements: boolean;
  /** Folder for CPU profiles of the service; null: none. */
  readonly profiles: string | null;
  /** Tasks of the largest database that `growth` fills. */
  readonly tasks: number;
  /** Calendars of the school of `calendar-full` and `calendar-noop`. */
  readonly calendars: number;
}

/** One Postgres for all measures; databases and services come and go. */
export class Harness {
  readonly versions: Readonly<Record<string, string>>;
  readonly #admin: pg.Client;
  readonly #adminUrl: string;
  readonly #postmaster: number;
  readonly options: HarnessOptions;
  readonly #stop: () => Promise<void>;

  private constructor(parts: {
    admin: pg.Client;
    adminUrl: string;
    postmaster: number;
    version: string;
    options: HarnessOptions;
    stop: () => Promise<void>;
  }) {
    this.#admin = parts.admin;
    this.#adminUrl = parts.adminUrl;
    this.#postmaster = parts.postmaster;
    this.options = parts.options;
    this.#stop = parts.stop;
    this.versions = { node: process.versions.node, postgres: parts.version };
  }

  static async start(options: HarnessOptions): Promise<Harness> {
    const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-bench-'));
    // Postgres runs as another account when we are root, and must be able to reach its data.
    chmodSync(dataDir, 0o755);
    const removeData = () => rmSync(dataDir, { recursive: true, force: true });
    process.once('exit', removeData);
    const postgres = await startEmbeddedPostgres({
      dataDir,
      settings: {
        track_commit_timestamp: 'on',
        ...(options.statements && {
          shared_preload_libraries: 'pg_stat_statements',
          'pg_stat_statements.track_planning': 'on',
        }),
      },
    });
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    if (options.statements) await admin.query('create extension pg_stat_statements');
    const { rows } = await admin.query<{ pid: number; version: string }>(
      `select pg_backend_pid() as pid, current_setting('server_version') as version`,
    );
    return new Harness({
      admin,
      adminUrl: postgres.url,
      postmaster: parentOf(rows[0]?.pid ?? 0),
      version: rows[0]?.version ?? 'unknown',
      options,
      stop: async () => {
        await admin.end();
        await postgres.stop();
        removeData();
      },
    });
  }

  /** Processor time of Postgres so far, in milliseconds. */
  postgresMs(): number {
    return familyProcessorMs(this.#postmaster);
  }

  /** A service on a fresh database, with an upstream of its own; runs `work` and stops both. */
  async withService<T>(options: ServiceOptions, work: (service: Service) => Promise<T>): Promise<T> {
    return this.withDatabase(async (url) => {
      const orm = await createOrm({ url, poolSize: 1 });
      await migrate(orm, url).finally(() => orm.close(true));
      const service = await startService({ ...options, url, profiles: this.options.profiles });
      try {
        if (this.options.statements) await this.#admin.query('select pg_stat_statements_reset()');
        return await work(service);
      } finally {
        await this.#printStatements(service);
        await service.stop();
      }
    });
  }

  async withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    await this.#admin.query(`create database ${name}`);
    const url = new URL(this.#adminUrl);
    url.pathname = `/${name}`;
    try {
      return await work(url.href);
    } finally {
      await this.#admin.query(`drop database if exists ${name} with (force)`);
    }
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #printStatements(service: Service): Promise<void> {
    if (!this.options.statements) return;
    const { rows } = await this.#admin.query<{ line: string }>(`
      select format('%8s calls %6s plans %7s ms planned %7s ms run %7s ms each  %s', calls, plans, round(total_plan_time::numeric),
        round(total_exec_time::numeric), round((mean_plan_time + mean_exec_time)::numeric, 3), left(regexp_replace(query, '\\s+', ' ', 'g'), 130)) as line
      from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = '${new URL(service.databaseUrl).pathname.slice(1)}'
      order by total_exec_time + total_plan_time desc limit 40`);
    process.stderr.write(`${rows.map((row) => row.line).join('\n')}\n`);
  }
}
