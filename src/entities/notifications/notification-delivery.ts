import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { deliveryChannels, deliveryStatuses } from '../../domain/notifications/delivery-states.ts';
import { NotificationEvent } from './notification-event.ts';
import { Webhook } from './webhook.ts';

export const NotificationDeliverySchema = defineEntity({
  name: 'NotificationDelivery',
  tableName: 'notification_delivery',
  properties: {
    id: p.bigint('string').primary(),
    event: () => p.manyToOne(NotificationEvent),
    channel: p.enum(deliveryChannels),
    /** Whose secret signs it; null for mail. */
    webhook: () => p.manyToOne(Webhook).nullable(),
    /** URL or address. */
    target: p.string(),
    status: p.enum(deliveryStatuses),
    /** Attempts ever; also tells the results of two attempts apart. */
    attempts: p.integer(),
    /** Of these, those before it was last sent again by hand. */
    attemptsBefore: p.integer(),
    /** While an attempt runs: the time until which no other worker takes the delivery. Null when it is final. */
    nextAttemptAt: p.datetime().nullable(),
    responseStatus: p.integer().nullable(),
    durationMs: p.integer().nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    deliveredAt: p.datetime().nullable(),
  },
});

/** One event on its way to one receiver. */
export class NotificationDelivery extends NotificationDeliverySchema.class {}
NotificationDeliverySchema.setClass(NotificationDelivery);
