import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openFolderFor } from '../../src/database/embedded-binaries.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const DEADLINE = { timeout: 60_000, interval: 10 };

let template = '';
let dataDir = '';
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

// Making the data takes a second, copying them a tenth.
beforeAll(async () => {
  template = makeFolder();
  await (await startEmbeddedPostgres({ dataDir: template })).stop();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = makeFolder();
  execFileSync('cp', ['-a', join(template, 'postgres'), dataDir]);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const postgres of running.splice(0)) await postgres.stop();
  const pid = postmasterPid();
  if (pid !== null) await untilGone(pid);
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, settings });
  running.push(postgres);
  return postgres;
}

/** Starts it in a process of its own. */
async function startOwner(): Promise<{ owner: ChildProcess; url: string; adopted: boolean }> {
  const script = resolve('test/setup/embedded-owner.ts');
  const owner = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(owner);
  for await (const line of createInterface({ input: owner.stdout }))
    return { owner, ...z.object({ url: z.string(), adopted: z.boolean() }).parse(JSON.parse(line)) };
  throw new Error('The owner ended without a word.');
}

async function kill(owner: ChildProcess): Promise<void> {
  const exit = once(owner, 'exit');
  owner.kill('SIGKILL');
  await exit;
}

function postmasterPid(): number | null {
  const file = join(dataDir, 'postgres/data/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Dead, and only waiting for somebody to ask how it ended.
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8')));
}

function untilGone(pid: number): Promise<unknown> {
  return vi.waitUntil(() => !isAlive(pid), DEADLINE);
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  test('makes its data at the first start', async () => {
    rmSync(join(dataDir, 'postgres'), { recursive: true });
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('begins anew when the first start was killed half way', async () => {
    const data = join(dataDir, 'postgres/data');
    renameSync(data, `${data}.new`);
    rmSync(join(`${data}.new`, 'global'), { recursive: true });
    const { url } = await start();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('serves a database in UTF-8 and UTC on loopback only', async () => {
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect(
      await query(url, "select current_database() as name, current_setting('timezone') as zone"),
    ).toEqual([{ name: 'accountsync', zone: 'UTC' }]);
    expect(await query(url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  test('takes the settings it is given', async () => {
    const { url } = await start({ fsync: 'off' });
    expect(await query(url, 'show fsync')).toEqual([{ fsync: 'off' }]);
  });

  test('wants its password', async () => {
    const { url } = await start();
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o077).toBe(0);
  });

  test('is gone when stopped, and keeps what was committed', async () => {
    const first = await start();
    await query(first.url, 'create table kept (id int)');
    const pid = postmasterPid();
    await first.stop();
    expect(pid !== null && isAlive(pid)).toBe(false);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select * from kept')).toEqual([]);
  });

  test('may be stopped twice', async () => {
    const postgres = await start();
    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stop();
  });

  test('takes another port when another process has bound the free one first', async () => {
    const close = Server.prototype.close;
    const taker = createServer((socket) => socket.destroy());
    vi.spyOn(Server.prototype, 'close').mockImplementationOnce(function (this: Server, closed) {
      const address = this.address();
      return close.call(this, () => taker.listen(address, () => closed?.()));
    });
    try {
      const { url } = await start();
      expect(new URL(url).port).not.toBe(String(Object(taker.address()).port));
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      vi.restoreAllMocks();
      taker.close();
    }
  });

  test('that cannot start says where to read why, and leaves nothing behind', async () => {
    await expect(start({ shared_buffers: 'nonsense' })).rejects.toThrow('postgres.log');
    expect(postmasterPid()).toBeNull();
    expect((await start()).adopted).toBe(false);
  });

  test('is joined by a second start, which leaves it running', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, url: first.url });
    await second.stop();
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is joined by another process, whose death it survives', async () => {
    const first = await start();
    const { owner, url, adopted } = await startOwner();
    expect({ url, adopted }).toEqual({ url: first.url, adopted: true });
    await kill(owner);
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a SIGKILL of the owner', () => {
  test('leaves no orphan', async () => {
    const { owner, url } = await startOwner();
    const pid = postmasterPid();
    expect(pid).not.toBeNull();
    await query(url, 'select 1');
    await kill(owner);
    await untilGone(pid ?? 0);
    expect(postmasterPid()).toBeNull();
  });

  test('loses nothing that was committed, and the next start at once is one of its own', async () => {
    const { owner, url } = await startOwner();
    await query(url, 'create table kept as select generate_series(1, 1000) as id');
    await kill(owner);
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await query(next.url, 'select count(*)::int as count from kept')).toEqual([{ count: 1_000 }]);
  });

  test('together with its Postgres is survived too', async () => {
    const { owner, url } = await startOwner();
    await query(url, 'create table kept as select generate_series(1, 1000) as id');
    const pid = postmasterPid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await kill(owner);
    await untilGone(pid);
    const next = await start();
    expect(await query(next.url, 'select count(*)::int as count from kept')).toEqual([{ count: 1_000 }]);
  });
});

describe.runIf(isRoot)('started by root', () => {
  test('runs as an account that is not root', async () => {
    await start();
    const status = readFileSync(`/proc/${postmasterPid()}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\s+[1-9]/m);
  });

  test('keeps its data outside of a folder that this account cannot enter', async () => {
    chmodSync(dataDir, 0o700);
    const elsewhere = openFolderFor(dataDir);
    try {
      const { url } = await start();
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(existsSync(join(elsewhere, 'postgres/data/PG_VERSION'))).toBe(true);
      expect(statSync(dirname(elsewhere)).mode & 0o001).toBe(1);
    } finally {
      for (const postgres of running.splice(0)) await postgres.stop();
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
