import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'accountsync-check-'));
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  for (const name of ['biome.json', 'tsconfig.json']) copyFileSync(name, join(project, name));
  mkdirSync(join(project, 'src/domain'), { recursive: true });
  plant('package.json', packageFile('1.2.3'));
  plant('package-lock.json', '{"packages":{"node_modules/thing":{"version":"1.2.3"}}}');
  plant('src/domain/fine.ts', "export const fine = 'fine';\n");
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function plant(path: string, content: string): void {
  writeFileSync(join(project, path), content);
}

function packageFile(version: string): string {
  return `${JSON.stringify({ type: 'module', dependencies: { thing: version } }, null, 2)}\n`;
}

function check(): Promise<{ status: number | null; lines: string[]; errors: string }> {
  const { promise, resolve: done } = Promise.withResolvers<Awaited<ReturnType<typeof check>>>();
  const child = execFile(
    process.execPath,
    [resolve('test/check.ts')],
    { cwd: project },
    (_error, stdout, stderr) =>
      done({ status: child.exitCode, lines: stdout.trimEnd().split('\n').toSorted(), errors: stderr }),
  );
  return promise;
}

test('a tree without fault passes every step', async () => {
  const { status, lines, errors } = await check();
  expect(errors).toBe('');
  expect(status).toBe(0);
  expect(lines).toEqual([
    'ok      client types',
    'ok      console build',
    'ok      console types',
    'ok      file length',
    'ok      format and lint',
    'ok      import rule',
    'ok      links',
    'ok      lockfile',
    'ok      pinned versions',
    'ok      printed schema',
    'ok      texts',
    'ok      types',
  ]);
});

test('every planted fault is found by its step, and shown', async () => {
  plant('src/domain/types.ts', 'export const count: number = "three";\n');
  plant(
    'src/domain/world.ts',
    "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n",
  );
  plant('src/domain/long.ts', `${'export {};\n'.repeat(401)}`);
  plant('codegen.ts', "console.log('schema.graphql is out of date');\nprocess.exit(1);\n");
  plant('package.json', packageFile('^1.2.3'));
  plant('package-lock.json', '{ "packages": { "node_modules/thing": { "resolved": "https://r/t.tgz" } } }\n');
  plant('CHANGELOG.md', `${'<'.repeat(7)} HEAD\n[the guide](docs/gone.md)\n`);
  const { status, lines, errors } = await check();
  expect(status).toBe(1);
  expect(lines).toHaveLength(12);
  expect(lines.filter((line) => !line.startsWith('failed'))).toEqual([
    'ok      client types',
    'ok      console build',
    'ok      console types',
  ]);
  for (const shown of [
    'src/domain/types.ts',
    'src/domain/world.ts domain may not import the package node:fs',
    'src/domain/long.ts has 401 lines',
    'schema.graphql is out of date',
    'thing: ^1.2.3',
    'https://r/t.tgz',
    'CHANGELOG.md:1 is a conflict marker',
    'CHANGELOG.md links to docs/gone.md: no such file',
  ])
    expect(errors).toContain(shown);
});
