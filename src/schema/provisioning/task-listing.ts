import { childPages, type Listing } from '../listing.ts';
import { type AccountTaskRow, selectTasks } from './rows.ts';

/** All tasks, newest first. */
export const taskListing: Listing<AccountTaskRow> = {
  list: 'tasks',
  select: selectTasks,
  key: 't.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (task) => task.id,
};

/** A person's tasks, newest first. */
export const tasksOfPerson = childPages<AccountTaskRow>({
  ...taskListing,
  list: 'personTasks',
  parent: 't.person_id',
  parentColumn: 'person_id',
  parentOf: (task) => task.person_id,
});
