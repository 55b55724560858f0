import { z } from 'zod';
import type { ConnectorDefinition } from '../contract/connector.ts';
import {
  baseUrlVariable,
  optionalVariable,
  secretVariable,
  textVariable,
  variableOr,
} from '../contract/variables.ts';
import type { IdaasConfig } from './client.ts';
import { connectIdaas, IDAAS_LOGIN_TAKEN_DEFAULT, IDAAS_LOGIN_TAKEN_KEY } from './connector.ts';

const LOOKUP_PATH_EXPECTED = 'expected a path that begins with / and contains {employee_number}';

const environment = z
  .object({
    IDAAS_BASE_URL: baseUrlVariable('on-loopback'),
    IDAAS_ACCOUNT: textVariable(),
    IDAAS_SECRET: secretVariable(),
    IDAAS_ENTERPRISE_ID: textVariable(),
    IDAAS_DC1: optionalVariable(),
    IDAAS_DC2: optionalVariable(),
    IDAAS_LOOKUP_PATH: optionalVariable().refine(
      (path) => path === null || (path.startsWith('/') && path.includes('{employee_number}')),
      LOOKUP_PATH_EXPECTED,
    ),
    IDAAS_EXISTS_CODES: variableOr('409').transform(
      (codes) =>
        new Set(
          codes
            .split(',')
            .map((code) => code.trim())
            .filter((code) => code !== ''),
        ),
    ),
  })
  .transform(
    (variables): IdaasConfig => ({
      baseUrl: variables.IDAAS_BASE_URL,
      account: variables.IDAAS_ACCOUNT,
      secret: variables.IDAAS_SECRET,
      enterpriseId: variables.IDAAS_ENTERPRISE_ID,
      dc1: variables.IDAAS_DC1,
      dc2: variables.IDAAS_DC2,
      lookupPath: variables.IDAAS_LOOKUP_PATH,
      existsCodes: variables.IDAAS_EXISTS_CODES,
    }),
  );

const loginTakenSetting = {
  [IDAAS_LOGIN_TAKEN_KEY]: {
    value: IDAAS_LOGIN_TAKEN_DEFAULT,
    zh: 'IDaaS 回答中表示登录名已属于他人的模式',
    en: "What IDaaS says when the login name is somebody else's",
  },
};

/** hieds IDaaS (upstream-apis.md §2): limits unknown; ten a second is what provisioning.md §5 settles. */
export const idaas: ConnectorDefinition<IdaasConfig> = {
  system: 'IDAAS',
  facet: 'accounts',
  displayName: { zh: '统一身份（IDaaS）', en: 'IDaaS directory' },
  environment,
  variables: [
    'IDAAS_BASE_URL',
    'IDAAS_ACCOUNT',
    'IDAAS_SECRET',
    'IDAAS_ENTERPRISE_ID',
    'IDAAS_DC1',
    'IDAAS_DC2',
    'IDAAS_LOOKUP_PATH',
    'IDAAS_EXISTS_CODES',
  ],
  defaults: { ratePerSecond: 10, maxConcurrency: 8, dependsOn: [], patterns: loginTakenSetting },
  connect: connectIdaas,
};
