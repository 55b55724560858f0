import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** `.ci/run` with an npm that only pretends: what the script makes of how its steps end. */

let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'accountsync-ci-'));
  plant('sleep', 'exit 0');
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

function plant(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

interface Steps {
  readonly ci?: string;
  readonly check?: string;
  readonly test?: string;
}

function run(steps: Steps): Promise<{ status: number | null; lastLine: string | undefined }> {
  const { ci = 'exit 0', check = 'exit 0', test: tests = 'echo "3 passed, 0 failed"' } = steps;
  plant(
    'npm',
    `case "$*" in
      ci) ${ci} ;;
      *check) ${check} ;;
      test*) ${tests} ;;
      *) echo 0 ;;
    esac`,
  );
  const { promise, resolve: done } = Promise.withResolvers<Awaited<ReturnType<typeof run>>>();
  const child = execFile(
    resolve('.ci/run'),
    { env: { PATH: `${bin}:${process.env['PATH']}` } },
    (_error, stdout) => done({ status: child.exitCode, lastLine: stdout.trimEnd().split('\n').at(-1) }),
  );
  return promise;
}

test('everything fine: the last line is the count of the tests', async () => {
  expect(await run({})).toEqual({ status: 0, lastLine: '3 passed, 0 failed' });
});

test('a failed check is one failure more', async () => {
  expect(await run({ check: 'exit 1' })).toEqual({ status: 1, lastLine: '3 passed, 1 failed' });
});

test('failed tests keep their count and their status', async () => {
  const failing = 'echo "2 passed, 1 failed"; exit 1';
  expect(await run({ test: failing })).toEqual({ status: 1, lastLine: '2 passed, 1 failed' });
  expect(await run({ test: failing, check: 'exit 1' })).toEqual({
    status: 1,
    lastLine: '2 passed, 2 failed',
  });
});

test('tests that end without a count are a failure, whatever their status', async () => {
  expect(await run({ test: 'echo "out of memory"' })).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
});

test('an installation that fails is tried again, and in the end is a failure', async () => {
  const twice = `[ -e "${join(bin, 'tried')}" ] && exit 0; touch "${join(bin, 'tried')}"; exit 1`;
  expect(await run({ ci: twice })).toEqual({ status: 0, lastLine: '3 passed, 0 failed' });
  expect(await run({ ci: 'exit 1' })).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
});
