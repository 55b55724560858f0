import { describe, expect, test } from 'vitest';
import { afterSignal, type CircuitState, type Liveness, trialDelaySeconds } from './circuit.ts';

const NOW = 1_800_000_000_000;
const neverAnswered: CircuitState = { circuit: 'CLOSED', failureStreak: 0, lastSuccessAt: null };
const succeededMsAgo = (ms: number): CircuitState => ({ ...neverAnswered, lastSuccessAt: NOW - ms });
const open: CircuitState = { circuit: 'OPEN', failureStreak: 7, lastSuccessAt: NOW - 60_000 };

function follow(state: CircuitState, vitals: readonly Liveness[], nowMs = NOW): CircuitState {
  return vitals.reduce((current, vital) => afterSignal(current, vital, nowMs), state);
}

function times(count: number, vital: Liveness): Liveness[] {
  return Array.from({ length: count }, () => vital);
}

describe('a closed circuit', () => {
  test('opens at the fifth failure in a row when nothing succeeded for 30 s', () => {
    const quiet = succeededMsAgo(30_000);
    expect(follow(quiet, times(4, 'failing')).circuit).toBe('CLOSED');
    expect(follow(quiet, times(5, 'failing')).circuit).toBe('OPEN');
  });

  test('counts a system that never answered as quiet', () => {
    expect(follow(neverAnswered, times(5, 'failing')).circuit).toBe('OPEN');
  });

  test('stays closed through nineteen failures in a row while something succeeded within 30 s', () => {
    const busy = succeededMsAgo(29_999);
    expect(follow(busy, times(19, 'failing')).circuit).toBe('CLOSED');
    expect(follow(busy, times(20, 'failing')).circuit).toBe('OPEN');
  });

  test('opens once the quiet has lasted, with failures from before it', () => {
    const failing = follow(succeededMsAgo(10_000), times(10, 'failing'));
    expect(failing.circuit).toBe('CLOSED');
    expect(follow(failing, ['failing'], NOW + 20_000).circuit).toBe('OPEN');
  });

  test('starts counting anew after any proof of life', () => {
    const state = follow(neverAnswered, [...times(4, 'failing'), 'alive', ...times(4, 'failing')]);
    expect(state).toEqual({ circuit: 'CLOSED', failureStreak: 4, lastSuccessAt: NOW });
  });

  test('opens at once when our credentials are refused', () => {
    expect(follow(succeededMsAgo(0), ['credentials']).circuit).toBe('OPEN');
  });

  test('hears nothing in a neutral outcome, neither proof nor failure', () => {
    const state = follow(neverAnswered, [...times(4, 'failing'), ...times(50, 'neutral')]);
    expect(state.circuit).toBe('CLOSED');
    expect(follow(state, ['failing']).circuit).toBe('OPEN');
  });
});

describe('an open circuit', () => {
  test('closes with any proof of life, and forgets the failures', () => {
    expect(follow(open, ['alive'])).toEqual({ circuit: 'CLOSED', failureStreak: 0, lastSuccessAt: NOW });
  });

  test.for(['failing', 'credentials', 'neutral'] as const)('stays open after a %s outcome', (vital) => {
    expect(follow(open, [vital]).circuit).toBe('OPEN');
  });

  test('that closed needs the full count to open again', () => {
    expect(follow(open, ['alive', ...times(5, 'failing')]).circuit).toBe('CLOSED');
  });
});

test('trials come after 5, 10, 20, 40, then every 60 seconds', () => {
  const delays = Array.from({ length: 8 }, (_, trialNumber) => trialDelaySeconds(trialNumber));
  expect(delays).toEqual([5, 10, 20, 40, 60, 60, 60, 60]);
});

test('a system that is down for a year is still tried every minute', () => {
  expect(trialDelaySeconds(525_600)).toBe(60);
});
