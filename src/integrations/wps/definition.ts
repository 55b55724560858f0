import { z } from 'zod';
import type { CalendarSystem, CalendarSystemDependencies } from '../contract/calendar-system.ts';
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

const variables = ['WPS_BASE_URL', 'WPS_APP_ID', 'WPS_APP_SECRET'] as const;

/** WPS, where course calendars live: without its variables there is no calendar sync. */
export const wps = {
  system: WPS_SYSTEM,
  environment,
  variables,
  /** Those whose presence means that it is wanted; one of them demands all. */
  required: variables,
  connect(config: WpsConfig, dependencies: CalendarSystemDependencies): CalendarSystem {
    return connectWps(config, dependencies);
  },
};
