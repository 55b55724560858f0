import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { attemptOutcomes } from '../../domain/provisioning/states/states.ts';
import { AccountTask } from './account-task.ts';

export const TaskAttemptSchema = defineEntity({
  name: 'TaskAttempt',
  tableName: 'task_attempt',
  properties: {
    id: p.bigint('string').primary(),
    task: () => p.manyToOne(AccountTask),
    /** From 1. */
    executionAttempt: p.integer(),
    outcome: p.enum(attemptOutcomes).nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    errorDetails: p.json<Record<string, unknown>>().nullable(),
    executionContext: p.json<Record<string, unknown>>(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

/** One execution of a task; open until `finishedAt` is set. */
export class TaskAttempt extends TaskAttemptSchema.class {}
TaskAttemptSchema.setClass(TaskAttempt);
