import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOW = new Date('2026-11-22T04:00:00Z');

describe('parseRetryAfter', () => {
  const cases: readonly (readonly [string | null | undefined, number | null])[] = [
    ['7', 7_000],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    ['0', 1_000],
    ['900', 900_000],
    ['901', 900_000],
    ['99999999999999999999999', 900_000],
    ['Sun, 22 Nov 2026 04:00:30 GMT', 30_000],
    ['Sunday, 22-Nov-26 04:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 03:00:00 GMT', 1_000],
    ['Fri, 22 Nov 2999 04:00:30 GMT', 900_000],
    ['', null],
    ['  ', null],
    ['-5', null],
    ['soon', null],
    ['2026', 900_000],
    ['7 seconds', 7_000],
    ['2 minutes', 120_000],
    ['500ms', 1_000],
    ['PT2M', 120_000],
    ['"120"', 120_000],
    ['１２０', 120_000],
    ['1795320060', 60_000],
    ['1795320060000', 60_000],
    ['about 60', null],
    ['NaN', null],
    ['PT', null],
    [null, null],
    [undefined, null],
  ];
  for (const [header, pauseMs] of cases) {
    it(`reads ${JSON.stringify(header)} as ${pauseMs} ms`, () => {
      expect(parseRetryAfter(header, NOW)).toBe(pauseMs);
    });
  }
});
