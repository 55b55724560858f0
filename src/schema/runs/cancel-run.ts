import { cancelRun } from '../../jobs/runs/cancel-run.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { canBeStored } from '../reading/text-filter.ts';
import type { SyncRunRow } from './rows.ts';
import { SyncRun } from './rows.ts';
import { runPayload, unknownRun } from './run-payload.ts';

interface CancelRunPayloadShape {
  readonly run: SyncRunRow | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('CancelRunInput', {
  description: 'Which run is to stop.',
  fields: (t) => ({ runId: t.string({ required: true, description: 'Public id, `run_…`.' }) }),
});
export const CancelRunPayload = builder.objectRef<CancelRunPayloadShape>('CancelRunPayload').implement({
  description: 'What became of the cancellation.',
  fields: (t) => ({
    run: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run as it is now; null when unknown.',
      resolve: (payload) => payload.run,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why it was not cancelled; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('cancelRun', (t) =>
  t.field({
    ...needs('operate'),
    type: CancelRunPayload,
    description: 'Stops a run before its next page or item; what it has stored stays.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { runId } }, scope) =>
      runPayload(
        scope,
        canBeStored(runId) ? await cancelRun(operationContext(scope), { runId }) : unknownRun(runId),
      ),
  }),
);
