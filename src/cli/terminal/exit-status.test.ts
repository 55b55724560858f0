import { expect, test } from 'vitest';
import { healthExitStatus, requestExitStatus, runExitStatus } from './exit-status.ts';
import { Outcome } from './terminal.ts';

test('status ends with 0 when all is well, 1 when something wants attention, 2 when it is broken', () => {
  expect(['OK', 'ATTENTION', 'BROKEN', 'SOMETHING_NEW'].map(healthExitStatus)).toEqual([0, 1, 2, 1]);
});

test('only what was completed in every part ends with 0', () => {
  expect(['COMPLETED', 'PARTIAL_FAILED', 'FAILED', 'CANCELLED'].map(requestExitStatus)).toEqual([0, 1, 1, 1]);
  const runs = ['COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED', 'AWAITING_CONFIRMATION'];
  expect(runs.map(runExitStatus)).toEqual([0, 1, 1, 1, 1]);
});

test('the worst of several outcomes is the one that counts', () => {
  const outcome = new Outcome();
  for (const status of [0, 2, 1] as const) outcome.end(status);
  expect(outcome.status).toBe(2);
});
