import { type RawBuilder, sql } from 'kysely';
import { allErrors } from '../../../domain/catalogue/all-errors.ts';
import { findErrorEntry } from '../../../domain/errors/render-error.ts';
import type { ItemStatus, TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { tasksByState } from '../../../jobs/provisioning/tasks/count-by-state.ts';
import { taskConditions } from '../../../jobs/provisioning/tasks/task-conditions.ts';
import { Advice, adviceFor } from '../../building/advice.ts';
import { localeArgument } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { FixByEnum } from '../../building/shared-enums.ts';
import type { RequestScope } from '../../context/context.ts';
import { errorText } from '../../context/words.ts';
import { needs } from '../../permissions/rules.ts';
import { all, type Condition } from '../../reading/listing.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { seesEverything, visibleRows } from '../../reading/visible-rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { groupLead } from '../explain/group-lead.ts';
import type { ErrorSummaryShape } from '../rows/request-loaders.ts';
import { ItemStatusEnum, TaskStatusEnum } from '../rows/states.ts';
import { TaskFilter } from './task-filter.ts';

interface ItemCountShape {
  readonly status: ItemStatus;
  readonly count: number;
}

export const ItemCount = builder.objectRef<ItemCountShape>('ItemCount').implement({
  description: 'How many items are in a state.',
  fields: (t) => ({
    status: t.field({
      type: ItemStatusEnum,
      description: 'The state.',
      resolve: (entry) => entry.status,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

/** Tasks of a system in one state. */
export interface TaskCountShape {
  readonly system: string;
  readonly status: TaskStatus;
  readonly count: number;
}

export const TaskCount = builder.objectRef<TaskCountShape>('TaskCount').implement({
  description: 'How many tasks of a system are in a state.',
  fields: (t) => ({
    system: t.field({
      type: AccountSystemEnum,
      description: 'The system.',
      resolve: (entry) => entry.system,
    }),
    status: t.field({
      type: TaskStatusEnum,
      description: 'The state.',
      resolve: (entry) => entry.status,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

export const ErrorSummaryEntry = builder.objectRef<ErrorSummaryShape>('ErrorSummaryEntry').implement({
  description: 'Failures of a request that have the same cause.',
  fields: (t) => ({
    system: t.field({
      type: AccountSystemEnum,
      nullable: true,
      description: 'Where it failed; null when no system was involved.',
      resolve: (entry) => entry.system,
    }),
    code: t.string({ description: 'Stable; for programs.', resolve: ({ error }) => error.code }),
    message: t.string({
      description: 'What happened and what to do; names some of those it concerns.',
      args: localeArgument,
      resolve: ({ error }, { locale }, scope) => errorText(scope, error, locale),
    }),
    count: t.exposeInt('count', { description: 'How often.' }),
    fixBy: t.field({
      type: FixByEnum,
      description: 'Who can put it right.',
      resolve: ({ error }) => findErrorEntry(allErrors, error.code).fixBy,
    }),
    advice: t.field({
      type: [Advice],
      description: 'What to do about it, in three forms; empty when nothing is to be done here.',
      args: localeArgument,
      resolve: ({ system, error }, { locale }, scope) =>
        adviceFor(groupLead(error), { system, errorCode: error.code }, locale ?? scope.locale),
    }),
  }),
});

interface SystemTaskStatsShape {
  readonly system: string;
  readonly total: number;
  readonly counts: readonly TaskCountShape[];
}

const SystemTaskStats = builder.objectRef<SystemTaskStatsShape>('SystemTaskStats').implement({
  description: 'Tasks of one system.',
  fields: (t) => ({
    system: t.field({
      type: AccountSystemEnum,
      description: 'The system.',
      resolve: (entry) => entry.system,
    }),
    total: t.exposeInt('total', { description: 'Tasks in any state.' }),
    counts: t.field({
      type: [TaskCount],
      description: 'By state; states without any are left out.',
      resolve: (entry) => entry.counts,
    }),
  }),
});

builder.queryField('taskStats', (t) =>
  t.field({
    ...needs('requests:read'),
    type: [SystemTaskStats],
    description: 'Tasks by system and state, every registered system.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<TaskCountShape>`
        select * from (${seesEverything(scope) ? tasksByState : countVisible(scope)}) as counted
        order by system, status`.execute(sqlOf(scope));
      return scope.services.systems.map(({ system }) => {
        const counts = rows.filter((row) => row.system === system);
        return { system, counts, total: counts.reduce((sum, row) => sum + row.count, 0) };
      });
    },
  }),
);

/** Counted when asked: of those who do not see everything, and what a filter finds. */
function countVisible(scope: RequestScope, conditions: readonly Condition[] = []): RawBuilder<unknown> {
  return sql`select t.system, t.status, count(*)::int as count from ${visibleRows(scope, 'account_task')} t
    where ${all(conditions)} group by t.system, t.status`;
}

builder.queryField('taskCounts', (t) =>
  t.field({
    ...needs('requests:read'),
    type: [TaskCount],
    description:
      'Tasks by system and state, as the filter of `tasks` finds them; those without any are left out.',
    args: { filter: t.arg({ type: TaskFilter, description: 'Narrows what is counted.' }) },
    resolve: async (_root, { filter }, scope) => {
      const conditions = taskConditions(filter ?? {});
      const known = conditions.length === 0 && seesEverything(scope);
      const { rows } = await sql<TaskCountShape>`
        select * from (${known ? tasksByState : countVisible(scope, conditions)}) as counted
        order by system, status`.execute(sqlOf(scope));
      return rows;
    },
  }),
);
