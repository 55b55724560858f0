import { describe, expect, test } from 'vitest';
import { isLeaver, leaverLimit } from './leavers.ts';

describe('how many may be disabled by themselves', () => {
  test.each([
    { count: 20, percent: 1, active: 100, limit: 20 },
    { count: 20, percent: 1, active: 2_000, limit: 20 },
    { count: 20, percent: 1, active: 2_199, limit: 21 },
    { count: 20, percent: 1, active: 15_000, limit: 150 },
    { count: 20, percent: 1, active: 1_000_000, limit: 200 },
    { count: 0, percent: 0, active: 5_000, limit: 0 },
    { count: 200, percent: 100, active: 10_000, limit: 200 },
  ])('$count people or $percent % of $active: $limit', ({ count, percent, active, limit }) => {
    const limits = { thresholdCount: count, thresholdPercent: percent, activePeople: active };
    expect(leaverLimit(limits)).toBe(limit);
  });
});

describe('a leaver', () => {
  const at = { validStatuses: ['1', '3'], today: '2026-11-22' };
  test.each([
    { employeeStatus: '1', disableDate: null, left: false },
    { employeeStatus: '3', disableDate: '2026-11-22', left: false },
    { employeeStatus: '1', disableDate: '2026-11-21', left: true },
    { employeeStatus: '0', disableDate: null, left: true },
    { employeeStatus: '0', disableDate: '2999-01-01', left: true },
  ])('of status $employeeStatus with last day $disableDate: $left', ({ left, ...person }) => {
    expect(isLeaver(person, at)).toBe(left);
  });
});
