import { describe, expect, it } from 'vitest';
import { addSample, estimateRate, type ProgressSample } from './progress-rate.ts';

function samplesEvery(stepMs: number, count: number, perStep: number): ProgressSample[] {
  let samples: ProgressSample[] = [];
  for (let step = 0; step < count; step += 1)
    samples = addSample(samples, { atMs: step * stepMs, settledAccounts: step * perStep });
  return samples;
}

describe('the rate of a request', () => {
  it('is unknown before a second was observed', () => {
    expect(estimateRate(samplesEvery(300, 3, 3), { totalUsers: 100, systems: 3 })).toEqual({
      ratePerSecond: null,
      etaSeconds: null,
    });
  });

  it('counts people, and says when the rest will be done', () => {
    const samples = samplesEvery(1_000, 11, 30);
    expect(estimateRate(samples, { totalUsers: 200, systems: 3 })).toEqual({
      ratePerSecond: 10,
      etaSeconds: 10,
    });
  });

  it('is zero without an end in sight when nothing moves', () => {
    const samples = samplesEvery(1_000, 5, 0);
    expect(estimateRate(samples, { totalUsers: 1, systems: 1 })).toEqual({
      ratePerSecond: 0,
      etaSeconds: null,
    });
  });

  it('keeps few samples however many come', () => {
    const samples = samplesEvery(10, 20_000, 1);
    expect(samples.length).toBeLessThan(250);
    expect(samples.at(-1)?.atMs).toBe(199_990);
    expect(samples.at(0)?.atMs).toBeGreaterThan(199_990 - 31_000);
  });
});
