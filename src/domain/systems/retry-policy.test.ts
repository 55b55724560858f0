import { describe, expect, test } from 'vitest';
import { type RetryPolicy, retryDelaySeconds, throttlePauseMs } from './retry-policy.ts';

const policy: RetryPolicy = {
  retryDelaysSeconds: [2, 15, 120, 600, 1_800],
  uncertainFirstDelaySeconds: 2,
  uncertainSecondDelaySeconds: 30,
  visibilityRetrySeconds: 30,
};
const WITHOUT_JITTER = 0.5;
const LARGEST_RANDOM = 1 - Number.EPSILON;

describe('the delay before a retry', () => {
  test('follows the setting, and its last value repeats', () => {
    const delays = [1, 2, 3, 4, 5, 6, 50].map((failures) =>
      retryDelaySeconds(policy, failures, WITHOUT_JITTER),
    );
    expect(delays).toEqual([2, 15, 120, 600, 1_800, 1_800, 1_800]);
  });

  test('varies by a fifth either way and no more', () => {
    expect(retryDelaySeconds(policy, 3, 0)).toBeCloseTo(96);
    expect(retryDelaySeconds(policy, 3, LARGEST_RANDOM)).toBeCloseTo(144);
    expect(retryDelaySeconds(policy, 3, LARGEST_RANDOM)).toBeLessThanOrEqual(144);
  });

  test('may be none', () => {
    expect(retryDelaySeconds({ ...policy, retryDelaysSeconds: [0] }, 1, 0)).toBe(0);
  });
});

describe('the pause of a throttled system that does not say how long', () => {
  test('doubles from one second to sixty', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(throttlePauseMs);
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });
});
