import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import type { Answer } from '../setup/answers.ts';
import { CRASH_HOOK } from '../setup/crashing-worker.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { CHILD_KEY, ServiceChild, serverVariables } from '../setup/service-child.ts';

let bench: ProvisioningBench;
let survivor: ServiceChild;
let portal: Portal;
const answers: Answer[] = [];

beforeAll(async () => {
  bench = await ProvisioningBench.start();
  survivor = new ServiceChild(serverVariables(bench));
  portal = new Portal(await survivor.ready(), CHILD_KEY);
});
afterAll(async () => {
  await survivor.kill();
  await bench.stop();
});

/** A gateway that dies at the first statement like `only` of the transaction that stores a request. */
async function startDoomed(only: string, when: 'before' | 'after'): Promise<ServiceChild> {
  const crash = { CRASH_AT: '1', CRASH_FIRST: 'insert into account_request ', CRASH_ONLY: only };
  return new ServiceChild({ ...serverVariables(bench), ...crash, CRASH_WHEN: when }, { preload: CRASH_HOOK });
}

test.each([
  ['before the request is stored', 'account_request', 'before', false],
  ['before the commit', '^commit', 'before', false],
  ['after the commit, before the answer', '^commit', 'after', true],
] as const)('a gateway killed %s: whoever asks again has one request', async (_, only, when, stored) => {
  const input = batchOf(3);
  const doomed = await startDoomed(only, when);
  try {
    const first = new Portal(await doomed.ready(), CHILD_KEY).createAccounts(input);
    await expect(first).rejects.toThrow();
    expect(await doomed.ended()).toBe('SIGKILL');
  } finally {
    await doomed.kill();
  }
  const again = await portal.createAccounts(input);
  expect(again).toMatchObject({ replayed: stored, userErrors: [] });
  const { requestId } = again.request;
  answers.push({ key: input.businessKey, requestId });
  const events = await followProgress(requestId, () => portal);
  expect(events.at(-1)).toMatchObject({ completedUsers: 3, request: { status: 'COMPLETED' } });
  expect(survivor.alive).toBe(true);
  const found = await findViolations(bench, {
    processes: 1,
    answers,
    logs: [survivor.stderr, doomed.stderr],
  });
  expect([...found, ...findProgressViolations(events)]).toEqual([]);
});
