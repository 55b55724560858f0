import type { Database } from '../../../entities/tables.ts';
import { builder } from '../../building/builder.ts';
import type { SchemaServices } from '../../context/context.ts';
import { apiError } from '../../context/errors.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { Changes } from '../../streams/changes.ts';
import { itemTotalsByRequest } from '../rows/request-loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest, AccountRequestItem } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import { TaskCount } from '../tasks/task-counts.ts';
import { followRequest, type ProgressEvent, type ProgressState } from './progress-event.ts';

const RequestProgress = builder.objectRef<ProgressEvent>('RequestProgress').implement({
  description: 'How far a request is.',
  fields: (t) => ({
    request: t.field({
      type: AccountRequest,
      description: 'The request as it is with this event.',
      resolve: ({ state }) => state.request,
    }),
    totalUsers: t.int({
      description: 'Items of the request.',
      resolve: ({ state }) => state.request.total_users,
    }),
    processedUsers: t.int({
      description: 'Items in a final state.',
      resolve: ({ state }) => state.counts.processed,
    }),
    completedUsers: t.int({
      description: 'Items whose accounts all exist.',
      resolve: ({ state }) => state.counts.completed,
    }),
    failedUsers: t.int({ description: 'Items that failed.', resolve: ({ state }) => state.counts.failed }),
    percent: t.float({
      description: "The request's progress; within a round it never goes back.",
      resolve: ({ state }) => state.percent,
    }),
    round: t.int({
      description: 'The round this belongs to.',
      resolve: ({ state }) => state.request.round,
    }),
    ratePerSecond: t.exposeFloat('ratePerSecond', {
      nullable: true,
      description: 'People per second over the last half minute; null while unknown.',
    }),
    etaSeconds: t.exposeInt('etaSeconds', {
      nullable: true,
      description: 'Seconds until the round ends at that rate; null while unknown.',
    }),
    taskCounts: t.field({
      type: [TaskCount],
      description: 'Tasks of the items by system and state; what has none is left out.',
      resolve: ({ state }) => state.tasks,
    }),
    changedItems: t.field({
      type: [AccountRequestItem],
      description:
        "Items that changed since this subscriber's previous event, newest change first, at most 100; changedItemCount has the number.",
      resolve: async (event) => (await event.changedItems()).items,
    }),
    changedItemCount: t.int({
      description: "How many items changed since this subscriber's previous event; 0 with the first.",
      resolve: async (event) => (await event.changedItems()).count,
    }),
    final: t.exposeBoolean('final', {
      description: 'True on the last event of this round; the stream then completes.',
    }),
  }),
});

builder.subscriptionField('requestProgress', (t) =>
  t.field({
    ...needs('requests:read'),
    type: RequestProgress,
    description:
      'The first event is the present state, at once; then one event per change, bursts merged (at most 5 a second); completes after the final event of the round. An unknown request is the error NOT_FOUND.',
    args: { requestId: t.arg.string({ required: true, description: 'Public id, `req_…`.' }) },
    subscribe: async (_root, { requestId }, scope) => {
      const visible = await seesRequest(scope, requestId);
      const events = visible ? await changesOf(scope.services).subscribe(requestId) : null;
      if (events === null) throw apiError('NOT_FOUND', 'There is no request of this id.');
      return events;
    },
    resolve: (event, _args, scope) => {
      // The scope may be that of the whole subscription: nothing loaded for an earlier event may answer this one.
      forgetLoaded(scope);
      const { request, totals } = event.state;
      requestById(scope).prime(request.id, request);
      itemTotalsByRequest(scope).prime(request.id, totals);
      return event;
    },
  }),
);

const changes = new WeakMap<SchemaServices, Changes<ProgressState, ProgressEvent>>();

/** One set of readers per process. */
function changesOf(services: SchemaServices): Changes<ProgressState, ProgressEvent> {
  let known = changes.get(services);
  if (known === undefined) {
    known = new Changes({
      feed: services.feed,
      keyOf: (change) => ('request' in change ? change.request : null),
      follow: (requestId) => followRequest(requestId, () => services.em.fork().getKysely<Database>()),
    });
    changes.set(services, known);
  }
  return known;
}
