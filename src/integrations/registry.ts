import { email } from './email/definition.ts';
import { hieds } from './hieds/definition.ts';
import { idaas } from './idaas/definition.ts';
import { timetable } from './timetable/definition.ts';
import { welink } from './welink/definition.ts';
import { wps } from './wps/definition.ts';

/** Every system an account can be created in. The only place that lists them: a new system is one folder and one entry. */
export const connectorDefinitions = [idaas, welink, email] as const;

/** Upstreams that hold no accounts. Each is optional: without its variables its feature is off. */
export const sourceDefinitions = [hieds, wps, timetable] as const;

/** Everything outside that this service speaks to, with the variables that say how. */
export const upstreamDefinitions = [...connectorDefinitions, ...sourceDefinitions] as const;
