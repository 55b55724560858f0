import type { AttemptEnd } from '../../../domain/provisioning/states/settle-attempt.ts';
import type { RemoteAccount } from '../../../integrations/contract/connector.ts';
import type { TakenJob } from '../../kit/job.ts';
import type { TaskFacts } from './task-facts.ts';

/** An attempt whose call is over and whose outcome is to be recorded. */
export interface FinishedAttempt {
  readonly job: TakenJob;
  readonly task: TaskFacts;
  /** Null for a probe of a lost answer, which opens no attempt unless it settles the task. */
  readonly executionAttempt: number | null;
  readonly trial: boolean;
  readonly end: AttemptEnd;
  /** Set when the account exists. */
  readonly account: RemoteAccount | null;
  /** What the vendor said, for operators; already masked. */
  readonly details: Readonly<Record<string, unknown>> | null;
  /** With a throttled end: how long the system asked us to wait, if it said. */
  readonly retryAfterMs: number | null;
  /** Remarks for the task's result, e.g. why the name fell back to the employee number. */
  readonly notes: Readonly<Record<string, unknown>>;
}
