import { defineEntity, p } from '@mikro-orm/postgresql';
import { AccountTask } from './account-task.ts';
import { RequestItem } from './request-item.ts';

export const RequestItemTaskSchema = defineEntity({
  name: 'RequestItemTask',
  tableName: 'request_item_task',
  properties: {
    item: () => p.manyToOne(RequestItem).primary(),
    task: () => p.manyToOne(AccountTask).primary(),
  },
});

/** An item and a task it waits for; one task may serve items of several requests and runs once. */
export class RequestItemTask extends RequestItemTaskSchema.class {}
RequestItemTaskSchema.setClass(RequestItemTask);
