import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { warnOfPages } from './warn-of-pages.ts';

/** A console in a folder of its own, whose sources are said to be `version 2`. */
async function warningsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-pages-'));
  try {
    const build = `export const fingerprint = () => 'version 2';
      export const builtFrom = () => ${JSON.stringify(files['dist/build.json'] ?? null)};`;
    for (const [name, text] of Object.entries({ 'build.js': build, ...files })) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const said: string[] = [];
    await warnOfPages(
      { warn: (about: unknown, text?: unknown) => said.push(`${text} ${JSON.stringify(about)}`) },
      folder,
    );
    return said;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const built = { 'dist/index.html': '<html>' };

test('pages that were never built are named with what to run', async () => {
  const [said] = await warningsOf({ 'src/main.tsx': '' });
  expect(said).toMatch(/not built.*503.*node console\/build\.js.*--omit=dev/);
});

test('pages of other sources are named as old', async () => {
  const [said] = await warningsOf({ ...built, 'dist/build.json': 'version 1', 'src/main.tsx': '' });
  expect(said).toMatch(/older than their sources.*node console\/build\.js/);
});

test.each([
  ['pages of the sources that stand here', { ...built, 'dist/build.json': 'version 2', 'src/main.tsx': '' }],
  ['built pages alone, as in the image', built],
])('nothing is said of %s', async (_name, files) => {
  expect(await warningsOf(files)).toEqual([]);
});
