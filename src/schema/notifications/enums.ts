import type { SubscribableEvent } from '../../domain/catalogue/all-events.ts';
import type { DeliveryChannel, DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import { builder } from '../building/builder.ts';
import { onlyJoined } from '../building/joined-values.ts';
import type { Described } from '../building/shared-enums.ts';

const channels = {
  WEBHOOK: { description: 'Posted to a URL.' },
  EMAIL: { description: 'Sent by mail.' },
} as const satisfies Described<DeliveryChannel>;

export const DeliveryChannelEnum = builder.enumType('DeliveryChannel', {
  description: 'How an event reaches a receiver.',
  values: channels,
});

const statuses = {
  PENDING: { description: 'Not tried yet, or sent again by hand.' },
  RETRY: { description: 'The last attempt failed; it is tried again.' },
  DELIVERED: { description: 'The receiver took it.' },
  DEAD_LETTER: { description: 'Given up; `redeliver` sends it again.' },
  SKIPPED: { description: 'Not sent, for the reason in `error`; `redeliver` sends it again.' },
} as const satisfies Described<DeliveryStatus>;

export const DeliveryStatusEnum = builder.enumType('DeliveryStatus', {
  description: 'State of a delivery.',
  values: statuses,
});

/** Types of events: their names in the API, and in payloads. */
export const WebhookEventEnum = builder.enumType('WebhookEvent', {
  description: 'Events that a webhook can receive.',
  values: onlyJoined<SubscribableEvent>(),
});
