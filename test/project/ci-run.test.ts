import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** `.ci/run` with an npm that only pretends: what the script makes of how its steps end. */

let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'accountsync-ci-'));
  plant('sleep', 'exit 0');
  for (const program of ['pgbouncer', 'faketime', 'chromium']) plant(program, 'exit 0');
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
  readonly faults?: string;
}

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly lastLine: string | undefined;
}

/** `tools`: where the script finds its programs, beside those that are planted. */
function run(steps: Steps, tools = process.env['PATH']): Promise<Outcome> {
  const { ci = 'exit 0', check = 'exit 0', test: tests = 'echo "3 passed, 0 failed"' } = steps;
  const { faults = 'echo "2 passed, 0 failed"' } = steps;
  plant(
    'npm',
    `case "$*" in
      ci) ${ci} ;;
      *check) ${check} ;;
      *test:faults) ${faults} ;;
      test*) ${tests} ;;
      *) echo 0 ;;
    esac`,
  );
  const { promise, resolve: done } = Promise.withResolvers<Outcome>();
  const child = execFile(resolve('.ci/run'), { env: { PATH: `${bin}:${tools}` } }, (_error, stdout) =>
    done({ status: child.exitCode, stdout, lastLine: stdout.trimEnd().split('\n').at(-1) }),
  );
  return promise;
}

test('everything fine: the last line is the sum of both counts', async () => {
  expect(await run({})).toMatchObject({ status: 0, lastLine: '5 passed, 0 failed' });
});

test('a failed check is one failure more, and the tests still run', async () => {
  expect(await run({ check: 'exit 1' })).toMatchObject({ status: 1, lastLine: '5 passed, 1 failed' });
});

test('failures of the tests, of the faults and of the check add up', async () => {
  const failing = { test: 'echo "2 passed, 1 failed"; exit 1', faults: 'echo "0 passed, 2 failed"; exit 1' };
  expect(await run(failing)).toMatchObject({ status: 1, lastLine: '2 passed, 3 failed' });
  expect(await run({ ...failing, check: 'exit 1' })).toMatchObject({
    status: 1,
    lastLine: '2 passed, 4 failed',
  });
});

test('tests that end without a count are a failure, with any status', async () => {
  const lost = 'echo "out of memory"';
  expect(await run({ test: lost })).toMatchObject({ status: 1, lastLine: '2 passed, 1 failed' });
  expect(await run({ faults: `${lost}; exit 1` })).toMatchObject({
    status: 1,
    lastLine: '3 passed, 1 failed',
  });
});

test('an installation that fails is tried again, and in the end is a failure', async () => {
  const twice = `[ -e "${join(bin, 'tried')}" ] && exit 0; touch "${join(bin, 'tried')}"; exit 1`;
  expect(await run({ ci: twice })).toMatchObject({ status: 0, lastLine: '5 passed, 0 failed' });
  expect(await run({ ci: 'exit 1' })).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' });
});

test.each([
  ['is asked for', 'exit 0', ''],
  ['fails', 'exit 100', 'could not install faketime: tests that need them are skipped'],
])(
  'a program that npm does not bring is missing, and installing it %s: nothing else changes',
  async (_, end, said) => {
    const tools = mkdtempSync(join(tmpdir(), 'accountsync-tools-'));
    try {
      for (const tool of TOOLS) symlinkSync(findTool(tool), join(tools, tool));
      rmSync(join(bin, 'faketime'));
      plant('id', 'echo 0');
      plant('apt-get', `echo "$*" >>"${join(bin, 'asked')}"; ${end}`);
      const { status, lastLine, stdout } = await run({}, tools);
      expect({ status, lastLine }).toEqual({ status: 0, lastLine: '5 passed, 0 failed' });
      expect(stdout).toContain(said);
      expect(readFileSync(join(bin, 'asked'), 'utf8')).toMatch(
        end === 'exit 0' ? /install .* faketime\n$/ : /update/,
      );
    } finally {
      rmSync(tools, { recursive: true, force: true });
    }
  },
);

/** What the script itself uses, and nothing else: whatever is installed on this machine must not matter. */
const TOOLS = ['bash', 'dirname', 'node', 'uname', 'nproc', 'mktemp', 'tee', 'tail', 'rm', 'timeout'];

function findTool(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(':');
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`there is no ${name} on the PATH`);
  return found;
}
