import { type SqlBool, sql } from 'kysely';
import { allErrors } from '../../domain/catalogue/all-errors.ts';
import type { SubscribableEvent } from '../../domain/catalogue/all-events.ts';
import type { Locale, StoredError } from '../../domain/errors/error-entry.ts';
import { renderError } from '../../domain/errors/render-error.ts';
import { adviceIn } from '../../domain/explanations/advice.ts';
import type { DeliveryChannel, DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import { maskEmail } from '../../domain/text/mask.ts';
import { type RedeliverInput, redeliver } from '../../jobs/notifications/redeliver.ts';
import { Advice } from '../building/advice.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation, rowAfterwards } from '../building/mutation.ts';
import { addNode } from '../building/node.ts';
import type { RequestScope } from '../context/context.ts';
import { type UnrenderedError, unknownId } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { errorText } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { permitted } from '../permissions/viewer.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { DeliveryChannelEnum, DeliveryStatusEnum, WebhookEventEnum } from './enums.ts';
import {
  type DeliveryRow,
  deliveryById,
  keyOf,
  selectDeliveries,
  Webhook,
  WebhookDelivery,
  webhookById,
} from './rows.ts';

const DeliveryConnection = builder.connectionObject(
  { type: WebhookDelivery, name: 'WebhookDeliveryConnection', description: 'A page of deliveries.' },
  { name: 'WebhookDeliveryEdge', description: 'A delivery and its cursor.' },
);

const deliveryListing: Listing<DeliveryRow> = {
  list: 'webhookDeliveries',
  select: selectDeliveries,
  key: 'd.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (delivery) => delivery.id,
};

WebhookDelivery.implement({
  description: 'One event on its way to one receiver: a webhook, or a mail address.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node` and `redeliver`.',
      resolve: (delivery) => encodeGlobalId('WebhookDelivery', delivery.id),
    }),
    eventId: t.exposeString('event_id', {
      description: '`evt_…`: the `webhook-id` of every attempt, also of one sent again.',
    }),
    type: t.exposeString('type', { description: 'What happened, as in the payload: `request.finished`.' }),
    data: t.field({
      type: 'JSON',
      description: 'What the payload says of it.',
      resolve: (delivery) => delivery.data,
    }),
    occurredAt: t.expose('occurred_at', { type: 'DateTime', description: 'When it happened.' }),
    channel: t.field({
      type: DeliveryChannelEnum,
      description: 'How it is sent.',
      resolve: (delivery) => delivery.channel,
    }),
    webhook: t.field({
      type: Webhook,
      nullable: true,
      description: 'Whose secret signs it; null for mail.',
      resolve: ({ webhook_id }, _args, scope) =>
        webhook_id === null ? null : webhookById(scope).load(webhook_id),
    }),
    target: t.string({
      description: 'URL, or mail address (masked without the scope people:pii).',
      resolve: ({ channel, target }, _args, { viewer }) =>
        channel === 'WEBHOOK' || permitted(viewer, ['people:pii']) ? target : maskEmail(target),
    }),
    status: t.field({
      type: DeliveryStatusEnum,
      description: 'Its state.',
      resolve: (delivery) => delivery.status,
    }),
    attempts: t.exposeInt('attempts', {
      description: 'Attempts so far, those before a redelivery included.',
    }),
    nextAttemptAt: t.expose('next_attempt_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null when it is over.',
    }),
    responseStatus: t.exposeInt('response_status', {
      nullable: true,
      description: 'HTTP status of the last answer; null when there was none.',
    }),
    durationMs: t.exposeInt('duration_ms', {
      nullable: true,
      description: 'How long the last attempt took.',
    }),
    errorCode: t.exposeString('error_code', {
      nullable: true,
      description: 'Why the last attempt failed, for programs; null when it did not.',
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'The same for people, and what to do.',
      args: localeArgument,
      resolve: (delivery, { locale }, scope) => textOf(scope, delivery, locale),
    }),
    advice: t.field({
      type: [Advice],
      description: 'What to do about it, in three forms; empty while nothing has to be done.',
      args: localeArgument,
      resolve: (delivery, { locale }, scope) => {
        const error = errorOf(delivery);
        const language = locale ?? scope.locale;
        if (error === null || delivery.status === 'RETRY') return [];
        return adviceIn(renderError(allErrors, error, language), error.parameters, language);
      },
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was queued.' }),
    deliveredAt: t.expose('delivered_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When the receiver took it; null while it has not.',
    }),
  }),
});

addNode('WebhookDelivery', { rule: ['operate'], loader: deliveryById });
const filter = builder.inputType('WebhookDeliveryFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    webhookId: t.id({ description: 'Signed for this webhook.' }),
    channel: t.field({ type: DeliveryChannelEnum, description: 'Sent this way.' }),
    status: t.field({ type: [DeliveryStatusEnum], description: 'In one of these states.' }),
    event: t.field({ type: [WebhookEventEnum], description: 'About one of these.' }),
    eventId: t.string({ description: 'About this event, `evt_…`.' }),
    requestId: t.string({ description: 'About this request, `req_…`.' }),
    occurredAfter: t.field({ type: 'DateTime', description: 'Happened after this moment.' }),
    occurredBefore: t.field({ type: 'DateTime', description: 'Happened before this moment.' }),
  }),
});

