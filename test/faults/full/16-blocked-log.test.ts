import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnvironment } from '../../../src/environment/env.ts';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { CHILD_KEY, serverVariables, workerVariables } from '../setup/service-child.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** A line for every call of theirs: far more than a pipe holds. */
const PEOPLE = 500;
/** Who waited for the log would wait for ever. */
const ANSWER_MAX_MS = 15_000;
const MEMORY_MAX_BYTES = 600 * 1024 * 1024;

let bench: ProvisioningBench;
beforeAll(async () => {
  bench = await ProvisioningBench.start({ worker: false });
});
afterAll(() => bench.stop());

/** The service with a log that nobody reads from the moment it is ready. */
async function startUnread() {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: processEnvironment()['PATH'] ?? '',
      ...workerVariables(bench),
      ...serverVariables(bench),
      ROLE: 'all',
      PORT: '0',
      SANDBOX: 'off',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Without a listener nothing is read: what the pipe holds is all that is taken of it.
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    stdout += chunk;
    if (stdout.includes('"msg":"ready"')) break;
  }
  const line = stdout.split('\n').find((text) => text.includes('"msg":"ready"')) ?? '';
  const { url }: { url: string } = JSON.parse(line);
  return { child, url };
}

test('an unread log holds up no work, no answer and no end', async () => {
  const { child, url } = await startUnread();
  const closed = once(child, 'exit');
  try {
    const portal = new Portal(url, CHILD_KEY);
    const requestId = await portal.submit(batchOf(PEOPLE));
    const answers: number[] = [];
    for await (const event of portal.watch(requestId)) {
      const begun = performance.now();
      await portal.read('{ requestCounts { status count } }');
      answers.push(performance.now() - begun);
      if (event.final)
        expect(event).toMatchObject({ completedUsers: PEOPLE, request: { status: 'COMPLETED' } });
    }
    expect(answers.length).toBeGreaterThan(3);
    expect(Math.max(...answers)).toBeLessThan(ANSWER_MAX_MS);
    expect(memoryOf(child.pid ?? 0)).toBeLessThan(MEMORY_MAX_BYTES);
    const stopped = performance.now();
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    expect(performance.now() - stopped).toBeLessThan(25_000);
    expect(await findViolations(bench, { processes: 1 })).toEqual([]);
    // It was more than a pipe holds, or the test shows nothing.
    expect(bench.sandbox.control.ledger().length * 200).toBeGreaterThan(250_000);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
});

function memoryOf(pid: number): number {
  const pages = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return pages * 1_024;
}
