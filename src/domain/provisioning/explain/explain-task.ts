import { allErrors } from '../../catalogue/all-errors.ts';
import type { StoredError } from '../../errors/error-entry.ts';
import { findErrorEntry } from '../../errors/render-error.ts';
import type { Explanation } from '../../explanations/explanation.ts';
import type { PausedSystem } from '../../settings/paused-systems.ts';
import { findBlocker, type TaskFact } from '../states/item-state.ts';
import { UNCERTAIN_UNRESOLVABLE } from '../states/settle-attempt.ts';
import type { AccountState } from '../states/states.ts';

/** Switches that hold work back. */
export interface Switches {
  /** Setting `account_creation_enabled`. */
  readonly creation: boolean;
  /** Setting `request_task_creation_enabled`. */
  readonly planning: boolean;
  /** Setting `task_processing_enabled`. */
  readonly processing: boolean;
  /** Setting `paused_systems`: those in force at present. */
  readonly paused: readonly PausedSystem[];
}

/** Health of one system as all replicas share it; moments as Postgres prints them. */
export interface SystemCondition {
  readonly system: string;
  readonly throttledUntil: string | null;
  readonly circuit: 'OPEN' | 'CLOSED';
  /** Why the circuit is open. */
  readonly reason: StoredError | null;
  readonly openedAt: string | null;
  readonly nextTrialAt: string | null;
}

export interface TaskToExplain {
  readonly task: TaskFact & { readonly nextAttemptAt: string | null };
  readonly employeeNumber: string;
  /** The person's accounts and standing tasks by system; only looked at while the task waits. */
  readonly accounts: Readonly<Record<string, AccountState>>;
  readonly personTasks: Readonly<Record<string, TaskFact>>;
  readonly condition: SystemCondition | null;
  readonly switches: Switches;
  readonly nowMs: number;
}

/** Why a task is not done, and what would unblock it; nothing when it is done. */
export function explainTask(facts: TaskToExplain): Explanation[] {
  const { task } = facts;
  const parameters = { system: task.system };
  switch (task.status) {
    case 'COMPLETED':
      return [];
    case 'CANCELLED':
      return [{ code: 'CANCELLED' }];
    case 'FAILED':
      return [explainFailure(task.error)];
    case 'PROCESSING':
      return [{ code: 'RUNNING', parameters }];
    case 'UNCERTAIN':
      // A task that a person must resolve waits for nothing else.
      if (task.error?.code === UNCERTAIN_UNRESOLVABLE)
        return [{ code: 'RESOLVE_BY_HAND', parameters, cause: task.error }];
      return [
        explainPause(task.system, facts.switches) ?? {
          code: 'UNCERTAIN',
          parameters,
          times: { until: task.nextAttemptAt },
        },
      ];
    case 'WAITING':
      return [explainWaiting(facts)];
    case 'PENDING':
    case 'RETRY':
      return [explainReady(facts)];
  }
}

/** Why an item or task failed, who can put it right, and how to go on. */
export function explainFailure(error: StoredError | null): Explanation {
  const cause = error ?? { code: 'UNEXPECTED_ERROR', parameters: {} };
  return { code: failureCode(cause.code), cause };
}

/**
 * The explanation of a failure, which says so when a mapping, or a correction of the person, lets the task go on.
 */
function failureCode(code: string): Explanation['code'] {
  switch (code) {
    case 'DEPARTMENT_UNMAPPED':
    case 'DEPARTMENT_OU_MISSING':
      return 'DEPARTMENT_UNMAPPED';
    case 'PERSON_TYPE_UNMAPPED':
    case 'EMAIL_DOMAIN_MISSING':
      return 'PERSON_TYPE_INCOMPLETE';
    case 'PERSON_MISMATCH':
    case 'PHONE_NOT_MOBILE':
    case 'PHONE_INVALID':
    case 'PHONE_MISSING':
    case 'PHONE_TAKEN':
    case 'PHONE_TAKEN_ELSEWHERE':
    case 'UPSTREAM_REJECTED':
      return 'CORRECTABLE';
    default:
      return 'FAILED';
  }
}

function explainWaiting({ task, employeeNumber, accounts, personTasks }: TaskToExplain): Explanation {
  const blocker = findBlocker(task, { accounts, personTasks });
  if (blocker !== null) {
    const parameters = { employeeNumber, ...blocker.parameters };
    return { code: 'BLOCKED', cause: { code: blocker.code, parameters } };
  }
  const missing = task.dependsOn.filter((system) => accounts[system] !== 'ACTIVE');
  const dependencies = missing.length > 0 ? missing : task.dependsOn;
  return { code: 'WAITING_FOR_DEPENDENCY', parameters: { system: task.system, dependencies } };
}

/** Explains a task that could run, from causes that hold everything back to those of this task alone. */
function explainReady({ task, condition, switches, nowMs }: TaskToExplain): Explanation {
  const parameters = { system: task.system };
  if (!switches.creation) return { code: 'CREATION_OFF' };
  if (!switches.processing) return { code: 'PROCESSING_OFF' };
  const pause = explainPause(task.system, switches);
  if (pause !== null) return pause;
  const sickness = condition === null ? null : explainCondition(condition, nowMs);
  if (sickness !== null) return sickness;
  if (task.error === null || task.status === 'PENDING') return { code: 'READY', parameters };
  const due = task.nextAttemptAt === null || Date.parse(task.nextAttemptAt) <= nowMs;
  return {
    code: due ? 'RETRY_DUE' : 'RETRY_AT',
    parameters,
    times: { until: task.nextAttemptAt },
    cause: task.error,
  };
}

/** The explanation of a pause; null when the system is not paused. */
export function explainPause(system: string, { paused }: Switches): Explanation | null {
  const pause = paused.find((candidate) => candidate.system === system);
  if (pause === undefined) return null;
  const parameters = { system, reason: pause.reason };
  return pause.until == null
    ? { code: 'PAUSED', parameters }
    : { code: 'PAUSED_UNTIL', parameters, times: { until: pause.until } };
}

/** Why nothing is sent to a system at present; null when it may be called. */
export function explainCondition(condition: SystemCondition, nowMs: number): Explanation | null {
  const { system, throttledUntil, circuit, reason, openedAt, nextTrialAt } = condition;
  if (circuit === 'OPEN') {
    const cause = reason ?? { code: 'UNEXPECTED_ERROR', parameters: { system } };
    // A cause that only the operator can mend is about credentials or configuration, not about the system's health.
    const refused = findErrorEntry(allErrors, cause.code).fixBy === 'OPERATOR';
    return {
      code: refused ? 'CREDENTIALS_REFUSED' : 'CIRCUIT_OPEN',
      parameters: { system },
      times: { since: openedAt, until: nextTrialAt },
      cause: { ...cause, parameters: { system, ...cause.parameters } },
    };
  }
  if (throttledUntil !== null && Date.parse(throttledUntil) > nowMs)
    return { code: 'THROTTLED', parameters: { system }, times: { until: throttledUntil } };
  return null;
}
