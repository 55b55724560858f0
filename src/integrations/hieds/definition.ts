import { z } from 'zod';
import type { HrSource, HrSourceDependencies } from '../contract/hr-source.ts';
import type { OptionalUpstreamDefinition } from '../contract/upstream.ts';
import { baseUrlVariable, secretVariable, textVariable, variableOr } from '../contract/variables.ts';
import { connectHieds, type HiedsConfig } from './source.ts';

const PAGE_SIZE_MAX = 1_000;
const PAGE_SIZE_EXPECTED = `expected a whole number from 1 to ${PAGE_SIZE_MAX}`;

const environment = z
  .object({
    HIEDS_BASE_URL: baseUrlVariable('on-loopback'),
    HIEDS_ACCOUNT: textVariable(),
    HIEDS_SECRET: secretVariable(),
    HIEDS_PROJECT: textVariable(),
    HIEDS_ENTERPRISE: textVariable(),
    HIEDS_TENANT_ID: textVariable(),
    HIEDS_PAGE_SIZE: variableOr('200')
      .transform(Number)
      .refine((size) => Number.isInteger(size) && size >= 1 && size <= PAGE_SIZE_MAX, PAGE_SIZE_EXPECTED),
  })
  .transform(
    (variables): HiedsConfig => ({
      baseUrl: variables.HIEDS_BASE_URL,
      account: variables.HIEDS_ACCOUNT,
      secret: variables.HIEDS_SECRET,
      project: variables.HIEDS_PROJECT,
      enterprise: variables.HIEDS_ENTERPRISE,
      tenantId: variables.HIEDS_TENANT_ID,
      pageSize: variables.HIEDS_PAGE_SIZE,
    }),
  );

const required = [
  'HIEDS_BASE_URL',
  'HIEDS_ACCOUNT',
  'HIEDS_SECRET',
  'HIEDS_PROJECT',
  'HIEDS_ENTERPRISE',
  'HIEDS_TENANT_ID',
];

/** iData, the HR source (upstream-apis.md §2.3): without its variables there is no HR sync. */
export const hieds: OptionalUpstreamDefinition<HiedsConfig, HrSourceDependencies, HrSource> = {
  system: 'HIEDS',
  facet: 'people',
  displayName: { zh: '人事系统 iData', en: 'HR (iData)' },
  switch: 'hr_sync_enabled',
  rate: 'hieds_pages_per_second',
  runKind: 'HR_SYNC',
  environment,
  variables: [...required, 'HIEDS_PAGE_SIZE'],
  required,
  connect: connectHieds,
};
