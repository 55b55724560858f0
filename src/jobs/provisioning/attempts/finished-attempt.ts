import type { TakenJob } from '../../kit/job.ts';
import type { JobControl } from '../../kit/lane.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import type { Execution } from '../calls/call-end.ts';
import type { UnsettledProbe } from './settle-probes.ts';
import type { TaskFacts } from './task-facts.ts';

/** An attempt whose call is over and whose outcome is to be recorded. */
export interface FinishedAttempt extends Execution {
  readonly job: TakenJob;
  readonly task: TaskFacts;
  /** Null for a probe of a lost answer, which opens no attempt unless it settles the task. */
  readonly executionAttempt: number | null;
  readonly trial: boolean;
}

/** Outcome of an attempt, for the recorder. */
export type AttemptOutcome =
  | { readonly kind: 'attempt'; readonly attempt: FinishedAttempt; readonly control: JobControl }
  | {
      readonly kind: 'probe';
      readonly probe: UnsettledProbe;
      readonly signal: HealthSignal;
      readonly control: JobControl;
    };
