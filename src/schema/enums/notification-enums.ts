import type { DeliveryChannel, DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import type { SubscribableEvent } from '../../domain/notifications/event.ts';
import type { Builder } from '../builder.ts';

type Values<T extends string> = Readonly<Record<T, { readonly description: string }>>;

const channels = {
  WEBHOOK: { description: 'Posted to a URL.' },
  EMAIL: { description: 'Sent by mail.' },
} as const satisfies Values<DeliveryChannel>;

const statuses = {
  PENDING: { description: 'Not tried yet, or sent again by hand.' },
  RETRY: { description: 'The last attempt failed; it is tried again.' },
  DELIVERED: { description: 'The receiver took it.' },
  DEAD_LETTER: { description: 'Given up; `redeliver` sends it again.' },
  SKIPPED: { description: 'Not sent, for the reason in `error`; `redeliver` sends it again.' },
} as const satisfies Values<DeliveryStatus>;

/** Names of the API and what stands in payloads. */
const events = {
  REQUEST_FINISHED: {
    value: 'request.finished',
    description: '`request.finished`: every item of a request is final; once per round.',
  },
  TASK_FAILED: {
    value: 'task.failed',
    description: '`task.failed`: tasks failed; one digest per system, error code and quarter of an hour.',
  },
  RUN_FINISHED: {
    value: 'run.finished',
    description:
      '`run.finished`: a run ended. A scheduled one that goes on failing is told once, and again when it works.',
  },
  RUN_AWAITING_CONFIRMATION: {
    value: 'run.awaiting_confirmation',
    description: '`run.awaiting_confirmation`: a run waits for `confirmRun` or `rejectRun`.',
  },
  SYSTEM_CIRCUIT_OPENED: {
    value: 'system.circuit_opened',
    description: '`system.circuit_opened`: nothing is sent to a system but single trials.',
  },
  SYSTEM_CIRCUIT_CLOSED: {
    value: 'system.circuit_closed',
    description: '`system.circuit_closed`: the system answers again.',
  },
} as const satisfies Record<string, { readonly value: SubscribableEvent; readonly description: string }>;

/** Closed sets of the notifications. */
export function addNotificationEnums(builder: Builder) {
  return {
    webhookEvent: builder.enumType('WebhookEvent', {
      description: 'What a webhook may be told of.',
      values: events,
    }),
    deliveryChannel: builder.enumType('DeliveryChannel', {
      description: 'How an event reaches a receiver.',
      values: channels,
    }),
    deliveryStatus: builder.enumType('DeliveryStatus', {
      description: 'State of a delivery.',
      values: statuses,
    }),
  };
}
