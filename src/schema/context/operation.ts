import type { PersonalData } from '../../jobs/areas/area.ts';
import { allAreas } from '../../jobs/index.ts';
import type { OperationContext } from '../../jobs/kit/operation.ts';
import type { PoisonContext } from '../../jobs/maintenance/poison-messages.ts';
import type { RetentionRule } from '../../jobs/maintenance/retention-rule.ts';
import type { RunOperationContext } from '../../jobs/runs/locked-run.ts';
import type { RequestScope } from './context.ts';
import { apiError } from './errors.ts';

/** Dependencies of operations, with those that the areas give them. */
export interface ApiContext extends OperationContext, RunOperationContext, PoisonContext {
  readonly principal: string;
  readonly personalData: PersonalData;
  readonly retention: readonly RetentionRule[];
}

/** The context of a function of the jobs layer, for the viewer of this scope. */
export function operationContext({ services, em, viewer }: RequestScope): ApiContext {
  if (viewer === null) throw apiError('UNAUTHENTICATED', 'Sign in: send an API key.');
  const systems = services.systems.map(({ system }) => system);
  return {
    em,
    boss: services.boss,
    settings: services.settings,
    secrets: services.secrets,
    systems,
    principal: viewer.principal,
    displayTimeZone: services.displayTimeZone,
    defaultEmailDomain: services.defaultEmailDomain,
    kinds: allAreas.runKinds,
    queues: allAreas.queues(systems),
    personalData: allAreas.personalData,
    retention: allAreas.retention,
  };
}
