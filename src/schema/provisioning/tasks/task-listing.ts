import { sql } from 'kysely';
import { tasksByState } from '../../../jobs/provisioning/tasks/count-by-state.ts';
import { builder } from '../../building/builder.ts';
import { childPages, type Listing } from '../../reading/listing.ts';
import { alongOf } from '../../reading/read-along.ts';
import { AccountTask, type AccountTaskRow, type PersonRow, selectPeople, selectTasks } from '../rows/rows.ts';

export const TaskConnection = builder.connectionObject(
  { type: AccountTask, name: 'AccountTaskConnection', description: 'A page of tasks.' },
  { name: 'AccountTaskEdge', description: 'A task and its cursor.' },
);

/** Whose account it is. */
export const personOfTask = alongOf<PersonRow>({ reference: 'person_id', select: selectPeople });

/** All tasks, newest first. */
export const taskListing: Listing<AccountTaskRow, PersonRow> = {
  list: 'tasks',
  select: selectTasks,
  key: 't.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (task) => task.id,
  total: sql`select sum(count)::int as count from (${tasksByState}) as counted`,
  along: personOfTask,
};

/** A person's tasks, newest first. */
export const tasksOfPerson = childPages<AccountTaskRow>({
  ...taskListing,
  list: 'personTasks',
  parent: 't.person_id',
  parentColumn: 'person_id',
  parentOf: (task) => task.person_id,
});
