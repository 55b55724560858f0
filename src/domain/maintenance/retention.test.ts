import { expect, test } from 'vitest';
import { retentionInForce } from './retention.ts';

const wanted = { requests: 7, attempts: 30, runs: 365, audit: 1, notifications: 3 };

test('attempts, runs and audit are kept 180 days at least', () => {
  expect(retentionInForce(wanted, false)).toEqual({
    requests: 7,
    attempts: 180,
    runs: 365,
    audit: 180,
    notifications: 3,
  });
});

test('less only where it is allowed on purpose', () => {
  expect(retentionInForce(wanted, true)).toEqual(wanted);
});
