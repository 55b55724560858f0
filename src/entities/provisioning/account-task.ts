import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { historyCodes, priorities, taskStatuses } from '../../domain/provisioning/states/states.ts';
import { Person } from '../people/person.ts';

export const AccountTaskSchema = defineEntity({
  name: 'AccountTask',
  tableName: 'account_task',
  properties: {
    id: p.bigint('string').primary(),
    taskId: p.string(),
    person: () => p.manyToOne(Person),
    system: p.string(),
    /** Read from the Setting `account_dependencies` when the task was planned. */
    dependsOnSystems: p.array(),
    status: p.enum(taskStatuses),
    maxAttempts: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    identifier: p.string().nullable(),
    result: p.json<Record<string, unknown>>().nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    /** Who asked first: fairness takes turns by it. `HR` for tasks that no request wants. */
    originSystem: p.string(),
    priority: p.enum(priorities),
    /** The run that planned it; null when a request did. */
    runId: p.bigint('string').nullable(),
    /** Lost answers up to this attempt were settled by a person. */
    resolvedAttempt: p.integer(),
    resolvedBy: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    completedAt: p.datetime().nullable(),
  },
});

/** Why a person's operation is refused: the code of the error and its parameters. */
export interface TaskRefusal {
  readonly code: 'INVALID_STATE' | 'VERSION_CONFLICT';
  readonly parameters: ErrorParameters;
}

/**
 * Brings one account into being. At most one open task per (person, system). Its methods are the operations that a
 * person has on one task; attempts of workers and changes of many tasks are statements (`jobs/provisioning`).
 */
export class AccountTask extends AccountTaskSchema.class {
  /** Why it cannot be retried by hand; null when it can. */
  refuseRetry(): TaskRefusal | null {
    switch (this.status) {
      case 'RETRY':
        return null;
      case 'FAILED':
      case 'CANCELLED':
        if (this.errorCode != null && historyCodes.includes(this.errorCode))
          return invalidState(this, 'HISTORY');
        return this.person.erasedAt == null ? null : invalidState(this, 'ERASED');
      case 'PENDING':
      case 'WAITING':
      case 'PROCESSING':
      case 'UNCERTAIN':
      case 'COMPLETED':
        return invalidState(this, null);
    }
  }

  /** Ends its wait between two attempts, with this many attempts in all. */
  makeDue(maxAttempts: number, at: Date): void {
    this.nextAttemptAt = at;
    this.maxAttempts = maxAttempts;
    this.updatedAt = at;
  }

  /**
   * Why a finding does not settle its lost answer; null when it does. `seen` is the newest attempt that the person
   * knew of, null: any; `last` the newest there is.
   */
  refuseFinding(seen: number | null, last: number): TaskRefusal | null {
    if (this.status !== 'UNCERTAIN') return invalidState(this, 'NOT_UNCERTAIN');
    if (seen === null || seen === last) return null;
    const parameters = { variant: 'ATTEMPT', kind: 'task', id: this.taskId, expected: seen, actual: last };
    return { code: 'VERSION_CONFLICT', parameters };
  }

  /** The account does not exist: it is sent again, with this many attempts in all, or CANCELLED when nobody wants it. */
  sendAgain(options: { readonly maxAttempts: number; readonly unwanted: boolean; readonly at: Date }): void {
    this.status = options.unwanted ? 'CANCELLED' : 'PENDING';
    this.errorCode = null;
    this.errorParameters = null;
    this.maxAttempts = options.maxAttempts;
    end(this, options.unwanted ? options.at : null, options.at);
  }

  /** Fails, though nobody knows whether the account exists; it says who gave it up, and why. */
  giveUp(principal: string, reason: string | null, at: Date): void {
    this.status = 'FAILED';
    this.errorCode = 'GIVEN_UP';
    this.errorParameters = { principal, reason };
    end(this, at, at);
  }

  /** Lost answers up to this attempt are settled; 0: a retry asks a person again. */
  settle(attempt: number, principal: string): void {
    this.resolvedAttempt = Math.max(this.resolvedAttempt, attempt);
    this.resolvedBy = principal;
  }
}
AccountTaskSchema.setClass(AccountTask);

function invalidState({ taskId, status }: AccountTask, variant: string | null): TaskRefusal {
  const parameters = { ...(variant !== null && { variant }), kind: 'task', id: taskId, status };
  return { code: 'INVALID_STATE', parameters };
}

function end(task: AccountTask, completedAt: Date | null, at: Date): void {
  task.nextAttemptAt = null;
  task.completedAt = completedAt;
  task.updatedAt = at;
}
