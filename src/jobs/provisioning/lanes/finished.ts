import {
  asksForPause,
  livenessOf,
  NO_FREE_SLOT,
} from '../../../domain/provisioning/states/settle-attempt.ts';
import type { TakenJob } from '../../kit/job.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import type { ChangeOutcome } from '../account-changes/settle-changes.ts';
import type { AttemptOutcome } from '../attempts/finished-attempt.ts';

/** An outcome to record: the job's call is over. */
export type Finished = AttemptOutcome | ChangeOutcome;

/** The subject of an outcome. `person`: null when it is gone; `origin`: empty for changes, which share a line. */
interface Subject {
  readonly job: TakenJob;
  readonly system: string;
  readonly person: string | null;
  readonly origin: string;
}

/** Which job, system, person and origin an outcome is about. */
export function subjectOf(finished: Finished): Subject {
  if (finished.kind === 'change') {
    const { job, facts } = finished.change;
    return { job, system: facts.system, person: facts.person, origin: '' };
  }
  const { job, task } = finished.kind === 'attempt' ? finished.attempt : finished.probe;
  return { job, system: task.system, person: task.person_id, origin: task.origin_system };
}

/** Says how healthy the system looked in this call. */
export function signalOf(finished: Finished): HealthSignal {
  if (finished.kind === 'probe') return finished.signal;
  const { end, retryAfterMs, trial } = finished.kind === 'attempt' ? finished.attempt : finished.change;
  const failed = end.kind === 'failed' ? end : null;
  const unsent = failed?.failure === 'refused' || failed?.error.code === NO_FREE_SLOT;
  return {
    liveness: livenessOf(end),
    throttled: asksForPause(end) ? { retryAfterMs } : null,
    error: failed?.error ?? null,
    unspentTrial: trial && (unsent || (failed === null && livenessOf(end) === 'neutral')),
  };
}

/** True for a signal that changes no circuit and no pause. */
export function isEventless({ liveness, throttled, unspentTrial }: HealthSignal): boolean {
  return liveness === 'alive' || (liveness === 'neutral' && throttled === null && !unspentTrial);
}

/**
 * The attempt without its answer, ended as a bug, for an answer that does not fit our tables (an identifier that is
 * too long): otherwise the task would be retried for ever and leave no trace. Null when there is nothing to leave
 * out.
 */
export function withoutAnswer(finished: Finished): Finished | null {
  if (finished.kind !== 'attempt' || finished.attempt.executionAttempt === null) return null;
  const { attempt, control } = finished;
  if (attempt.end.kind === 'failed' && attempt.end.failure === 'bug') return null;
  const parameters = { employeeNumber: attempt.task.employee_number, system: attempt.task.system };
  const end = {
    kind: 'failed',
    failure: 'bug',
    error: { code: 'UNEXPECTED_ERROR', parameters },
  } as const;
  return { kind: 'attempt', control, attempt: { ...attempt, end, account: null, details: null, notes: {} } };
}

/** True for classes 22 and 23 of SQLSTATE: the values are wrong, not the connection. */
export function isBadData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
