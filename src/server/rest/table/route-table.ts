import { accountRoutes } from '../endpoints/accounts.ts';
import { createAccountsRoutes } from '../endpoints/create-accounts.ts';
import { mappingRoutes } from '../endpoints/mappings.ts';
import { peopleRoutes } from '../endpoints/people.ts';
import { requestRoutes } from '../endpoints/request-detail.ts';
import { goneRoutes, rootRoutes } from '../endpoints/root.ts';
import { settingRoutes } from '../endpoints/settings.ts';
import { taskStatsRoutes } from '../endpoints/task-stats.ts';
import { taskRoutes } from '../endpoints/tasks.ts';
import { triggerRoutes } from '../endpoints/triggers.ts';
import type { GoneRoute, RestRoute } from '../wire/route.ts';

/** Every endpoint of the first system that is kept. */
export const restRoutes: readonly RestRoute[] = [
  ...rootRoutes,
  ...createAccountsRoutes,
  ...requestRoutes,
  ...taskStatsRoutes,
  ...taskRoutes,
  ...mappingRoutes,
  ...peopleRoutes,
  ...accountRoutes,
  ...settingRoutes,
  ...triggerRoutes,
];

/** And those that are not. */
export const restGoneRoutes: readonly GoneRoute[] = goneRoutes;
