import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { email } from './email/definition.ts';
import { idaas } from './idaas/definition.ts';
import { connectorDefinitions } from './registry.ts';
import { welink } from './welink/definition.ts';

const IDAAS = {
  IDAAS_BASE_URL: 'https://apig.hieds.net/',
  IDAAS_ACCOUNT: 'a',
  IDAAS_SECRET: 's3cret',
  IDAAS_ENTERPRISE_ID: 'e',
};
const WELINK = {
  WELINK_BASE_URL: 'https://open.welink.huaweicloud.com/api',
  WELINK_CLIENT_ID: 'c',
  WELINK_CLIENT_SECRET: 's3cret',
};
const EMAIL = {
  EMAIL_BASE_URL: 'http://10.0.0.5:8080',
  EMAIL_AUTH_TOKEN: 's3cret',
  EMAIL_DOMAIN: '@Example.com',
};

function problemsOf(environment: z.ZodType, source: Record<string, string>): string[] {
  const parsed = environment.safeParse(source);
  return parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
}

describe('environment of the connectors', () => {
  it('fills in what may be missing, an empty value being a missing one', () => {
    expect(idaas.environment.parse({ ...IDAAS, IDAAS_DC1: '', IDAAS_LOOKUP_PATH: '' })).toMatchObject({
      baseUrl: 'https://apig.hieds.net',
      dc1: null,
      lookupPath: null,
      existsCodes: new Set(['409']),
    });
    expect(idaas.environment.parse({ ...IDAAS, IDAAS_EXISTS_CODES: '409, 1409,' }).existsCodes).toEqual(
      new Set(['409', '1409']),
    );
    expect(welink.environment.parse(WELINK).tokenBaseUrl).toBe(WELINK.WELINK_BASE_URL);
    const apart = { ...WELINK, WELINK_TOKEN_BASE_URL: 'https://apig.hieds.net/api' };
    expect(welink.environment.parse(apart).tokenBaseUrl).toBe('https://apig.hieds.net/api');
    expect(email.environment.parse(EMAIL)).toMatchObject({
      domain: 'example.com',
      baseUrl: 'http://10.0.0.5:8080',
    });
  });

  it('never prints a secret', () => {
    const configs = [
      idaas.environment.parse(IDAAS),
      welink.environment.parse(WELINK),
      email.environment.parse(EMAIL),
    ];
    expect(JSON.stringify(configs)).not.toContain('s3cret');
  });

  it('names every variable that is missing or wrong', () => {
    expect(problemsOf(idaas.environment, {}).map((problem) => problem.split(':')[0])).toEqual([
      'IDAAS_BASE_URL',
      'IDAAS_ACCOUNT',
      'IDAAS_SECRET',
      'IDAAS_ENTERPRISE_ID',
    ]);
    expect(problemsOf(idaas.environment, { ...IDAAS, IDAAS_LOOKUP_PATH: 'user' })).toHaveLength(1);
    expect(problemsOf(email.environment, { ...EMAIL, EMAIL_DOMAIN: 'nonsense' })).toHaveLength(1);
    expect(problemsOf(welink.environment, { ...WELINK, WELINK_TOKEN_BASE_URL: 'nonsense' })).toHaveLength(1);
  });

  it('refuses base URLs that would leak or lead astray', () => {
    for (const url of [
      'ftp://welink.example.com',
      'http://welink.example.com',
      'https://user:password@welink.example.com',
      'https://welink.example.com/api?x=1',
      'https://169.254.169.254/latest',
      'https://[fe80::1]/',
      'welink.example.com',
    ]) {
      expect(problemsOf(welink.environment, { ...WELINK, WELINK_BASE_URL: url }), url).toHaveLength(1);
    }
    expect(
      problemsOf(welink.environment, { ...WELINK, WELINK_BASE_URL: 'http://127.0.0.1:8080/api' }),
    ).toEqual([]);
  });

  it('lists its variables under distinct systems', () => {
    expect(connectorDefinitions.map(({ system }) => system)).toEqual(['IDAAS', 'WELINK', 'EMAIL']);
    for (const { system, variables } of connectorDefinitions) {
      for (const variable of variables) expect(variable.startsWith(`${system}_`)).toBe(true);
    }
  });
});
