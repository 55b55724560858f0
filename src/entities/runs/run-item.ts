import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { runItemOutcomes } from '../../domain/runs/run-states.ts';
import { SyncRun } from './sync-run.ts';

export const RunItemSchema = defineEntity({
  name: 'RunItem',
  tableName: 'run_item',
  properties: {
    id: p.bigint('string').primary(),
    run: () => p.manyToOne(SyncRun),
    itemKey: p.string(),
    outcome: p.enum(runItemOutcomes),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    payload: p.json<Record<string, unknown>>(),
    /** The row it is about, where it is about one (`ACCOUNT` and its id); the row may be gone since. */
    subjectKind: p.string().nullable(),
    subjectId: p.bigint('string').nullable(),
    createdAt: p.datetime(),
    settledAt: p.datetime().nullable(),
  },
});

/** Result for one record of a run, where there is something to say; free of personal data. */
export class RunItem extends RunItemSchema.class {}
RunItemSchema.setClass(RunItem);
