import { expect, test } from 'vitest';
import { connectorDefinitions } from '../integrations/registry.ts';
import { EnvError, parseEnv } from './env.ts';
import { problemsZh, problemZh } from './problems-zh.ts';
import { programCommand } from './program-command.ts';

/** Every mistake of an environment. */
function mistakes(source: Record<string, string>): readonly string[] {
  try {
    parseEnv(source, connectorDefinitions);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

const wrong = {
  PORT: 'x',
  ROLE: 'boss',
  DATABASE_URL: 'mysql://x',
  MIGRATE_ON_START: 'maybe',
  LOG_LEVEL: 'loud',
  ADMIN_API_KEY: 'short',
  OIDC_ISSUER: 'ftp://x',
  EMAIL_DOMAIN: '@',
  ALLOWED_ORIGINS: 'x',
  DEFAULT_LOCALE: 'fr',
  DISPLAY_TIME_ZONE: 'Mars/Base',
  SMTP_URL: 'x',
  SECRETS_KEY: 'x',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'x',
  SANDBOX: 'some',
  IDAAS_BASE_URL: 'http://a.example.com',
};

test('every mistake is told in Chinese, with nothing left in English', () => {
  const problems = [...mistakes(wrong), ...mistakes({ SANDBOX: 'off' }), ...mistakes({ HOST: '0.0.0.0' })];
  expect(problems.length).toBeGreaterThan(15);
  for (const problem of problems) expect(problemZh(problem)).not.toMatch(/expected|not set|given/);
  expect(problemsZh(['PORT: given "x"; expected a whole number from 0 to 65535'])).toBe(
    '配置有 1 处错误：\n  PORT：当前为 "x"；应为 0 到 65535 的整数',
  );
});

test('a bundle names its own commands', () => {
  expect(programCommand('migrate', true)).toBe('./migrate');
  expect(programCommand('migrate', false)).toBe('npm run migrate');
  expect(programCommand('start', false)).toBe('npm start');
});
