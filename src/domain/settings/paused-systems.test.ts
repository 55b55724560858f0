import { expect, test } from 'vitest';
import { pausesAt } from './paused-systems.ts';

test('a pause is in force until its end, and for ever without one', () => {
  const until = '2026-11-22T12:00:00+08:00';
  const open = { system: 'IDAAS', reason: '升级' };
  const nothing = { ...open, until: null };
  const ending = { ...open, until };
  expect(pausesAt([open, nothing, ending], Date.parse(until) - 1)).toEqual([open, nothing, ending]);
  expect(pausesAt([open, nothing, ending], Date.parse(until))).toEqual([open, nothing]);
});
