import { describe, expect, test } from 'vitest';
import { deriveRequestStatus, type ItemCounts, progressPercent } from './request-state.ts';
import type { RequestStatus } from './states.ts';

test.for<[counts: ItemCounts, status: RequestStatus]>([
  [{ PENDING: 3 }, 'PENDING'],
  [{ PENDING: 2, SYNCED: 1 }, 'PROCESSING'],
  [{ SYNCED: 3 }, 'PROCESSING'],
  [{ TASK_CREATED: 3 }, 'PROCESSING'],
  [{ PENDING: 1, COMPLETED: 2 }, 'PROCESSING'],
  [{ PENDING: 1, FAILED: 2 }, 'PROCESSING'],
  [{ TASK_CREATED: 1, CANCELLED: 1, FAILED: 1, COMPLETED: 1 }, 'PROCESSING'],
  [{ COMPLETED: 3 }, 'COMPLETED'],
  [{ FAILED: 3 }, 'FAILED'],
  [{ CANCELLED: 3 }, 'CANCELLED'],
  [{ COMPLETED: 9_999, FAILED: 1 }, 'PARTIAL_FAILED'],
  [{ COMPLETED: 1, FAILED: 1, CANCELLED: 1 }, 'PARTIAL_FAILED'],
  [{ FAILED: 1, CANCELLED: 2 }, 'FAILED'],
  [{ COMPLETED: 2, CANCELLED: 1 }, 'CANCELLED'],
  [{ COMPLETED: 3, FAILED: 0, PENDING: 0 }, 'COMPLETED'],
])('a request with items %o is %s', ([counts, status]) => {
  expect(deriveRequestStatus(counts)).toBe(status);
});

describe('progress', () => {
  const of = (settledAccounts: number, totalUsers: number, systems: number) =>
    progressPercent({ settledAccounts, totalUsers, systems });

  test('is the share of the wanted accounts that are settled', () => {
    expect(of(0, 10, 3)).toBe(0);
    expect(of(15, 10, 3)).toBe(50);
    expect(of(1, 1, 3)).toBe(33.33);
    expect(of(30, 10, 3)).toBe(100);
  });

  test('does not say 100 before the last account', () => {
    expect(of(29_999, 10_000, 3)).toBeLessThan(100);
    expect(of(29_999, 10_000, 3)).toBe(99.99);
  });

  test('never goes back while accounts settle', () => {
    let shown = 0;
    for (let settled = 0; settled <= 2_997; settled += 1) {
      const percent = of(settled, 999, 3);
      expect(percent).toBeGreaterThanOrEqual(shown);
      shown = percent;
    }
    expect(shown).toBe(100);
  });

  test('of a request that wants nothing is complete', () => {
    expect(of(0, 0, 3)).toBe(100);
  });
});
