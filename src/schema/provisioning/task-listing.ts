import { childPages, type Listing } from '../listing.ts';
import { personById } from './row-loaders.ts';
import { type AccountTaskRow, type PersonRow, selectPeople, selectTasks } from './rows.ts';

/** All tasks, newest first. */
export const taskListing: Listing<AccountTaskRow, PersonRow> = {
  list: 'tasks',
  select: selectTasks,
  key: 't.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (task) => task.id,
  along: { reference: 'person_id', select: selectPeople, loader: personById },
};

/** A person's tasks, newest first. */
export const tasksOfPerson = childPages<AccountTaskRow>({
  ...taskListing,
  list: 'personTasks',
  parent: 't.person_id',
  parentColumn: 'person_id',
  parentOf: (task) => task.person_id,
});
