import { z } from 'zod';
import type { ConnectorDefinition } from '../contract/connector.ts';
import { baseUrlVariable, secretVariable, textVariable } from '../contract/variables.ts';
import type { EmailConfig } from './client.ts';
import { connectEmail } from './connector.ts';
import { EMAIL_PATTERN_DEFAULTS, EMAIL_PATTERN_KEYS } from './patterns.ts';

const DOMAIN = /^@?([a-z0-9-]+\.)+[a-z0-9-]+$/i;

const environment = z
  .object({
    // A host of the private LAN without TLS in the only known deployment (upstream-apis.md §3.1).
    EMAIL_BASE_URL: baseUrlVariable('anywhere'),
    EMAIL_AUTH_TOKEN: secretVariable(),
    EMAIL_DOMAIN: textVariable('a domain such as example.com').refine(
      (text) => DOMAIN.test(text),
      'expected a domain such as example.com',
    ),
  })
  .transform(
    (variables): EmailConfig => ({
      baseUrl: variables.EMAIL_BASE_URL,
      authToken: variables.EMAIL_AUTH_TOKEN,
      domain: variables.EMAIL_DOMAIN.replace(/^@/, '').toLowerCase(),
    }),
  );

const patternSettings = {
  [EMAIL_PATTERN_KEYS.conflict]: {
    value: EMAIL_PATTERN_DEFAULTS.conflict,
    zh: '邮箱服务回答中表示地址已属于他人的模式',
    en: "What the mailbox service says when the address is somebody else's",
  },
  [EMAIL_PATTERN_KEYS.exists]: {
    value: EMAIL_PATTERN_DEFAULTS.exists,
    zh: '邮箱服务回答中表示邮箱已存在的模式',
    en: 'What the mailbox service says when the mailbox exists already',
  },
  [EMAIL_PATTERN_KEYS.notVisible]: {
    value: EMAIL_PATTERN_DEFAULTS.notVisible,
    zh: '邮箱服务回答中表示目录账号尚不可见的模式',
    en: 'What the mailbox service says while it does not see the directory account yet',
  },
};

/** Exchange behind its REST wrapper (upstream-apis.md §3.1). */
export const email: ConnectorDefinition<EmailConfig> = {
  system: 'EMAIL',
  facet: 'accounts',
  displayName: { zh: '企业邮箱', en: 'Mailbox' },
  environment,
  variables: ['EMAIL_BASE_URL', 'EMAIL_AUTH_TOKEN', 'EMAIL_DOMAIN'],
  defaults: { ratePerSecond: 10, maxConcurrency: 8, dependsOn: ['IDAAS'], patterns: patternSettings },
  connect: connectEmail,
};
