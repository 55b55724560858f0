import { cancelRun } from '../../jobs/runs/cancel-run.ts';
import { needs } from '../access/rules.ts';
import { renderUserErrors, unknownId } from '../errors.ts';
import { forgetLoaded } from '../loaders.ts';
import type { SchemaParts } from '../parts.ts';
import { canBeStored } from '../text-filter.ts';
import { runById } from './loaders.ts';

/** The mutation `cancelRun`, and `RunPayload`, which every mutation that starts a run answers with. */
export function addCancelRun({ builder }: SchemaParts): void {
  builder.objectType('RunPayload', {
    description: 'The run that a call started or joined.',
    fields: (t) => ({
      run: t.field({
        type: 'SyncRun',
        nullable: true,
        description: 'The run; null when none could be started.',
        resolve: (payload) => payload.run,
      }),
      joined: t.exposeBoolean('joined', {
        description: 'True when a running run of the same scope was joined.',
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Why it was not started; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  const input = builder.inputType('CancelRunInput', {
    description: 'Which run is to stop.',
    fields: (t) => ({ runId: t.string({ required: true, description: 'Public id, `run_…`.' }) }),
  });
  builder.objectType('CancelRunPayload', {
    description: 'What became of the cancellation.',
    fields: (t) => ({
      run: t.field({
        type: 'SyncRun',
        nullable: true,
        description: 'The run as it is now; null when unknown.',
        resolve: (payload) => payload.run,
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Why it was not cancelled; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  builder.mutationField('cancelRun', (t) =>
    t.field({
      ...needs('operate'),
      type: 'CancelRunPayload',
      description: 'Stops a run before its next page or item; what it has stored stays.',
      args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
      resolve: async (_root, { input: { runId } }, scope) => {
        if (!canBeStored(runId))
          return { run: null, userErrors: renderUserErrors(scope, [unknownId('run', runId, 'runId')]) };
        const { id, userErrors } = await cancelRun(scope.em, { runId });
        forgetLoaded(scope);
        return {
          run: id === null ? null : await runById(scope).load(id),
          userErrors: renderUserErrors(scope, userErrors),
        };
      },
    }),
  );
}
