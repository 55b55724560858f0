import { z } from 'zod';
import type { CalendarSystem, CalendarSystemDependencies } from '../contract/calendar-system.ts';
import type { OptionalUpstreamDefinition } from '../contract/upstream.ts';
import { baseUrlVariable, secretVariable, textVariable } from '../contract/variables.ts';
import { WPS_SYSTEM, type WpsConfig } from './client.ts';
import { connectWps } from './wps.ts';

const environment = z
  .object({
    WPS_BASE_URL: baseUrlVariable('on-loopback'),
    WPS_APP_ID: textVariable(),
    WPS_APP_SECRET: secretVariable(),
  })
  .transform(
    (variables): WpsConfig => ({
      baseUrl: variables.WPS_BASE_URL,
      appId: variables.WPS_APP_ID,
      appSecret: variables.WPS_APP_SECRET,
    }),
  );

const variables = ['WPS_BASE_URL', 'WPS_APP_ID', 'WPS_APP_SECRET'];

/** WPS, where course calendars live: without its variables there is no calendar sync. */
export const wps: OptionalUpstreamDefinition<WpsConfig, CalendarSystemDependencies, CalendarSystem> = {
  system: WPS_SYSTEM,
  facet: 'calendars',
  displayName: { zh: 'WPS 日历', en: 'WPS calendars' },
  environment,
  variables,
  required: variables,
  connect: connectWps,
};
