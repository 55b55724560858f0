import { taskConditions } from '../../../jobs/provisioning/tasks/task-conditions.ts';
import { pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { needs } from '../../permissions/rules.ts';
import { askedColumns, askedColumnsOf } from '../../reading/asked-columns.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { readListing } from '../../reading/listing.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { findTask } from '../rows/row-loaders.ts';
import { AccountTask } from '../rows/rows.ts';
import { TaskFilter } from './task-filter.ts';
import { TaskConnection, taskListing } from './task-listing.ts';

builder.queryFields((t) => ({
  task: t.field({
    ...needs('requests:read'),
    type: AccountTask,
    nullable: true,
    description: 'One task; null when unknown.',
    args: { taskId: t.arg.string({ required: true, description: 'Public id of the task.' }) },
    resolve: (_root, { taskId }, scope) => (canBeStored(taskId) ? findTask(scope, taskId) : null),
  }),
  tasks: t.field({
    ...needs('requests:read'),
    type: TaskConnection,
    description: 'Tasks, newest first.',
    args: { ...pageArguments, filter: t.arg({ type: TaskFilter, description: 'Narrows the list.' }) },
    complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
    resolve: (_root, { filter, ...args }, scope, info) => {
      const page = parsePage(args, { list: taskListing.list, max: PAGE_MAX });
      const conditions = taskConditions(filter ?? {});
      const columns = askedColumns(info, 'AccountTask');
      const along = askedColumnsOf(info, 'AccountTask', 'person');
      return readListing(scope, taskListing, { page, conditions, columns, along });
    },
  }),
}));
