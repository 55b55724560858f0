import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const PLACES = ['/usr/sbin', '/usr/bin', '/usr/libexec', '/usr/local/bin'];

/** True where Debian's `mariadb-server`, or another, is installed; tests that need it skip elsewhere and say so. */
export const hasMariadb = programAt('mariadbd') !== null && programAt('mariadb-install-db') !== null;

/** A MariaDB of its own on a free port. */
export interface Mariadb {
  /** Of the database `school`, as its owner. */
  readonly url: string;
  readonly admin: mysql.Connection;
  /** A user of the same database with these privileges only. */
  urlOf(user: string): string;
  stop(): Promise<void>;
}

export async function startMariadb(): Promise<Mariadb> {
  const data = mkdtempSync(join(tmpdir(), 'mariadb-'));
  chmodSync(data, 0o777);
  const owner = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  execFileSync(
    programOf('mariadb-install-db'),
    [
      ...owner,
      '--no-defaults',
      `--datadir=${data}/db`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const server = spawn(
    programOf('mariadbd'),
    [
      '--no-defaults',
      ...owner,
      `--datadir=${data}/db`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${data}/socket`,
      `--pid-file=${data}/pid`,
    ],
    { stdio: 'ignore' },
  );
  const admin = await connect(port, server);
  await admin.query('create database school character set utf8mb4');
  const urlOf = (user: string) => `mysql://${user}:secret@127.0.0.1:${port}/school`;
  await admin.query("create user owner@'127.0.0.1' identified by 'secret'");
  await admin.query("grant all on school.* to owner@'127.0.0.1'");
  return {
    url: urlOf('owner'),
    admin,
    urlOf,
    async stop() {
      await admin.end();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function connect(port: number, server: ChildProcess): Promise<mysql.Connection> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
    } catch (error) {
      if (attempt > 300 || server.exitCode !== null) throw error;
      await delay(100);
    }
  }
}

function programAt(name: string): string | null {
  return PLACES.map((place) => join(place, name)).find(existsSync) ?? null;
}

function programOf(name: string): string {
  const program = programAt(name);
  if (program === null) throw new Error(`${name} is not installed`);
  return program;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
