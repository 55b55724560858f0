import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamDefinitions } from '../integrations/registry.ts';
import { EnvError, parseEnv, variableNames } from './env.ts';
import type { EnvSource } from './problems.ts';
import { readVariableFiles } from './variable-files.ts';

const names = variableNames(upstreamDefinitions);
const KEY = 'key-of-at-least-24-characters';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accountsync-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function problemsOf(source: EnvSource): readonly string[] {
  try {
    parseEnv(readVariableFiles(source, names), upstreamDefinitions);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('a variable given as a file', () => {
  it('has the value of the file, without the line end', () => {
    const source = {
      ADMIN_API_KEY_FILE: fileOf('key', `${KEY}\r\n`),
      PORT_FILE: fileOf('port', '0'),
      ROLE: '',
    };
    const taken = readVariableFiles(source, names);
    expect(taken).toEqual({ ADMIN_API_KEY: KEY, PORT: '0', ROLE: '' });
    expect(parseEnv(taken, upstreamDefinitions).adminApiKey?.reveal()).toBe(KEY);
  });

  it('of another program is left alone', () => {
    const source = { GITHUB_TOKEN_FILE: fileOf('token', 'hunter2'), IDAAS_SECRET_FILE: '' };
    expect(readVariableFiles(source, names)).toEqual(source);
    expect(problemsOf(source)).toEqual([]);
  });

  it('is a mistake when the file cannot be read or the variable is given too, told with all others', () => {
    expect(
      problemsOf({
        DATABASE_URL_FILE: join(folder, 'nowhere'),
        WELINK_CLIENT_SECRET_FILE: folder,
        ADMIN_API_KEY: KEY,
        ADMIN_API_KEY_FILE: fileOf('both', KEY),
        PORT: 'x',
        ROLE_FILE: fileOf('role', 'both'),
      }),
    ).toEqual([
      'PORT: given "x"; expected a whole number from 0 to 65535',
      'ROLE: given "both"; expected all, server or worker',
      'DATABASE_URL_FILE: given [redacted]; expected the path of a file that this process can read',
      'ADMIN_API_KEY_FILE: given [redacted]; expected only one of ADMIN_API_KEY and ADMIN_API_KEY_FILE',
      'WELINK_CLIENT_SECRET_FILE: given [redacted]; expected the path of a file that this process can read',
    ]);
  });

  it('must hold something', () => {
    expect(problemsOf({ HOST: '0.0.0.0', ADMIN_API_KEY_FILE: fileOf('empty', '\n') })).toEqual([
      expect.stringMatching(/^ADMIN_API_KEY: not set/),
    ]);
  });
});
