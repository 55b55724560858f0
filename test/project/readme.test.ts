import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnvironment } from '../../src/environment/env.ts';
import { makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { ServiceProcess } from '../setup/service-process.ts';

/** What a newcomer copies from the README does what it says there, in both languages. */

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

/** Fenced blocks of a page: their language and text, in order. */
function blocksOf(path: string): { readonly language: string; readonly text: string }[] {
  return Array.from(
    readFileSync(path, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm),
    ([, language = '', text = '']) => ({ language, text }),
  );
}

/** Ids differ from run to run; everything else is as printed. */
function withoutIds(text: string): string {
  return text.trim().replaceAll(/req_\d{8}_[0-9a-f]{12}/g, 'req_…');
}

test.for(['README.md', 'README.zh-CN.md'])(
  'the request of %s gets the answer that is printed',
  async (path) => {
    const blocks = blocksOf(path);
    const at = blocks.findIndex(({ text }) => text.includes('createAccounts(input: $input)'));
    // Under a key of its own: the same call again gives the request as it is by then.
    const command = blocks[at]?.text.replace('OA-2026-0001', path) ?? '';
    const answer = blocks[at + 1];
    expect(answer?.language).toBe('json');
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], {
      env: { ...processEnvironment(), ACCOUNTSYNC_URL: url, DATA_DIR: dataDir },
    });
    const lines = stdout.trim().split('\n');
    expect(withoutIds(lines.at(-1) ?? '')).toBe(withoutIds(answer?.text ?? ''));
  },
);

test('each README is short, and says the same things under the same headings', () => {
  const [english = '', chinese = ''] = ['README.md', 'README.zh-CN.md'].map((path) =>
    readFileSync(path, 'utf8'),
  );
  for (const text of [english, chinese]) expect(text.split('\n').length).toBeLessThanOrEqual(160);
  const countOf = (text: string) => text.match(/^## /gm)?.length;
  expect(countOf(english)).toBe(countOf(chinese));
  expect(blocksOf('README.md').length).toBe(blocksOf('README.zh-CN.md').length);
});
