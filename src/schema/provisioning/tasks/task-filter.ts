import { builder } from '../../building/builder.ts';
import { FixByEnum } from '../../building/shared-enums.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { TaskStatusEnum } from '../rows/states.ts';

/** Of lists, and of what is done to many tasks at once. */
export const TaskFilter = builder.inputType('TaskFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    system: t.field({ type: [AccountSystemEnum], description: 'In one of these systems.' }),
    status: t.field({ type: [TaskStatusEnum], description: 'In one of these states.' }),
    taskIds: t.stringList({ description: 'These, by public id; at most 1,000.' }),
    originSystem: t.string({ description: 'Wanted by a request of exactly this origin system.' }),
    fixBy: t.field({
      type: [FixByEnum],
      description: 'Whose lastError one of these can put right.',
    }),
    employeeNumber: t.string({ description: 'Of this person, without regard to case.' }),
    requestId: t.string({ description: 'Wanted by an item of this request.' }),
    errorCode: t.stringList({ description: 'Whose lastError has one of these codes.' }),
    waitingFor: t.field({
      type: AccountSystemEnum,
      description: 'WAITING because the person has no active account in this system.',
    }),
    updatedAfter: t.field({ type: 'DateTime', description: 'Changed after this moment.' }),
    updatedBefore: t.field({ type: 'DateTime', description: 'Not changed since this moment.' }),
  }),
});
