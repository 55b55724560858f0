import { describe, expect, test } from 'vitest';
import { connectorDefinitions } from '../integrations/registry.ts';
import { EnvError, parseEnv } from './env.ts';
import type { EnvSource } from './problems.ts';

function problemsOf(source: EnvSource): readonly string[] {
  try {
    parseEnv(source, connectorDefinitions);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  test('nothing set is the embedded default, played by the sandbox', () => {
    const env = parseEnv({ PORT: '' }, connectorDefinitions);
    expect(env).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: null, adminApiKey: null });
    expect(env.sandbox).toEqual(['IDAAS', 'WELINK', 'EMAIL']);
  });

  test('every mistake is reported at once, each with what was given and what is expected', () => {
    const problems = problemsOf({
      HOST: '0.0.0.0',
      PORT: '-1',
      DATABASE_POOL_SIZE: '0',
      LOG_LEVEL: 'loud',
      SANDBOX: 'ldap',
    });
    expect(problems).toEqual([
      'PORT: given "-1"; expected a whole number from 0 to 65535',
      'DATABASE_POOL_SIZE: given "0"; expected a whole number from 1 to 1000',
      'LOG_LEVEL: given "loud"; expected fatal, error, warn, info, debug, trace or silent',
      'SANDBOX: given "ldap"; expected auto, on, off or a list of idaas, welink, email',
      expect.stringContaining('ADMIN_API_KEY: not set; expected at least 24 '),
    ]);
  });

  test('secrets are never repeated', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://me:hunter2@db/x', ADMIN_API_KEY: 'hunter2' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('a key is demanded where others can reach the API, together with all other mistakes', () => {
    expect(problemsOf({ HOST: '0.0.0.0', PORT: 'x' })).toHaveLength(2);
    expect(problemsOf({ DATABASE_URL: 'postgres://db/x', ROLE: 'worker' })).toEqual([]);
  });
});
