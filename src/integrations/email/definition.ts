import { z } from 'zod';
import type { ConnectorDefinition } from '../connector.ts';
import { baseUrlVariable, secretVariable, textVariable } from '../variables.ts';
import type { EmailConfig } from './client.ts';
import { connectEmail } from './connector.ts';

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

/** Exchange behind its REST wrapper (upstream-apis.md §3.1). */
export const email: ConnectorDefinition<EmailConfig> = {
  system: 'EMAIL',
  displayName: { zh: '企业邮箱', en: 'Mailbox' },
  environment,
  variables: ['EMAIL_BASE_URL', 'EMAIL_AUTH_TOKEN', 'EMAIL_DOMAIN'],
  defaults: { ratePerSecond: 10, maxConcurrency: 8 },
  connect: connectEmail,
};
