import { defineEntity, p } from '@mikro-orm/postgresql';
import { AccountTask } from './account-task.ts';
import { RequestItem } from './request-item.ts';

export const DismissedFailureSchema = defineEntity({
  name: 'DismissedFailure',
  tableName: 'dismissed_failure',
  properties: {
    id: p.bigint('string').primary(),
    task: () => p.oneToOne(AccountTask).nullable(),
    item: () => p.oneToOne(RequestItem).nullable(),
    reason: p.string(),
    dismissedBy: p.string(),
    /** It holds until the task, or the item, changes. */
    dismissedAt: p.datetime(),
  },
});

/** A failed task, or an item refused before it had one, that a person has put away. */
export class DismissedFailure extends DismissedFailureSchema.class {}
DismissedFailureSchema.setClass(DismissedFailure);
