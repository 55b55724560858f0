/** States and outcomes of runs (DESIGN §2): the same for every kind of sync. */

export const runModes = ['RUN', 'DRY_RUN'] as const;
export type RunMode = (typeof runModes)[number];

export const runTriggers = [
  'MANUAL_SINGLE',
  'MANUAL_BATCH',
  'MANUAL_TASK',
  'SCHEDULED_TASK',
  'EVENT',
] as const;
export type RunTrigger = (typeof runTriggers)[number];

export const runStatuses = [
  'RUNNING',
  'AWAITING_CONFIRMATION',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
] as const;
export type RunStatus = (typeof runStatuses)[number];

export const stepStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED'] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** Outcome of one record, its outcome in a dry run, or (PENDING) work that is left. */
export const runItemOutcomes = [
  'PENDING',
  'SKIPPED',
  'INCOMPLETE',
  'FAILED',
  'WAITS',
  'WOULD_RUN',
  'WOULD_INSERT',
  'WOULD_UPDATE',
  'WOULD_DISABLE',
  'WOULD_ENABLE',
  'WOULD_DELETE',
  'DISABLED',
  'CREATED',
  'UPDATED',
  'DELETED',
  'CONFLICTING',
  'TASK_CREATED',
  'BY_HAND',
  'MISSING',
  'DIFFERING',
  'ORPHAN',
  'CORRECTED',
  'FORGOTTEN',
  'ADOPTED',
  'WOULD_ADOPT',
  'COMPLETED',
  'CANCELLED',
  'AWAITING_CONFIRMATION',
] as const;
export type RunItemOutcome = (typeof runItemOutcomes)[number];

/** States in which a run ends. */
export type FinalRunStatus = Exclude<RunStatus, 'RUNNING' | 'AWAITING_CONFIRMATION'>;

/** True when nothing more happens to the run. */
export function isFinalRun(status: RunStatus): status is FinalRunStatus {
  return status !== 'RUNNING' && status !== 'AWAITING_CONFIRMATION';
}

/** The status of unfinished steps when a run ends with `status`. */
export function stepStatusOf(status: FinalRunStatus): StepStatus {
  switch (status) {
    case 'COMPLETED':
    case 'COMPLETED_WITH_ERRORS':
      return 'COMPLETED';
    case 'FAILED':
      return 'FAILED';
    case 'CANCELLED':
      return 'CANCELLED';
  }
}

/** 0 to 100 over all steps; null while one of them does not know how much there is. */
export function progressOf(
  status: RunStatus,
  steps: readonly { readonly done: number; readonly total: number | null }[],
): number | null {
  if (status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS') return 100;
  let done = 0;
  let total = 0;
  for (const step of steps) {
    if (step.total === null) return null;
    done += step.done;
    total += step.total;
  }
  return total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 1_000) / 10);
}
