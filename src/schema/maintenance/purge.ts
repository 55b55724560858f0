import type { DueCount } from '../../jobs/maintenance/count-due-rows.ts';
import { requestPurge } from '../../jobs/maintenance/request-purge.ts';
import { builder } from '../building/builder.ts';
import { addMutation } from '../building/mutation.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { RunModeEnum, runMode } from '../runs/enums.ts';

const PurgeCount = builder.objectRef<DueCount>('PurgeCount').implement({
  description: 'Rows of one table that are past their days.',
  fields: (t) => ({
    table: t.exposeString('table', {
      description:
        'Name of the table. Requests (`account_request`) keep id, status and counts; of the others whole rows go.',
    }),
    rows: t.exposeInt('rows', { description: 'How many.' }),
    complete: t.exposeBoolean('complete', {
      description: 'False: there are more; counting stops at some ten thousand.',
    }),
  }),
});

addMutation('purge', {
  rule: needs('admin'),
  description:
    'Removes what was kept for its days, as it is done every night; what open work refers to stays. Names are never given free.',
  about: 'Whether to purge, or only to count.',
  input: (t) => ({ mode: t.field(runMode('DRY_RUN: only counts.')) }),
  run: async ({ mode }, scope) => ({
    mode,
    counts: await requestPurge(operationContext(scope), mode),
    userErrors: [],
  }),
  payload: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      description: 'RUN: a job removes them now, in small steps.',
      resolve: ({ mode }) => mode,
    }),
    counts: t.field({
      type: [PurgeCount],
      description: 'What was due when the call came.',
      resolve: ({ counts }) => counts,
    }),
  }),
});
