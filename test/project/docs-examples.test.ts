import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnvironment } from '../../src/environment/env.ts';
import { makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { ServiceProcess } from '../setup/service-process.ts';

/** Blocks of the docs that begin with ```sh example are run, line by line, against a fresh process. */

const dataDir = makeDataDir();
const service = new ServiceProcess('start', { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' });
let url = '';
beforeAll(async () => {
  url = (await service.ready()).url;
});
afterAll(async () => {
  await service.destroy();
  removeDataDir(dataDir);
});

const examples = globSync('docs/**/*.md').flatMap((path) =>
  Array.from(readFileSync(path, 'utf8').matchAll(/^```sh example\n([\s\S]*?)^```$/gm), ([, text = '']) => ({
    path,
    text,
  })),
);

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('an example of $path works', { timeout: 120_000 }, async ({ text }) => {
  const { stderr } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', text], {
    env: { ...processEnvironment(), ACCOUNTSYNC_URL: url, DATA_DIR: dataDir, DEFAULT_LOCALE: 'en' },
  });
  expect(stderr).not.toMatch(/error:|There is no/i);
});
