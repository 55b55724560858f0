import type { SandboxOperation } from '../playing/played-system.ts';

const CALENDAR = '/v7/calendars/([^/]+)';

const routes = [
  { name: 'calendar-create', method: 'POST', path: '/v7/calendars/create', operation: 'calendar-create' },
  { name: 'calendar-list', method: 'GET', path: '/v7/calendars', operation: 'calendar-list' },
  { name: 'calendar-update', method: 'POST', path: `${CALENDAR}/update`, operation: 'calendar-update' },
  { name: 'calendar-delete', method: 'POST', path: `${CALENDAR}/delete`, operation: 'calendar-delete' },
  {
    name: 'member-create',
    method: 'POST',
    path: `${CALENDAR}/permissions/create`,
    operation: 'member-create',
  },
  {
    name: 'member-create-many',
    method: 'POST',
    path: `${CALENDAR}/permissions/batch_create`,
    operation: 'member-create',
  },
  { name: 'member-list', method: 'GET', path: `${CALENDAR}/permissions`, operation: 'member-list' },
  {
    name: 'member-delete',
    method: 'POST',
    path: `${CALENDAR}/permissions/([^/]+)/delete`,
    operation: 'member-delete',
  },
  { name: 'event-create', method: 'POST', path: `${CALENDAR}/events/create`, operation: 'event-create' },
  {
    name: 'event-create-many',
    method: 'POST',
    path: `${CALENDAR}/events/batch_create`,
    operation: 'event-create',
  },
  { name: 'event-list', method: 'GET', path: `${CALENDAR}/events`, operation: 'event-list' },
  {
    name: 'event-update',
    method: 'POST',
    path: `${CALENDAR}/events/([^/]+)/update`,
    operation: 'event-update',
  },
  {
    name: 'event-delete',
    method: 'POST',
    path: `${CALENDAR}/events/([^/]+)/delete`,
    operation: 'event-delete',
  },
  { name: 'user-find', method: 'POST', path: '/v7/users/by_ex_user_ids', operation: 'user-find' },
  { name: 'message', method: 'POST', path: '/v7/messages/batch_create', operation: 'message' },
] as const satisfies readonly {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: SandboxOperation;
}[];

/** An address that WPS serves. */
export type Route = (typeof routes)[number];

const patterns = routes.map((route) => ({ route, pattern: new RegExp(`^${route.path}$`) }));

/** The address that a request is for, with the ids in its path. */
export function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly ids: readonly string[] } | null {
  for (const { route, pattern } of patterns) {
    const match = route.method === method ? pattern.exec(path) : null;
    if (match !== null) return { route, ids: match.slice(1).map(decodeURIComponent) };
  }
  return null;
}
