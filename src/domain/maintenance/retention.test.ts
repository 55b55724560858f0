import { expect, test } from 'vitest';
import { isBelowLegalMinimum, retentionInForce } from './retention.ts';

const wanted = { requests: 7, attempts: 30, runs: 365, audit: 1, notifications: 3, databaseAccounts: 1 };

test('attempts, runs and audit are kept 180 days at least', () => {
  expect(retentionInForce(wanted, false)).toEqual({
    requests: 7,
    attempts: 180,
    runs: 365,
    audit: 180,
    notifications: 3,
    databaseAccounts: 1,
  });
});

test('less only where it is allowed on purpose', () => {
  expect(retentionInForce(wanted, true)).toEqual(wanted);
});

test.for([
  ['retention_audit_days', 179, false, true],
  ['retention_audit_days', 180, false, false],
  ['retention_attempts_days', 1, true, false],
  ['retention_notifications_days', 1, false, false],
] as const)('%s = %d, allowed on purpose: %s; below the legal minimum: %s', ([key, days, allowed, below]) => {
  expect(isBelowLegalMinimum(key, days, allowed)).toBe(below);
});
