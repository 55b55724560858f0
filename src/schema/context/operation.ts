import type { OperationContext } from '../../jobs/kit/operation.ts';
import type { RequestScope } from './context.ts';
import { apiError } from './errors.ts';

/** What an operation of the jobs layer works with, for whoever asks in this scope. */
export function operationContext({ services, em, viewer }: RequestScope): OperationContext {
  if (viewer === null) throw apiError('UNAUTHENTICATED', 'Sign in: send an API key.');
  return {
    em,
    boss: services.boss,
    settings: services.settings,
    secrets: services.secrets,
    systems: services.systems.map(({ system }) => system),
    principal: viewer.principal,
    displayTimeZone: services.displayTimeZone,
    defaultEmailDomain: services.defaultEmailDomain,
  };
}
