import { describe, expect, test } from 'vitest';
import { isDatabaseAway } from './database-away.ts';

const failure = (message: string, code?: string) => Object.assign(new Error(message), { code });

describe('a database that cannot be asked', () => {
  test.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('read ECONNRESET', 'ECONNRESET'),
    failure('Connection terminated unexpectedly'),
    failure('begin - Connection terminated unexpectedly'),
    failure('terminating connection due to administrator command', '57P01'),
    failure('could not extend file: No space left on device', '53100'),
    failure('sorry, too many clients already', '53300'),
  ])('%s', (error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  test.each([
    failure('duplicate key value violates unique constraint', '23505'),
    failure('canceling statement due to statement timeout', '57014'),
    failure('deadlock detected', '40P01'),
    failure('Connection names are wrong', '22000'),
    'ECONNREFUSED',
  ])('not: %s', (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
