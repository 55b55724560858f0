import { z } from 'zod';
import type { ConnectorDefinition } from '../contract/connector.ts';
import {
  baseUrlVariable,
  optionalBaseUrlVariable,
  secretVariable,
  textVariable,
} from '../contract/variables.ts';
import type { WelinkConfig } from './client.ts';
import { connectWelink } from './connector.ts';

const environment = z
  .object({
    WELINK_BASE_URL: baseUrlVariable('on-loopback'),
    WELINK_TOKEN_BASE_URL: optionalBaseUrlVariable('on-loopback'),
    WELINK_CLIENT_ID: textVariable(),
    WELINK_CLIENT_SECRET: secretVariable(),
  })
  .transform(
    (variables): WelinkConfig => ({
      baseUrl: variables.WELINK_BASE_URL,
      tokenBaseUrl: variables.WELINK_TOKEN_BASE_URL ?? variables.WELINK_BASE_URL,
      clientId: variables.WELINK_CLIENT_ID,
      clientSecret: variables.WELINK_CLIENT_SECRET,
    }),
  );

/** Huawei WeLink (upstream-apis.md §1): 40 calls a second allowed, 25 hold for long runs (1500 a minute). */
export const welink: ConnectorDefinition<WelinkConfig> = {
  system: 'WELINK',
  facet: 'accounts',
  displayName: { zh: 'WeLink', en: 'WeLink' },
  environment,
  variables: ['WELINK_BASE_URL', 'WELINK_TOKEN_BASE_URL', 'WELINK_CLIENT_ID', 'WELINK_CLIENT_SECRET'],
  defaults: { ratePerSecond: 25, maxConcurrency: 8, dependsOn: ['IDAAS'], patterns: {} },
  connect: connectWelink,
};
