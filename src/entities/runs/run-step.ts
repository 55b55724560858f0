import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { stepStatuses } from '../../domain/runs/run-states.ts';
import { SyncRun } from './sync-run.ts';

export const RunStepSchema = defineEntity({
  name: 'RunStep',
  tableName: 'run_step',
  properties: {
    id: p.bigint('string').primary(),
    run: () => p.manyToOne(SyncRun),
    key: p.string(),
    parentKey: p.string().nullable(),
    status: p.enum(stepStatuses),
    done: p.integer(),
    total: p.integer().nullable(),
    failed: p.integer(),
    /** Where to go on after a crash; each kind has its own. */
    checkpoint: p.json<Record<string, unknown>>().nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
  },
});

/** A stage of a run; steps form a tree by `parentKey`. */
export class RunStep extends RunStepSchema.class {}
RunStepSchema.setClass(RunStep);
