import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { priorities, taskStatuses } from '../../domain/provisioning/states/states.ts';
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

/** Brings one account into being. At most one open task per (person, system). */
export class AccountTask extends AccountTaskSchema.class {}
AccountTaskSchema.setClass(AccountTask);