builder.queryField('webhookDeliveries', (t) =>
  t.field({
    ...needs('operate'),
    type: DeliveryConnection,
    description: 'What was sent and what is to be, newest first.',
    args: { ...pageArguments, filter: t.arg({ type: filter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter: given, ...args }, scope) => {
      const page = parsePage(args, { list: deliveryListing.list, max: PAGE_MAX });
      return readListing(scope, deliveryListing, { page, conditions: conditionsOf(given ?? {}) });
    },
  }),
);

function errorOf({ id, error_code: code, error_parameters: parameters }: DeliveryRow): StoredError | null {
  const deliveryId = encodeGlobalId('WebhookDelivery', id);
  return code === null ? null : { code, parameters: { ...parameters, deliveryId } };
}

function textOf(
  scope: RequestScope,
  delivery: DeliveryRow,
  locale: Locale | null | undefined,
): string | null {
  const error = errorOf(delivery);
  return error === null ? null : errorText(scope, error, locale);
}

interface Filter {
  readonly webhookId?: string | null | undefined;
  readonly channel?: DeliveryChannel | null | undefined;
  readonly status?: readonly DeliveryStatus[] | null | undefined;
  readonly event?: readonly SubscribableEvent[] | null | undefined;
  readonly eventId?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly occurredAfter?: string | null | undefined;
  readonly occurredBefore?: string | null | undefined;
}

function conditionsOf(filter: Filter): Condition[] {
  const { webhookId, channel, status, event, occurredAfter, occurredBefore } = filter;
  const conditions: Condition[] = [];
  if (webhookId != null) conditions.push(sql`d.webhook_id = ${keyOf('Webhook', webhookId)}::bigint`);
  if (channel != null) conditions.push(sql`d.channel = ${channel}`);
  if (status != null) conditions.push(sql`d.status = any(${[...status]}::text[])`);
  if (event != null) conditions.push(sql`e.type = any(${[...event]}::text[])`);
  conditions.push(...textCondition(filter.eventId, (text) => sql`e.event_id = ${text}`));
  conditions.push(...textCondition(filter.requestId, (text) => sql`e.data->>'requestId' = ${text}`));
  if (occurredAfter != null) conditions.push(sql`e.occurred_at > ${occurredAfter}::timestamptz`);
  if (occurredBefore != null) conditions.push(sql`e.occurred_at < ${occurredBefore}::timestamptz`);
  return conditions;
}

function textCondition(text: string | null | undefined, condition: (text: string) => Condition): Condition[] {
  if (text == null) return [];
  return [canBeStored(text) ? condition(text) : sql<SqlBool>`false`];
}

addMutation('redeliver', {
  rule: needs('operate'),
  description:
    'Sends events again, in any state, under their former ids: one delivery, or at most 10,000 of a webhook since a moment.',
  about: 'One delivery by `deliveryId`; or those of one webhook by `webhookId` and `since`.',
  input: (t) => ({
    deliveryId: t.id({ description: 'The id of a `WebhookDelivery`, of a webhook or a mail.' }),
    webhookId: t.id({ description: 'The id of a `Webhook`; with `since`.' }),
    since: t.field({ type: 'DateTime', description: 'Events that happened at or after this moment.' }),
    status: t.field({
      type: [DeliveryStatusEnum],
      description: 'With `since`: only deliveries in one of these states; absent: in any.',
    }),
  }),
  run: async (given, scope) => {
    const refused = (error: UnrenderedError) => ({ id: null, requeued: 0, userErrors: [error] });
    const order = orderOf(given);
    if ('error' in order) return refused(order.error);
    const outcome = order.input === null ? null : await redeliver(operationContext(scope), order.input);
    if (outcome === null || order.input === null) return refused(order.unknown);
    return { ...outcome, id: 'delivery' in order.input ? order.input.delivery : null };
  },
  payload: (t) => ({
    requeued: t.exposeInt('requeued', { description: 'How many deliveries are sent again.' }),
    delivery: t.field(
      rowAfterwards(WebhookDelivery, deliveryById, 'With `deliveryId`: the delivery as it is now.'),
    ),
  }),
  userErrors: 'Why nothing is sent again; empty when something is.',
});

interface Given {
  readonly deliveryId?: string | null | undefined;
  readonly webhookId?: string | null | undefined;
  readonly since?: string | null | undefined;
  readonly status?: readonly DeliveryStatus[] | null | undefined;
}

type Order =
  | { readonly error: UnrenderedError }
  /** `input` null: the id is unknown. */
  | { readonly input: RedeliverInput | null; readonly unknown: UnrenderedError };

function orderOf({ deliveryId, webhookId, since, status }: Given): Order {
  if (deliveryId != null && webhookId == null && since == null) {
    const delivery = keyOf('WebhookDelivery', deliveryId);
    const unknown = unknownId('delivery', deliveryId, 'deliveryId');
    return { input: delivery === null ? null : { delivery }, unknown };
  }
  if (deliveryId == null && webhookId != null && since != null) {
    const webhook = keyOf('Webhook', webhookId);
    const unknown = unknownId('webhook', webhookId, 'webhookId');
    return { input: webhook === null ? null : { webhook, since, statuses: status ?? null }, unknown };
  }
  return { error: { code: 'INVALID', parameters: { variant: 'REDELIVER' }, path: [] } };
}
