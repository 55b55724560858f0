import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { type Child, startArguments, startChild } from './child.ts';
import { HttpClient } from './http-client.ts';
import { processorMs } from './processor-time.ts';

export interface ServiceOptions {
  /** Milliseconds every upstream call takes. */
  readonly latencyMs: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** People the HR system knows; default the sandbox's own. */
  readonly people?: number;
  /** Default `all`: API and worker in one process. */
  readonly role?: 'server';
  /** More variables of the service. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running service with its upstream, and the ways to talk to both. */
export interface Service {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly url: string;
  readonly apiKey: string;
  readonly http: HttpClient;
  readonly sql: pg.Pool;
  /** Where the upstream's ledger is read. */
  readonly controlUrl: string;
  /** Its processor time so far, with that of the workers that were added. */
  processorMs(): number;
  /** Starts one more worker on the same database; returns its process id. */
  addWorker(): Promise<number>;
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Resolves once the statement gives a row whose `done` is true. */
  until(statement: string, values?: readonly unknown[]): Promise<void>;
  stop(): Promise<void>;
}

const API_KEY = 'bench-bench-bench-bench-bench';
const DEADLINE_MS = 180_000;
const POLL_MS = 20;

const upstreamReady = z.object({ controlUrl: z.string(), environment: z.record(z.string(), z.string()) });
const serviceReady = z.object({ url: z.string() });

/** Departments, types and rates that let people through; a measure overrides some. */
export async function startService(
  options: ServiceOptions & { readonly url: string; readonly profiles: string | null },
): Promise<Service> {
  const latency = String(options.latencyMs);
  const upstream = await startChild([
    'src/sandbox/main.ts',
    '--latency-min',
    latency,
    '--latency-max',
    latency,
    ...(options.people === undefined ? [] : ['--people', String(options.people)]),
  ]);
  const { controlUrl, environment } = upstreamReady.parse(upstream.ready);
  const sql = new pg.Pool({ connectionString: options.url, max: 4 });
  sql.on('error', () => {});
  const set = async (settings: Readonly<Record<string, unknown>>) => {
    for (const [key, value] of Object.entries(settings)) {
      await sql.query(
        `insert into setting (key, value) values ($1, $2)
         on conflict (key) do update set value = excluded.value, updated_at = now()`,
        [key, JSON.stringify(value)],
      );
    }
  };
  await sql.query(`insert into department_mapping (idata_department_code, idaas_department_code, ou)
    values ('D001', 'WW10010', 'OU=研发中心,OU=总部')`);
  // Before the start: sockets per upstream are bounded by the concurrency of that moment.
  await set({ ...fullSpeed(), ...options.settings });
  const profile = options.profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profiles}`];
  const variables = {
    DATABASE_URL: options.url,
    ADMIN_API_KEY: API_KEY,
    SANDBOX: 'off',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...environment,
    ...options.environment,
  };
  const child = await startChild([...profile, ...startArguments], {
    ...variables,
    ...(options.role && { ROLE: options.role }),
  });
  const workers: Child[] = [];
  const { url } = serviceReady.parse(child.ready);
  const http = new HttpClient(url, { authorization: `Bearer ${API_KEY}` });
  return {
    pid: child.pid,
    databaseUrl: options.url,
    url,
    apiKey: API_KEY,
    http,
    sql,
    controlUrl,
    processorMs: () => [child, ...workers].reduce((sum, { pid }) => sum + processorMs(pid), 0),
    async addWorker() {
      const worker = await startChild(startArguments, { ...variables, ROLE: 'worker' });
      workers.push(worker);
      return worker.pid;
    },
    set,
    async until(statement, values = []) {
      const deadline = Date.now() + DEADLINE_MS;
      for (;;) {
        const { rows } = await sql.query<{ done: boolean }>(statement, [...values]);
        if (rows[0]?.done === true) return;
        if (Date.now() > deadline) throw new Error(`Not within ${DEADLINE_MS} ms: ${statement}`);
        await delay(POLL_MS);
      }
    },
    async stop() {
      http.close();
      await Promise.all([child, ...workers].map((each) => each.stop()));
      await upstream.stop();
      await sql.end();
    },
  };
}

/** Lifts the upstreams' quotas: the service is measured, not they. */
function fullSpeed(): Record<string, unknown> {
  const systems = ['idaas', 'welink', 'email'];
  return Object.fromEntries(systems.map((system) => [`rate_limit_${system}_per_second`, 10_000]));
}
