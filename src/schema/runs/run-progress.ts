import { isFinalRun } from '../../domain/runs/run-states.ts';
import type { Database } from '../../entities/tables.ts';
import { builder } from '../building/builder.ts';
import type { SchemaServices } from '../context/context.ts';
import { apiError } from '../context/errors.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { Changes } from '../streams/changes.ts';
import { findRun } from './loaders.ts';
import type { SyncRunRow } from './rows.ts';
import { SyncRun } from './rows.ts';

builder.subscriptionField('runProgress', (t) =>
  t.field({
    ...needs('operate'),
    type: SyncRun,
    description:
      'The first event is the present state, at once; then one event per change, bursts merged (at most 5 a second); completes when the run has ended. An unknown run is the error NOT_FOUND.',
    args: { runId: t.arg.string({ required: true, description: 'Public id, `run_…`.' }) },
    subscribe: async (_root, { runId }, { services }) => {
      const events = canBeStored(runId) ? await changesOf(services).subscribe(runId) : null;
      if (events === null) throw apiError('NOT_FOUND', 'There is no run of this id.');
      return events;
    },
    resolve: (run, _args, scope) => {
      // The scope may be that of the whole subscription: nothing loaded for an earlier event may answer this one.
      forgetLoaded(scope);
      return run;
    },
  }),
);

const changes = new WeakMap<SchemaServices, Changes<SyncRunRow, SyncRunRow>>();

/** One set of readers per process. */
function changesOf(services: SchemaServices): Changes<SyncRunRow, SyncRunRow> {
  let known = changes.get(services);
  if (known === undefined) {
    known = new Changes<SyncRunRow, SyncRunRow>({
      feed: services.feed,
      keyOf: (change) => ('run' in change ? change.run : null),
      follow: (runId) => ({
        read: () => findRun(services.em.fork().getKysely<Database>(), runId),
        isSame: (before, after) => JSON.stringify(before) === JSON.stringify(after),
        isFinal: (run) => isFinalRun(run.status),
        toEvent: (_previous, current) => current,
      }),
    });
    changes.set(services, known);
  }
  return known;
}
