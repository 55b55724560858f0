import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { processEnvironment } from '../../src/environment/env.ts';
import { isPostgresRunning, madeKey } from '../setup/data-dir.ts';
import { Portal } from '../setup/portal.ts';

const run = promisify(execFile);
const readyLine = z.object({ url: z.url(), database: z.string() });
const bill = z.object({ components: z.array(z.object({ 'bom-ref': z.string() })) });
const packageFile = z.object({ name: z.string(), version: z.string() });
/** What a machine has that is no developer's: a shell, and what the reaper and the script call. */
const TOOLS = ['sh', 'cat', 'readlink'];
/** Packing takes some ten seconds of a processor, which a busy machine does not give at once. */
const BUILD_TIMEOUT_MS = 180_000;

let folder = '';
let archive = '';
let unpacked = '';

// An empty machine is played by a folder of its own and a PATH with three tools.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accountsync-bundle-test-'));
  chmodSync(folder, 0o755);
  for (const name of ['tools', 'unpacked', 'work']) mkdirSync(join(folder, name));
  const args = [
    'deploy/bundle.ts',
    '--with-postgres',
    '--compression',
    '1',
    '--output',
    join(folder, 'made'),
  ];
  // Whoever asked a registry would be refused.
  const env = { ...processEnvironment(), npm_config_registry: 'http://127.0.0.1:9/', NO_COLOR: '1' };
  const { stdout } = await run(process.execPath, args, { env });
  archive = stdout.split('\n')[0] ?? '';
  await run('tar', ['--extract', '--gzip', `--file=${archive}`, `--directory=${join(folder, 'unpacked')}`]);
  unpacked = globSync(`${folder}/unpacked/*`)[0] ?? '';
  for (const tool of TOOLS)
    symlinkSync((await run('which', [tool])).stdout.trim(), join(folder, 'tools', tool));
  symlinkSync(join(unpacked, 'start'), join(folder, 'work', 'start'));
}, BUILD_TIMEOUT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle', () => {
  test('has its checksum beside it', () => {
    const hash = createHash('sha256').update(readFileSync(archive)).digest('hex');
    expect(readFileSync(`${archive}.sha256`, 'utf8')).toBe(`${hash}  ${archive.split('/').at(-1)}\n`);
  });

  test('holds the packages of its bill of materials, and nothing else', () => {
    const { components } = bill.parse(
      JSON.parse(readFileSync(archive.replace('.tar.gz', '.sbom.json'), 'utf8')),
    );
    const manifests = [
      ...globSync('node_modules/**/package.json', { cwd: unpacked }).filter((path) =>
        /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
      ),
      'node/package.json',
    ];
    const held = manifests.map((path) => {
      const { name, version } = packageFile.parse(JSON.parse(readFileSync(join(unpacked, path), 'utf8')));
      return `${name}@${version}`;
    });
    expect([...new Set(held)].toSorted()).toEqual(components.map((each) => each['bom-ref']).toSorted());
    expect(held).toContainEqual(expect.stringMatching(/^graphql@/));
    expect(held).not.toContainEqual(expect.stringMatching(/^vitest@/));
    expect(globSync('src/**/*.test.ts', { cwd: unpacked })).toEqual([]);
  });

  test('serves on a machine without node, npm and Postgres, and ends in order', async () => {
    const work = join(folder, 'work');
    const child = spawn(join(work, 'start'), [], {
      cwd: work,
      env: { PATH: join(folder, 'tools'), PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
    const ended = once(child, 'exit');
    const dataDir = join(work, '.accountsync');
    try {
      const said = Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
      const line = readyLine.safeParse(JSON.parse(String((await said)[0] ?? null)));
      if (!line.success) throw new Error(`It did not start:\n${log}`);
      expect(line.data.database).toBe('embedded');
      expect((await fetch(new URL('/readyz', line.data.url))).status).toBe(200);
      const portal = new Portal(line.data.url, madeKey(dataDir));
      expect(await portal.mapDepartments(['D001'])).toMatchObject({ created: 1, userErrors: [] });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(existsSync(dataDir)).toBe(true);
    expect(isPostgresRunning(dataDir)).toBe(false);
  });
});
