import { describe, expect, test } from 'vitest';
import {
  type AttemptEnd,
  type AttemptHistory,
  type FailureKind,
  livenessOf,
  type SettleOptions,
  settleAttempt,
} from './settle-attempt.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const error = { code: 'UPSTREAM_BUSY', parameters: { system: 'IDAAS', httpStatus: 500 } };
const fresh: AttemptHistory = {
  counted: 0,
  maxAttempts: 6,
  throttledSinceMs: null,
  notVisibleSinceMs: null,
  trial: false,
};
const options: SettleOptions = {
  policy: {
    retryDelaysSeconds: [2, 15, 120, 600, 1_800],
    uncertainFirstDelaySeconds: 3,
    uncertainSecondDelaySeconds: 30,
    visibilityRetrySeconds: 31,
  },
  nowMs: NOW,
  random: 0.5,
  circuitOpen: false,
};

function settle(
  failure: FailureKind,
  history: Partial<AttemptHistory> = {},
  more: Partial<SettleOptions> = {},
) {
  const end: AttemptEnd = { kind: 'failed', failure, error };
  return settleAttempt(end, { ...fresh, ...history }, { ...options, ...more });
}

describe('an account that is there', () => {
  test.for(['CREATED', 'ADOPTED', 'NOT_NEEDED'] as const)('completes the task: %s', (outcome) => {
    expect(settleAttempt({ kind: 'ensured', outcome }, { ...fresh, counted: 99 }, options)).toEqual({
      status: 'COMPLETED',
      outcome,
    });
  });
});

describe('failures that a retry cannot remove', () => {
  test.for([
    ['refused', 'REJECTED'],
    ['permanent', 'REJECTED'],
    ['conflict', 'CONFLICT'],
  ] as const)('%s fails the task at once as %s, with the reason', ([failure, outcome]) => {
    expect(settle(failure)).toEqual({ status: 'FAILED', outcome, error });
  });
});

describe.for([
  ['retryable', 'RETRYABLE'],
  ['bug', 'ERROR'],
] as const)('a %s failure', ([failure, outcome]) => {
  test('is tried again after the delays of the setting', () => {
    const delays = [0, 1, 2, 3, 4].map((counted) => {
      const settlement = settle(failure, { counted });
      expect(settlement).toMatchObject({ status: 'RETRY', outcome, error });
      return 'delaySeconds' in settlement ? settlement.delaySeconds : undefined;
    });
    expect(delays).toEqual([2, 15, 120, 600, 1_800]);
  });

  test('fails the task when it was the last attempt, and keeps the cause', () => {
    expect(settle(failure, { counted: 5 })).toEqual({ status: 'FAILED', outcome, error });
  });

  test('fails at once where no retry is allowed', () => {
    expect(settle(failure, { maxAttempts: 1 })).toEqual({ status: 'FAILED', outcome, error });
  });

  test('waits for the circuit rather than for a delay of its own', () => {
    expect(settle(failure, {}, { circuitOpen: true })).toMatchObject({ status: 'RETRY', delaySeconds: null });
  });

  test('burns nothing as the trial of an open circuit', () => {
    expect(settle(failure, { counted: 5, trial: true }, { circuitOpen: true })).toMatchObject({
      status: 'RETRY',
      delaySeconds: null,
    });
  });

  test('has a delay also when the trial that burnt nothing was the first attempt', () => {
    expect(settle(failure, { trial: true })).toMatchObject({ status: 'RETRY', delaySeconds: 2 });
  });
});

describe('a lost answer', () => {
  test('is looked up after the first delay, not sent again', () => {
    expect(settle('uncertain')).toEqual({
      status: 'UNCERTAIN',
      outcome: 'UNCERTAIN',
      error,
      delaySeconds: 3,
    });
  });

  test('is looked up also when the attempts are used up: the account may exist', () => {
    expect(settle('uncertain', { counted: 5 })).toMatchObject({ status: 'UNCERTAIN' });
    expect(settle('uncertain', { counted: 99 })).toMatchObject({ status: 'UNCERTAIN' });
  });
});

describe('what costs no attempt', () => {
  test('throttled and refused credentials wait until the system may be called again', () => {
    expect(settle('throttled', { counted: 5 })).toEqual({
      status: 'RETRY',
      outcome: 'THROTTLED',
      error,
      delaySeconds: null,
    });
    expect(settle('credentials', { counted: 5 })).toEqual({
      status: 'RETRY',
      outcome: 'CREDENTIALS',
      error,
      delaySeconds: null,
    });
  });

  test('not visible yet is asked again after its own delay', () => {
    expect(settle('not-visible', { counted: 5 })).toEqual({
      status: 'RETRY',
      outcome: 'NOT_VISIBLE_YET',
      error,
      delaySeconds: 31,
    });
  });

  test('throttled for 24 hours fails, naming what it was', () => {
    const just = settle('throttled', { throttledSinceMs: NOW - 24 * HOUR_MS + 1 });
    expect(just.status).toBe('RETRY');
    expect(settle('throttled', { throttledSinceMs: NOW - 24 * HOUR_MS })).toEqual({
      status: 'FAILED',
      outcome: 'THROTTLED',
      error: {
        code: 'THROTTLED_TOO_LONG',
        parameters: { system: 'IDAAS', httpStatus: 500, cause: 'UPSTREAM_BUSY', hours: 24 },
      },
    });
  });

  test('not visible for 30 minutes fails, naming what it was', () => {
    const just = settle('not-visible', { notVisibleSinceMs: NOW - 30 * MINUTE_MS + 1 });
    expect(just.status).toBe('RETRY');
    expect(settle('not-visible', { notVisibleSinceMs: NOW - 30 * MINUTE_MS })).toMatchObject({
      status: 'FAILED',
      outcome: 'NOT_VISIBLE_YET',
      error: { code: 'NOT_VISIBLE_TOO_LONG', parameters: { cause: 'UPSTREAM_BUSY', minutes: 30 } },
    });
  });

  test('the limits of one kind do not end the other', () => {
    expect(settle('throttled', { notVisibleSinceMs: 0 }).status).toBe('RETRY');
    expect(settle('not-visible', { throttledSinceMs: 0 }).status).toBe('RETRY');
  });

  test('refused credentials wait without a limit', () => {
    expect(settle('credentials', { throttledSinceMs: 0, notVisibleSinceMs: 0 }).status).toBe('RETRY');
  });
});

describe('what an end says about the system', () => {
  test.for([
    ['retryable', 'failing'],
    ['uncertain', 'failing'],
    ['credentials', 'credentials'],
    ['permanent', 'alive'],
    ['conflict', 'alive'],
    ['not-visible', 'alive'],
    ['throttled', 'neutral'],
    ['refused', 'neutral'],
    ['bug', 'neutral'],
  ] as const)('%s: %s', ([failure, vital]) => {
    expect(livenessOf({ kind: 'failed', failure, error })).toBe(vital);
  });

  test.for([
    ['CREATED', 'alive'],
    ['ADOPTED', 'alive'],
    ['NOT_NEEDED', 'neutral'],
  ] as const)('%s: %s', ([outcome, vital]) => {
    expect(livenessOf({ kind: 'ensured', outcome })).toBe(vital);
  });
});
