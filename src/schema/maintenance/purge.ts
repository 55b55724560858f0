import type { RunMode } from '../../domain/runs/run-states.ts';
import type { DueCount } from '../../jobs/maintenance/request-purge.ts';
import { requestPurge } from '../../jobs/maintenance/request-purge.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { RunModeEnum } from '../runs/enums.ts';

interface PurgePayloadShape {
  readonly mode: RunMode;
  readonly counts: readonly DueCount[];
}

const input = builder.inputType('PurgeInput', {
  description: 'Whether to purge, or only to count.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN: only counts.',
    }),
  }),
});
export const PurgeCount = builder.objectRef<DueCount>('PurgeCount').implement({
  description: 'Rows of one table that are past their days.',
  fields: (t) => ({
    table: t.exposeString('table', {
      description:
        'Name of the table. Requests (`account_request`) keep id, status and counts; of the others whole rows go.',
    }),
    rows: t.exposeInt('rows', { description: 'How many.' }),
  }),
});
export const PurgePayload = builder.objectRef<PurgePayloadShape>('PurgePayload').implement({
  description: 'What is due by the Settings `retention_…`.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      description: 'RUN: a job removes them now, in small steps.',
      resolve: (payload) => payload.mode,
    }),
    counts: t.field({
      type: [PurgeCount],
      description: 'What was due when the call came.',
      resolve: (payload) => [...payload.counts],
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was begun; empty when it was.',
      resolve: () => [],
    }),
  }),
});
builder.mutationField('purge', (t) =>
  t.field({
    ...needs('admin'),
    type: PurgePayload,
    description:
      'Removes what was kept for its days, as it is done every night; what open work refers to stays. Names are never given free.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode } }, scope): Promise<PurgePayloadShape> => ({
      mode,
      counts: await requestPurge(operationContext(scope), mode),
    }),
  }),
);
