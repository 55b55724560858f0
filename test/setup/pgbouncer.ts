import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';

/** Why it cannot be used here; null when it can. */
export function pgbouncerMissing(): string | null {
  const { error, status } = spawnSync('pgbouncer', ['--version']);
  return error === undefined && status === 0
    ? null
    : 'no pgbouncer on the PATH (Debian: apt-get install pgbouncer)';
}

export interface PgBouncer {
  /** As the given URL, through the pooler. */
  readonly url: string;
  /** Rows of its console, e.g. `servers`: its connections to Postgres. */
  show(what: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** PgBouncer in transaction mode in front of one database, with so many connections to Postgres. */
export async function startPgBouncer(databaseUrl: string, poolSize: number): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-pgbouncer-'));
  chmodSync(folder, 0o755);
  const target = new URL(databaseUrl);
  const database = target.pathname.slice(1);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
${database} = host=${target.hostname} port=${target.port} user=${target.username} password=${target.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
admin_users = console
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
`,
  );
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const child = spawn('pgbouncer', ['--quiet', ...account, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const ended = once(child, 'exit');
  const url = Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`PgBouncer did not start:\n${log}`);
      const client = new pg.Client({ connectionString: url });
      await client.connect().finally(() => client.end());
    },
    { timeout: 60_000, interval: 50 },
  );
  return {
    url,
    async show(what) {
      const client = new pg.Client(`postgres://console@127.0.0.1:${port}/pgbouncer`);
      await client.connect();
      const { rows } = await client.query(`show ${what}`).finally(() => client.end());
      return rows;
    },
    async stop() {
      // At once: SIGINT would wait for clients.
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
