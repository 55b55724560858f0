import { requestPurge } from '../../jobs/maintenance/request-purge.ts';
import { operationContext } from '../operation.ts';
import type { SchemaParts } from '../parts.ts';
import { needs } from '../permissions/rules.ts';
import type { PurgePayloadShape } from './objects.ts';

/** The mutation `purge`. */
export function addPurge({ builder, enums }: SchemaParts): void {
  const input = builder.inputType('PurgeInput', {
    description: 'Whether to purge, or only to count.',
    fields: (t) => ({
      mode: t.field({
        type: enums.runMode,
        required: true,
        defaultValue: 'RUN',
        description: 'DRY_RUN: only counts.',
      }),
    }),
  });
  builder.objectType('PurgeCount', {
    description: 'Rows of one table that are past their days.',
    fields: (t) => ({
      table: t.exposeString('table', {
        description:
          'Name of the table. Requests (`account_request`) keep id, status and counts; of the others whole rows go.',
      }),
      rows: t.exposeInt('rows', { description: 'How many.' }),
    }),
  });
  builder.objectType('PurgePayload', {
    description: 'What is due by the Settings `retention_…`.',
    fields: (t) => ({
      mode: t.field({
        type: enums.runMode,
        description: 'RUN: a job removes them now, in small steps.',
        resolve: (payload) => payload.mode,
      }),
      counts: t.field({
        type: ['PurgeCount'],
        description: 'What was due when the call came.',
        resolve: (payload) => [...payload.counts],
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Why nothing was begun; empty when it was.',
        resolve: () => [],
      }),
    }),
  });
  builder.mutationField('purge', (t) =>
    t.field({
      ...needs('admin'),
      type: 'PurgePayload',
      description:
        'Removes what was kept for its days, as it is done every night; what open work refers to stays. Names are never given free.',
      args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
      resolve: async (_root, { input: { mode } }, scope): Promise<PurgePayloadShape> => ({
        mode,
        counts: await requestPurge(operationContext(scope), mode),
      }),
    }),
  );
}
