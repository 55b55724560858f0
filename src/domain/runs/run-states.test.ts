import { expect, test } from 'vitest';
import { progressOf } from './run-states.ts';

test.each([
  ['RUNNING', [], 0],
  ['RUNNING', [{ done: 1, total: null }], null],
  [
    'RUNNING',
    [
      { done: 1, total: 2 },
      { done: 0, total: 2 },
    ],
    25,
  ],
  ['FAILED', [{ done: 3, total: 2 }], 100],
  ['COMPLETED_WITH_ERRORS', [{ done: 0, total: null }], 100],
] as const)('a run that is %s with steps %o has come to %s', (status, steps, expected) => {
  expect(progressOf(status, steps)).toBe(expected);
});
