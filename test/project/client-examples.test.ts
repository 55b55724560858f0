import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnvironment } from '../../src/environment/env.ts';
import { API_KEY, ApiBench } from '../setup/api.ts';

/** What a portal developer copies from the client's README compiles under `strict` and does what it says. */

const run = promisify(execFile);
let bench: ApiBench;
let folder: string;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
  folder = mkdtempSync(join(tmpdir(), 'client-examples-'));
});
afterAll(async () => {
  await bench.stop();
  rmSync(folder, { recursive: true, force: true });
});

const client = resolve('clients/typescript/src/accountsync-client.ts');
const [first = ''] = Array.from(
  readFileSync('clients/typescript/README.md', 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm),
  ([, text = '']) => text,
);
const example = first
  .replace("'@accountsync/client'", `'${client}'`)
  .replace("url: 'https://accounts.example.com/graphql'", "url: process.env['ACCOUNTSYNC_URL'] ?? ''");

function environment() {
  return { ...processEnvironment(), ACCOUNTSYNC_URL: bench.url, ACCOUNTSYNC_API_KEY: API_KEY };
}

test('the first example compiles under strict', async () => {
  writeFileSync(join(folder, 'first.mts'), example);
  const strict = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
  const rest = [
    '--types',
    'node',
    '--typeRoots',
    resolve('node_modules/@types'),
    '--allowImportingTsExtensions',
    '--ignoreConfig',
  ];
  const tsc = resolve('node_modules/.bin/tsc');
  const outcome = await run(tsc, [...strict, ...rest, join(folder, 'first.mts')]).catch(
    (error: { stdout: string }) => error,
  );
  expect(outcome.stdout).toBe('');
});

test('the first example runs to the end of its request', async () => {
  writeFileSync(join(folder, 'run.ts'), example);
  const { stdout } = await run(process.execPath, [join(folder, 'run.ts')], { env: environment() });
  expect(stdout.trim().split('\n').at(-1)).toBe('100 %  已完成');
});

test('the whole portal says who has to correct what', async () => {
  const { stdout } = await run(process.execPath, ['clients/typescript/examples/portal.ts', 'FORM-9'], {
    env: environment(),
  });
  expect(stdout).toContain('accepted');
  expect(stdout).toContain('OPERATOR has to act');
});
