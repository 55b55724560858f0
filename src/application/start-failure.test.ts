import { describe, expect, test } from 'vitest';
import { parseEnv } from '../environment/env.ts';
import { connectorDefinitions } from '../integrations/registry.ts';
import { describeStartFailure } from './start-failure.ts';

const KEY = 'a-key-of-some-thirty-characters';
const embedded = parseEnv({ PORT: '4000' }, connectorDefinitions);
const external = parseEnv(
  { DATABASE_URL: 'postgres://me:hunter2@db/x', ADMIN_API_KEY: KEY },
  connectorDefinitions,
);

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

describe('a start that fails', () => {
  test('names the variable that is to blame', () => {
    expect(describeStartFailure(failure('listen EADDRINUSE', 'EADDRINUSE'), embedded)).toContain(
      'Cannot start: listen EADDRINUSE\n' +
        '  PORT: given 4000; another process listens there. Stop it, or set another PORT (0 picks a free one).',
    );
    expect(describeStartFailure(failure('mkdir', 'EACCES'), embedded)).toContain('DATA_DIR');
    expect(describeStartFailure(failure('connect', 'ECONNREFUSED'), external)).toContain('DATABASE_URL');
    expect(describeStartFailure(failure('no such database', '3D000'), external)).toContain('DATABASE_URL');
  });

  test('finds the code in the cause of the error', () => {
    const error = new Error('the ORM says', { cause: failure('connect', 'ENOTFOUND') });
    expect(describeStartFailure(error, external)).toContain(
      'Cannot start: the ORM says\n  cause: connect\n' +
        '  DATABASE_URL: given [redacted]; expected the address of a running Postgres, reachable from here.',
    );
  });

  test('blames nothing that it does not know', () => {
    expect(describeStartFailure(new TypeError('x is undefined'), embedded)).toContain(
      'TypeError: x is undefined',
    );
    expect(describeStartFailure('odd', null)).toContain('odd');
  });
});
