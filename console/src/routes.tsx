import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Broken, Lost } from './frame/lost.tsx';
import { Shell } from './frame/shell.tsx';
import { BASE } from './parts/go.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: Lost });

/** A page whose code is loaded when it is first shown. */
function page(path: string, load: () => Promise<{ readonly View: ComponentType }>) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(async () => ({ default: (await load()).View })),
    errorComponent: Broken,
  });
}

const pages = [
  page('/', () => import('./pages/overview/overview.tsx')),
  page('/requests', () => import('./pages/requests/requests.tsx')),
  page('/requests/new', () => import('./pages/requests/new-request.tsx')),
  page('/items', () => import('./pages/requests/all-items.tsx')),
  page('/attempts', () => import('./pages/tasks/attempts.tsx')),
  page('/requests/$id', () => import('./pages/requests/request.tsx')),
  page('/tasks', () => import('./pages/tasks/tasks.tsx')),
  page('/tasks/$id', () => import('./pages/tasks/task.tsx')),
  page('/people', () => import('./pages/people/people.tsx')),
  page('/people/$id', () => import('./pages/people/person.tsx')),
  page('/runs', () => import('./pages/runs/runs.tsx')),
  page('/runs/$id', () => import('./pages/runs/run.tsx')),
  page('/schedules', () => import('./pages/operation/schedules.tsx')),
  page('/systems', () => import('./pages/operation/systems.tsx')),
  page('/settings', () => import('./pages/operation/settings.tsx')),
  page('/poison', () => import('./pages/operation/poison.tsx')),
  page('/mappings/departments', () => import('./pages/mappings/departments.tsx')),
  page('/mappings/person-types', () => import('./pages/mappings/person-types.tsx')),
  page('/calendars', () => import('./pages/calendars/terms.tsx')),
  page('/calendars/$term', () => import('./pages/calendars/term.tsx')),
  page('/calendars/$term/$offering', () => import('./pages/calendars/calendar.tsx')),
  page('/databases', () => import('./pages/databases/databases.tsx')),
  page('/databases/$id', () => import('./pages/databases/account.tsx')),
  page('/webhooks', () => import('./pages/notifications/webhooks.tsx')),
  page('/deliveries', () => import('./pages/notifications/deliveries.tsx')),
  page('/keys', () => import('./pages/administration/keys.tsx')),
  page('/audit', () => import('./pages/administration/audit.tsx')),
  page('/maintenance', () => import('./pages/administration/maintenance.tsx')),
  page('/developer', () => import('./pages/administration/developer.tsx')),
];

/** Addresses as they are: no JSON in them, so that a filter can be read and typed. */
export const router = createRouter({
  routeTree: root.addChildren(pages),
  basepath: BASE,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) parameters.set(name, String(value));
    const text = parameters.toString();
    return text === '' ? '' : `?${text}`;
  },
  scrollRestoration: true,
});
