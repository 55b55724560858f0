import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { runKinds } from '../../domain/runs/run-kinds.ts';
import { isFinalRun, runModes, runStatuses, runTriggers } from '../../domain/runs/run-states.ts';

export const SyncRunSchema = defineEntity({
  name: 'SyncRun',
  tableName: 'sync_run',
  properties: {
    id: p.bigint('string').primary(),
    runId: p.string(),
    kind: p.enum(runKinds),
    /** The subject of the run among those of its kind (a term, an instance); empty where there is only one. */
    scope: p.string(),
    mode: p.enum(runModes),
    trigger: p.enum(runTriggers),
    status: p.enum(runStatuses),
    /** Options of the run; each kind has its own. */
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

/**
 * One execution of a sync. Its methods are the operations that a person has on it. Each answers null, or the reason
 * of a refusal as parameters of INVALID_STATE, and then has changed nothing. The operations of its job are in
 * `jobs/runs/run-record.ts`.
 */
export class SyncRun extends SyncRunSchema.class {
  /** Lets it go on that waits for confirmation. */
  confirm(by: string, at: Date): ErrorParameters | null {
    if (this.status !== 'AWAITING_CONFIRMATION') return {};
    this.confirmedBy = by;
    this.confirmedAt = at;
    beginRound(this, at);
    return null;
  }

  /** Says who does not want it, and why; the caller ends it. It can never be resumed. */
  reject(by: string, reason: string | null, at: Date): ErrorParameters | null {
    if (this.status !== 'AWAITING_CONFIRMATION') return {};
    this.rejectedBy = by;
    this.rejectedAt = at;
    this.rejectionReason = reason;
    return null;
  }

  /** Asks it to stop: it stops before its next page or item. Asked again, it stays as it is. */
  requestCancel(at: Date): ErrorParameters | null {
    if (isFinalRun(this.status)) return this.status === 'CANCELLED' ? null : {};
    this.cancelRequestedAt ??= at;
    this.updatedAt = at;
    return null;
  }

  /** Lets it go on that FAILED or was CANCELLED, at its checkpoint. */
  resume(at: Date): ErrorParameters | null {
    return this.status === 'FAILED' || this.status === 'CANCELLED' ? this.reopen(at) : {};
  }

  /** Makes it live again, however it ended. */
  reopen(at: Date): ErrorParameters | null {
    if (!isFinalRun(this.status)) return {};
    if (this.rejectedBy != null) return { variant: 'RUN_REJECTED', rejectedBy: this.rejectedBy };
    this.finishedAt = null;
    this.cancelRequestedAt = null;
    this.errorCode = null;
    this.errorParameters = null;
    beginRound(this, at);
    return null;
  }
}
SyncRunSchema.setClass(SyncRun);

// No private method: MikroORM makes entities without their constructor, and these would not have it.
function beginRound(run: SyncRun, at: Date): void {
  run.status = 'RUNNING';
  run.round += 1;
  run.attempts = 0;
  run.updatedAt = at;
}
