import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';

/** Debian's `postgresql`: the embedded one has no pg_basebackup. */
const PLACE = '/usr/lib/postgresql';
const bin = existsSync(PLACE)
  ? (readdirSync(PLACE)
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(PLACE, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'pg_basebackup'))) ?? null)
  : null;

/** Why it cannot be used here; null when it can. */
export const replicationMissing: string | null =
  bin === null ? 'no pg_basebackup (Debian: apt-get install postgresql)' : null;

const DATABASE = 'postgres';
const DEADLINE = { timeout: 60_000, interval: 20 };

/** A primary and a standby that follows it by streaming replication, on free ports of loopback. */
export class ReplicatedPostgres {
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
  readonly #folder: string;

  private constructor(folder: string, servers: readonly [PostgresServer, PostgresServer]) {
    this.#folder = folder;
    [this.primary, this.standby] = servers;
  }

  /** With `synchronous`, a commit waits until the standby has it. */
  static async start(options: { readonly synchronous: boolean }): Promise<ReplicatedPostgres> {
    const folder = newFolder();
    const primary = new PostgresServer(join(folder, 'primary'), await freePort());
    initialise(primary);
    await primary.start();
    const standby = new PostgresServer(join(folder, 'standby'), await freePort());
    run('pg_basebackup', [
      '-D',
      standby.folder,
      '-d',
      `${primary.url}?application_name=standby`,
      '-R',
      '-c',
      'fast',
      '-X',
      'stream',
    ]);
    await standby.start();
    await vi.waitUntil(
      async () =>
        (await primary.query(`select from pg_stat_replication where state = 'streaming'`)).length === 1,
      DEADLINE,
    );
    // By the primary alone, or the standby would wait for one of its own once it is promoted.
    if (options.synchronous) {
      await primary.query(`alter system set synchronous_standby_names = 'FIRST 1 (standby)'`);
      await primary.query('select pg_reload_conf()');
    }
    return new ReplicatedPostgres(folder, [primary, standby]);
  }

  /** Of both, as libpq writes it. */
  get url(): string {
    const hosts = [this.primary, this.standby].map(({ port }) => `127.0.0.1:${port}`).join(',');
    return `postgres://postgres@${hosts}/${DATABASE}?target_session_attrs=read-write`;
  }

  async stop(): Promise<void> {
    await Promise.all([this.primary.kill(), this.standby.kill()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** One server alone. */
export async function startPostgres(): Promise<PostgresServer> {
  const server = new PostgresServer(join(newFolder(), 'data'), await freePort());
  initialise(server);
  await server.start();
  return server;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-postgres-'));
  chmodSync(folder, 0o700);
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

function initialise({ folder }: PostgresServer): void {
  run('initdb', ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
}

/** A server of Debian's Postgres. */
export class PostgresServer {
  readonly folder: string;
  readonly port: number;
  #child: ChildProcess | null = null;

  constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  get url(): string {
    return this.urlOf(DATABASE);
  }

  async start(): Promise<void> {
    const settings = {
      port: String(this.port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      // What is tested is the loss of a server, not of a disk.
      fsync: 'off',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.#child = spawn(program('postgres'), ['-D', this.folder, ...args], {
      stdio: 'ignore',
      ...(owner ?? {}),
    });
    await vi.waitFor(() => this.query('select 1'), DEADLINE);
  }

  /** SIGKILL to every process of the server at once. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const pid = child.pid ?? 0;
    const backends = childrenOf(pid);
    process.kill(pid, 'SIGKILL');
    for (const backend of backends) signal(backend, 'SIGKILL');
    await ended;
  }

  /** Ends it and takes its files away, for one that was started alone. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }

  /** Writes a dump of one of its databases into its folder; `restore` makes the database anew from it. */
  dump(database: string): void {
    run('pg_dump', ['-Fc', '-d', this.urlOf(database), '-f', join(this.folder, 'dump')]);
  }

  async restore(database: string): Promise<void> {
    await this.query(`drop database if exists ${database} with (force)`);
    await this.query(`create database ${database}`);
    run('pg_restore', ['--exit-on-error', '-d', this.urlOf(database), join(this.folder, 'dump')]);
  }

  urlOf(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async promote(): Promise<void> {
    await this.query('select pg_promote(true, 60)');
  }

  async query(text: string, database = DATABASE): Promise<pg.QueryResultRow[]> {
    const client = new pg.Client({ connectionString: this.urlOf(database), application_name: 'test' });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<pg.QueryResultRow>(text)).rows;
    } finally {
      await client.end();
    }
  }
}

/** The server refuses to run as root. */
const owner = process.getuid?.() === 0 ? accountOf(bin === null ? 'nobody' : 'postgres') : null;

function accountOf(name: string): { readonly uid: number; readonly gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) return null;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function program(name: string): string {
  return join(bin ?? '', name);
}

function run(name: string, args: readonly string[]): void {
  execFileSync(program(name), args, { stdio: ['ignore', 'ignore', 'pipe'], ...(owner ?? {}) });
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

/** To a process that may have ended. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
