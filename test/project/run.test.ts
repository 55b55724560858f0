import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const files = {
  'good.test.ts': `import { expect, test } from 'vitest';
    test('adds', () => expect(1 + 1).toBe(2));
    test('multiplies', () => expect(2 * 2).toBe(4));`,
  'bad.test.ts': `import { expect, test } from 'vitest';
    test('adds', () => expect(1 + 1).toBe(3));`,
  'unreadable.test.ts': `import '../no-such-file.ts';`,
  'unhandled.test.ts': `import { test } from 'vitest';
    test('looks fine', () => { void Promise.reject(new Error('planted')); });`,
  'hook.test.ts': `import { beforeAll, describe, test } from 'vitest';
    describe('a group', () => { beforeAll(() => { throw new Error('planted'); }); test('never runs', () => {}); });`,
  'killed.test.ts': `import { test } from 'vitest';
    test('takes the worker with it', () => { process.kill(process.pid, 'SIGKILL'); });`,
  'skipped.test.ts': `import { test } from 'vitest';
    test.skip('is not run', () => {});
    test('runs', () => {});`,
  'unsteady.test.ts': `import { expect, test } from 'vitest';
    let tries = 0;
    test('passes the second time', () => { tries += 1; expect(tries).toBe(2); });`,
  'empty.test.ts': '',
};

let project = '';
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'accountsync-runner-'));
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'vitest.config.ts'), 'export default { test: { pool: "forks" } };');
  for (const [name, source] of Object.entries(files)) writeFileSync(join(project, name), source);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function execute(...args: string[]): Promise<{ status: number; output: string }> {
  const { promise, resolve: done } = Promise.withResolvers<{ status: number; output: string }>();
  const runner = resolve('test/run.ts');
  const child = execFile(
    process.execPath,
    [runner, ...args],
    { cwd: project, env: { PATH: process.env['PATH'] } },
    (_error, stdout) => done({ status: child.exitCode ?? -1, output: stdout }),
  );
  return promise;
}

async function runTests(...args: string[]): Promise<{ status: number; lastLine: string }> {
  const { status, output } = await execute(...args);
  return { status, lastLine: output.trimEnd().split('\n').at(-1) ?? '' };
}

describe('npm test', () => {
  test.for([
    ['good.test.ts', 0, '2 passed, 0 failed'],
    ['bad.test.ts', 1, '0 passed, 1 failed'],
    ['good.test.ts bad.test.ts', 1, '2 passed, 1 failed'],
    ['skipped.test.ts', 0, '1 passed, 0 failed'],
  ] as const)('counts what ran: %s', async ([names, status, lastLine]) => {
    expect(await runTests(...names.split(' '))).toEqual({ status, lastLine });
  });

  test.for([
    ['a file that cannot be imported', 'unreadable.test.ts'],
    ['a file without a test', 'empty.test.ts'],
    ['a filter that matches no file', 'nothing.test.ts'],
  ] as const)('counts %s as one failure', async ([, name]) => {
    expect(await runTests(name)).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
  });

  test.for([
    ['an unhandled rejection', 'unhandled.test.ts'],
    ['a failed hook', 'hook.test.ts'],
    ['a worker that died', 'killed.test.ts'],
  ] as const)('fails on %s', async ([, name]) => {
    const { status, lastLine } = await runTests(name);
    expect(status).toBe(1);
    expect(lastLine).toMatch(/^\d passed, [1-9]\d* failed/);
  });

  test('names tests that passed only on a retry', async () => {
    expect(await runTests('unsteady.test.ts')).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
    const { status, output } = await execute('unsteady.test.ts', '--retry=1');
    expect(status).toBe(0);
    expect(output).toContain('passed only when tried again: passes the second time\n1 passed, 0 failed\n');
  });

  test('passes its arguments on', async () => {
    expect(await runTests('good.test.ts', '-t', 'adds')).toEqual({
      status: 0,
      lastLine: '1 passed, 0 failed',
    });
  });

  test('fails when a name matches no test', async () => {
    expect(await runTests('good.test.ts', '-t', 'no such test')).toEqual({
      status: 1,
      lastLine: '0 passed, 1 failed',
    });
  });
});
