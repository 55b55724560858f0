import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type {
  RunItemOutcome,
  RunMode,
  RunStatus,
  RunTrigger,
  StepStatus,
} from '../../domain/runs/run-states.ts';
import { builder } from '../building/builder.ts';

/** A step as it is in the row of its run. */
export interface RunStepRow {
  readonly key: string;
  readonly parent_key: string | null;
  readonly status: StepStatus;
  readonly done: number;
  readonly total: number | null;
  readonly failed: number;
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

/** Backs the type `SyncRun`: a run with its few steps, read by one statement. */
export interface SyncRunRow {
  readonly id: string;
  readonly run_id: string;
  readonly kind: RunKind;
  readonly scope: string;
  readonly mode: RunMode;
  readonly trigger: RunTrigger;
  readonly status: RunStatus;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
  readonly created_by: string | null;
  readonly confirmation_requested_at: string | null;
  readonly confirmed_by: string | null;
  readonly confirmed_at: string | null;
  readonly rejected_by: string | null;
  readonly rejected_at: string | null;
  readonly rejection_reason: string | null;
  readonly cancel_requested_at: string | null;
  readonly started_at: string;
  readonly updated_at: string;
  readonly finished_at: string | null;
  readonly steps: readonly RunStepRow[];
}

/** Backs the type `RunItem`. */
export interface RunItemRow {
  readonly id: string;
  readonly run_id: string;
  readonly item_key: string;
  readonly outcome: RunItemOutcome;
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly created_at: string;
}

/** Backs the type `Schedule`. */
export interface ScheduleShape {
  readonly name: string;
  readonly kind: RunKind;
  readonly intervalMinutes: number;
  readonly enabled: boolean;
  readonly lastFiredAt: string | null;
  readonly nextFiringAt: Date | null;
}

/** Backs the type `SyncStatus`; runs by primary key. */
export interface SyncStatusShape {
  readonly kind: RunKind;
  readonly enabled: boolean;
  readonly configured: boolean;
  readonly watermark: string | null;
  readonly last: string | null;
  readonly successful: string | null;
  readonly running: string | null;
  readonly awaiting: string | null;
  readonly schedule: ScheduleShape | null;
}

export const SyncRun = builder.objectRef<SyncRunRow>('SyncRun');

/** `select … from` of each type, to be followed by `where`. */
export const selectRuns = sql<SyncRunRow>`
  select r.id, r.run_id, r.kind, r.scope, r.mode, r.trigger, r.status, r.summary, r.error_code, r.error_parameters,
    r.created_by, r.confirmation_requested_at, r.confirmed_by, r.confirmed_at, r.rejected_by, r.rejected_at,
    r.rejection_reason, r.cancel_requested_at, r.started_at, r.updated_at, r.finished_at,
    coalesce((select json_agg(json_build_object('key', s.key, 'parent_key', s.parent_key, 'status', s.status,
      'done', s.done, 'total', s.total, 'failed', s.failed, 'error_code', s.error_code,
      'error_parameters', s.error_parameters, 'started_at', s.started_at::text, 'finished_at', s.finished_at::text)
      order by s.id) from run_step s where s.run_id = r.id), '[]') as steps
  from sync_run r`;
export const selectRunItems = sql<RunItemRow>`select i.* from run_item i`;
