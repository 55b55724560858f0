import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { runKinds, runModes, runStatuses, runTriggers } from '../../domain/runs/run-states.ts';

export const SyncRunSchema = defineEntity({
  name: 'SyncRun',
  tableName: 'sync_run',
  properties: {
    id: p.bigint('string').primary(),
    runId: p.string(),
    kind: p.enum(runKinds),
    /** What of its kind it is about (a term, an instance); empty where there is only one. */
    scope: p.string(),
    mode: p.enum(runModes),
    trigger: p.enum(runTriggers),
    status: p.enum(runStatuses),
    /** What it was started with; each kind has its own. */
    options: p.json<Record<string, unknown>>(),
    summary: p.json<Record<string, unknown>>(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    /** How often it was taken up since it last got further. */
    attempts: p.integer(),
    /** From 1; going on by hand (confirmed, resumed, items retried) adds 1: a job belongs to one round. */
    round: p.integer(),
    createdBy: p.string().nullable(),
    cancelRequestedAt: p.datetime().nullable(),
    confirmationRequestedAt: p.datetime().nullable(),
    confirmedBy: p.string().nullable(),
    confirmedAt: p.datetime().nullable(),
    rejectedBy: p.string().nullable(),
    rejectedAt: p.datetime().nullable(),
    rejectionReason: p.string().nullable(),
    startedAt: p.datetime(),
    updatedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

/** One execution of a sync. */
export class SyncRun extends SyncRunSchema.class {}
SyncRunSchema.setClass(SyncRun);
