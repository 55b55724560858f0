import { defineEntity, p } from '@mikro-orm/postgresql';

export const NotificationEventSchema = defineEntity({
  name: 'NotificationEvent',
  tableName: 'notification_event',
  properties: {
    id: p.bigint('string').primary(),
    /** Public: `evt_…`, the `webhook-id` of every delivery. */
    eventId: p.string(),
    type: p.string(),
    /** With the type, what makes two events the same one. */
    subject: p.string(),
    data: p.json<Record<string, unknown>>(),
    occurredAt: p.datetime(),
    /** When its deliveries were made; null: still to do. */
    relayedAt: p.datetime().nullable(),
  },
});

/** Something that happened and is told; written by triggers in the transaction that made it happen. */
export class NotificationEvent extends NotificationEventSchema.class {}
NotificationEventSchema.setClass(NotificationEvent);

export const TaskFailureSchema = defineEntity({
  name: 'TaskFailure',
  tableName: 'task_failure',
  properties: {
    id: p.bigint('string').primary(),
    taskId: p.string(),
    system: p.string(),
    code: p.string(),
    failedAt: p.datetime(),
  },
});

/** A task that failed and is not told yet: removed by the digest that counts it. */
export class TaskFailure extends TaskFailureSchema.class {}
TaskFailureSchema.setClass(TaskFailure);
