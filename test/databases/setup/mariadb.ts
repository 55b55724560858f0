import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

/** A MariaDB server of the test's own. */
export interface MariaDb {
  readonly port: number;
  /** Runs statements as root, each by itself. */
  run(statements: readonly string[]): Promise<void>;
  query(text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

const SERVER = '/usr/sbin/mariadbd';
const INSTALL = '/usr/bin/mariadb-install-db';
const START_TIMEOUT_MS = 60_000;

/** Debian's mariadb-server is there; without it tests say that they are skipped. */
export const hasMariaDb = existsSync(SERVER) && existsSync(INSTALL);

export async function startMariaDb(options: readonly string[] = []): Promise<MariaDb> {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-mariadb-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  execFileSync(
    INSTALL,
    [...user, `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    {
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const child = spawn(
    SERVER,
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1,127.0.0.2',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=32M',
      ...options,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const connect = () =>
    createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      charset: 'utf8mb4',
      multipleStatements: false,
    });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await (await connect()).end();
      break;
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) throw error;
      await delay(50);
    }
  }
  return {
    port,
    run: async (statements) => {
      const connection = await connect();
      try {
        for (const text of statements) await connection.query(text);
      } finally {
        await connection.end();
      }
    },
    query: async (text) => {
      const connection = await connect();
      try {
        const [rows] = await connection.query(text);
        return Array.isArray(rows) ? rows.map((row) => Object.fromEntries(Object.entries(row))) : [];
      } finally {
        await connection.end();
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
