import { z } from 'zod';
import { calendarEvents } from '../calendar/events.ts';
import { databaseEvents } from '../databases/events.ts';
import { coreEvents } from '../notifications/core-events.ts';
import { provisioningEvents } from '../provisioning/states/events.ts';

const eventSchema = z.union([...provisioningEvents, ...coreEvents, ...databaseEvents, ...calendarEvents]);

/** An event with its data, which belong to its type, and the mail about it. */
export type NotificationEvent = z.output<typeof eventSchema>;

/** Types of events, as in a payload. */
export type EventType = NotificationEvent['type'];
export type EventData<Type extends EventType> = Extract<NotificationEvent, { type: Type }>['data'];

/** Events an endpoint may subscribe to; a test goes only where it was asked for. */
export type SubscribableEvent = Exclude<EventType, 'webhook.test'>;

export const subscribableEvents = eventSchema.options
  .map((kind) => kind.in.shape.type.value)
  .filter((type) => type !== 'webhook.test');

/** An event as it is stored; null for one that this build does not know. */
export function parseEvent(stored: {
  readonly type: string;
  readonly data: unknown;
}): NotificationEvent | null {
  return eventSchema.safeParse(stored).data ?? null;
}
