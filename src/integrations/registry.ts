import { email } from './email/definition.ts';
import { hieds } from './hieds/definition.ts';
import { idaas } from './idaas/definition.ts';
import { welink } from './welink/definition.ts';

/** Every system an account can be created in. The only place that lists them: a new system is one folder and one entry. */
export const connectorDefinitions = [idaas, welink, email] as const;

/** Everything outside that this service speaks to, with the variables that say how; the HR source holds no accounts. */
export const upstreamDefinitions = [...connectorDefinitions, hieds] as const;
