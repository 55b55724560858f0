import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  type EmbeddedBinaries,
  findEmbeddedBinaries,
  openFolderFor,
  reachableByOthers,
} from './embedded-binaries.ts';

const run = promisify(execFile);

/** A running Postgres of our own. */
export interface EmbeddedPostgres {
  /** `postgres://…` of the database `accountsync`. */
  readonly url: string;
  /** True when another process had started it: `stop` then leaves it running. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const USER = 'accountsync';
const DATABASE = 'accountsync';
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
/** Ports tried: another process may take a free port before Postgres binds it. */
const PORTS_TRIED_MAX = 5;
/** How long we wait for the Postgres of a killed owner, which its reaper stops. */
const REAPER_TIMEOUT_MS = 3_000;
/**
 * How long we wait for the Postgres before us: its shutdown writes a checkpoint, which takes time on a slow disk.
 */
const PREDECESSOR_TIMEOUT_MS = 15_000;

/** Durability is kept (a SIGKILL must lose nothing); what a laptop does not need is switched down. */
const SERVER_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_min_messages: 'warning',
  autovacuum_naptime: '10s',
};

/**
 * Starts the Postgres that npm brought, with its data under `dataDir`, or joins the one that already serves it.
 * Unlike the stock package it does not hook signals: the caller stops it last, after its own work is drained.
 * @throws when the binaries are missing or the server does not come up; the message names its log file.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  /** More `-c name=value` settings, e.g. `fsync=off` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<EmbeddedPostgres> {
  const binaries = await findEmbeddedBinaries();
  const home = chooseHome(resolve(options.dataDir), binaries);
  const data = join(home, 'data');
  const password = ownPassword(home, binaries);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise({ binaries, home, data });

  const hadPredecessor = existsSync(postmasterFile(data));
  const running = await joinRunning(home, password);
  if (running !== null) return { url: running, adopted: true, stop: async () => {} };

  const deadline = Date.now() + (hadPredecessor ? PREDECESSOR_TIMEOUT_MS : 0);
  for (let tried = 1; ; tried += 1) {
    const port = await freePort();
    try {
      return await launch({ binaries, home, password, port, settings: options.settings ?? {} });
    } catch (error) {
      // The Postgres before us may still be shutting down, and holds the data until it has ended.
      const isTooLate = Date.now() >= deadline;
      if (isTooLate && (tried >= PORTS_TRIED_MAX || !(await isTaken(port)))) throw error;
      await delay(POLL_MS);
    }
  }
}

async function launch(options: {
  readonly binaries: EmbeddedBinaries;
  readonly home: string;
  readonly password: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}): Promise<EmbeddedPostgres> {
  const { binaries, home, password, port } = options;
  const settings = Object.entries({ ...SERVER_SETTINGS, ...options.settings, port: String(port) });
  const logFile = join(home, 'postgres.log');
  const log = openSync(logFile, 'a');
  // Detached: a Ctrl-C at the terminal must reach this process first, not Postgres.
  const child = spawn(
    binaries.postgres,
    ['-D', join(home, 'data'), ...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      detached: true,
      stdio: ['ignore', log, log],
      ...binaries.runAs,
    },
  );
  closeSync(log);
  const reaper = startReaper(child);
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
    reaper.kill('SIGKILL');
  });
  child.once('exit', (code) => {
    failure = new Error(`Postgres ended with status ${code}; see ${logFile}`);
    reaper.kill('SIGKILL');
  });
  const url = urlOf(port, password);
  try {
    await untilReady(url, () => failure);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  writeFileSync(ownerFile(home), String(process.pid));
  child.unref();
  return { url, adopted: false, stop: () => stop(child) };
}

/** The data stays under `dataDir` unless the account Postgres runs as cannot reach that folder. */
function chooseHome(dataDir: string, binaries: EmbeddedBinaries): string {
  mkdirSync(dataDir, { recursive: true });
  const home = join(
    binaries.runAs !== null && !reachableByOthers(dataDir) ? openFolderFor(dataDir) : dataDir,
    'postgres',
  );
  mkdirSync(home, { recursive: true });
  if (binaries.runAs !== null) chownSync(home, binaries.runAs.uid, binaries.runAs.gid);
  return home;
}

function ownPassword(home: string, binaries: EmbeddedBinaries): string {
  const file = join(home, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (binaries.runAs !== null) chownSync(file, binaries.runAs.uid, binaries.runAs.gid);
  return readFileSync(file, 'utf8').trim();
}

async function initialise(options: {
  binaries: EmbeddedBinaries;
  home: string;
  data: string;
}): Promise<void> {
  const { binaries, home, data } = options;
  // Made beside and renamed when complete: a start that is killed here leaves no half-made data.
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  chmodSync(fresh, 0o700);
  if (binaries.runAs !== null) chownSync(fresh, binaries.runAs.uid, binaries.runAs.gid);
  const args = ['-D', fresh, '-U', USER, '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256', '--no-sync'];
  await run(binaries.initdb, [...args, `--pwfile=${join(home, 'password')}`], {
    cwd: '/',
    ...binaries.runAs,
  });
  renameSync(fresh, data);
}

function urlOf(port: number, password: string, database: string = DATABASE): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

function postmasterFile(data: string): string {
  return join(data, 'postmaster.pid');
}

function ownerFile(home: string): string {
  return join(home, 'owner.pid');
}

/**
 * Joins a postmaster that already serves these data. When its owner was killed, its reaper is about to stop it: this
 * waits for that, and joins only if Postgres goes on.
 */
async function joinRunning(home: string, password: string): Promise<string | null> {
  const deadline = Date.now() + REAPER_TIMEOUT_MS;
  for (;;) {
    const url = await findRunning(join(home, 'data'), password);
    if (url === null || ownerLives(home) || Date.now() >= deadline) return url;
    await delay(POLL_MS);
  }
}

function ownerLives(home: string): boolean {
  try {
    process.kill(Number(readFileSync(ownerFile(home), 'utf8')), 0);
    return true;
  } catch (error) {
    // EPERM: the process lives, and belongs to another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function findRunning(data: string, password: string): Promise<string | null> {
  const pidFile = postmasterFile(data);
  if (!existsSync(pidFile)) return null;
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  if (!Number.isInteger(port) || port <= 0) return null;
  const url = urlOf(port, password);
  try {
    await createDatabase(url);
    return url;
  } catch {
    return null;
  }
}

async function untilReady(url: string, failure: () => Error | null): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const ended = failure();
    if (ended !== null) throw ended;
    try {
      return await createDatabase(url);
    } catch (cause) {
      if (Date.now() > deadline) throw new Error('The embedded Postgres did not come up in time.', { cause });
      await delay(POLL_MS);
    }
  }
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(true));
    server.listen(port, '127.0.0.1', () => server.close(() => done(false)));
  });
}

/** Starts a shell that asks Postgres to stop when our end of the pipe closes, however this process dies. */
function startReaper(child: ChildProcess): ChildProcess {
  const script = `cat >/dev/null; kill -INT ${child.pid} 2>/dev/null`;
  const reaper = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  reaper.unref();
  const pipe = reaper.stdin;
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return reaper;
}

/** Fast shutdown: clients are cut, everything committed is kept. */
function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.ref();
    child.once('exit', () => done());
    child.kill('SIGINT');
  });
}
