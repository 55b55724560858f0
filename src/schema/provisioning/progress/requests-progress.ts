import { accessKey } from '../../../domain/access/visibility.ts';
import type { Database } from '../../../entities/tables.ts';
import { builder } from '../../building/builder.ts';
import type { SchemaServices } from '../../context/context.ts';
import { apiError } from '../../context/errors.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { RequestCount } from '../requests/requests.ts';
import { itemTotalsByRequest } from '../rows/request-loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest } from '../rows/rows.ts';
import { RequestStatusEnum } from '../rows/states.ts';
import { TaskCount } from '../tasks/task-counts.ts';
import type { ProgressState } from './progress-event.ts';
import { type HubEvent, RequestHub } from './request-hub.ts';
import { narrow, type RequestsProgressEvent, readWatched, WatchedEvents } from './watched-requests.ts';

const WatchedRequest = builder.objectRef<ProgressState>('WatchedRequest').implement({
  description: 'How far one of the watched requests is.',
  fields: (t) => ({
    request: t.field({
      type: AccountRequest,
      description: 'The request as it is with this event.',
      resolve: ({ request }) => request,
    }),
    totalUsers: t.int({ description: 'Items.', resolve: ({ request }) => request.total_users }),
    processedUsers: t.int({
      description: 'Items in a final state.',
      resolve: ({ counts }) => counts.processed,
    }),
    completedUsers: t.int({
      description: 'Items whose accounts all exist.',
      resolve: ({ counts }) => counts.completed,
    }),
    failedUsers: t.int({ description: 'Items that failed.', resolve: ({ counts }) => counts.failed }),
    percent: t.exposeFloat('percent', { description: "The request's progress." }),
    round: t.int({ description: 'The round this belongs to.', resolve: ({ request }) => request.round }),
    taskCounts: t.field({
      type: [TaskCount],
      description: 'Tasks by system and state; what has none is left out.',
      resolve: ({ tasks }) => tasks,
    }),
  }),
});

const RequestsProgress = builder.objectRef<RequestsProgressEvent>('RequestsProgress').implement({
  description: 'What changed among many requests.',
  fields: (t) => ({
    changed: t.field({
      type: [WatchedRequest],
      description:
        'Requests that changed since the previous event, also those that have just left the states watched; at most 100, changedCount has the number. With the first event the newest.',
      resolve: ({ changed }) => changed,
    }),
    changedCount: t.exposeInt('changedCount', {
      description: 'How many changed; with the first event how many there are.',
    }),
    counts: t.field({
      type: [RequestCount],
      description: 'All requests watched, by state; what has none is left out.',
      resolve: ({ counts }) => counts,
    }),
    snapshot: t.exposeBoolean('snapshot', { description: 'True for the first event: the present state.' }),
    truncated: t.exposeBoolean('truncated', {
      description: 'True when more changed than is remembered: read `requests` again.',
    }),
  }),
});

builder.subscriptionField('requestsProgress', (t) =>
  t.field({
    ...needs('requests:read'),
    type: RequestsProgress,
    description:
      'All requests of a filter: the present state at once, then one event per burst of changes (at most 5 a second). Does not end.',
    args: {
      originSystem: t.arg.string({ description: 'Exactly this origin system; default: all.' }),
      status: t.arg({ type: [RequestStatusEnum], description: 'In one of these states; default: all.' }),
    },
    subscribe: async (_root, { originSystem, status }, { services, viewer }) => {
      if (viewer === null) throw apiError('UNAUTHENTICATED', 'Sign in: send an API key.');
      if (originSystem != null && !canBeStored(originSystem))
        throw apiError('BAD_USER_INPUT', 'originSystem has a character that no text may have.');
      const watched = { originSystem: originSystem ?? null, status: status ?? null, sees: viewer.sees };
      const { hub, narrowed, open } = hubOf(services);
      // Joined before the present state is read, so that changes during the read follow it.
      const source = await hub.join();
      try {
        const joined = await source.next();
        if (joined.done === true) throw apiError('NOT_FOUND', 'The service stops.');
        const first = await readWatched(open(), watched, joined.value);
        const key = JSON.stringify([watched.originSystem, watched.status, accessKey({ ...viewer })]);
        return new WatchedEvents({
          source,
          first,
          narrow: (event) => sharedNarrow(narrowed, event, { key, make: () => narrow(event, watched) }),
        });
      } catch (error) {
        await source.return?.();
        throw error;
      }
    },
    resolve: (event, _args, scope) => {
      // The scope may be that of the whole subscription: nothing loaded for an earlier event may answer this one.
      forgetLoaded(scope);
      for (const { request, totals } of event.changed) {
        requestById(scope).prime(request.id, request);
        itemTotalsByRequest(scope).prime(request.id, totals);
      }
      return event;
    },
  }),
);

type Narrowed = WeakMap<HubEvent, Map<string, RequestsProgressEvent | null>>;

/** Narrows one event by a filter, once for all watchers of that filter. */
function sharedNarrow(
  narrowed: Narrowed,
  event: HubEvent,
  filter: { readonly key: string; readonly make: () => RequestsProgressEvent | null },
): RequestsProgressEvent | null {
  const known = narrowed.get(event) ?? new Map<string, RequestsProgressEvent | null>();
  narrowed.set(event, known);
  const made = known.get(filter.key);
  if (made !== undefined) return made;
  const value = filter.make();
  known.set(filter.key, value);
  return value;
}

const hubs = new WeakMap<SchemaServices, ReturnType<typeof openHub>>();

/** One hub per process. */
function hubOf(services: SchemaServices): ReturnType<typeof openHub> {
  const known = hubs.get(services) ?? openHub(services);
  hubs.set(services, known);
  return known;
}

function openHub(services: SchemaServices) {
  const open = () => services.em.fork().getKysely<Database>();
  const narrowed: Narrowed = new WeakMap();
  return { hub: new RequestHub({ feed: services.feed, open }), narrowed, open };
}
