import type { DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import { type RedeliverInput, redeliver } from '../../jobs/notifications/redeliver.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors, type UnrenderedError, unknownId } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { DeliveryStatusEnum } from './enums.ts';
import type { DeliveryRow } from './rows.ts';
import { deliveryById, keyOf, WebhookDelivery } from './rows.ts';

interface RedeliverPayloadShape {
  readonly requeued: number;
  readonly delivery: DeliveryRow | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('RedeliverInput', {
  description: 'One delivery by `deliveryId`; or those of one webhook by `webhookId` and `since`.',
  fields: (t) => ({
    deliveryId: t.id({ description: 'The id of a `WebhookDelivery`, of a webhook or a mail.' }),
    webhookId: t.id({ description: 'The id of a `Webhook`; with `since`.' }),
    since: t.field({ type: 'DateTime', description: 'Events that happened at or after this moment.' }),
    status: t.field({
      type: [DeliveryStatusEnum],
      description: 'With `since`: only deliveries in one of these states; absent: in any.',
    }),
  }),
});
export const RedeliverPayload = builder.objectRef<RedeliverPayloadShape>('RedeliverPayload').implement({
  description: 'What is sent again.',
  fields: (t) => ({
    requeued: t.exposeInt('requeued', { description: 'How many deliveries are sent again.' }),
    delivery: t.field({
      type: WebhookDelivery,
      nullable: true,
      description: 'With `deliveryId`: the delivery as it is now.',
      resolve: (payload) => payload.delivery,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing is sent again; empty when something is.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('redeliver', (t) =>
  t.field({
    ...needs('operate'),
    type: RedeliverPayload,
    description:
      'Sends events again, whatever became of them, with the ids they had: one delivery, or at most 10,000 of a webhook since a moment.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: given }, scope) => {
      const refused = (errors: readonly UnrenderedError[]) => ({
        requeued: 0,
        delivery: null,
        userErrors: renderUserErrors(scope, errors),
      });
      const order = orderOf(given);
      if ('error' in order) return refused([order.error]);
      const outcome = order.input === null ? null : await redeliver(operationContext(scope), order.input);
      if (outcome === null) return refused([order.unknown]);
      forgetLoaded(scope);
      const one = order.input !== null && 'delivery' in order.input ? order.input.delivery : null;
      return {
        requeued: outcome.requeued,
        delivery: one === null ? null : await deliveryById(scope).load(one),
        userErrors: renderUserErrors(scope, outcome.userErrors),
      };
    },
  }),
);

interface Given {
  readonly deliveryId?: string | null | undefined;
  readonly webhookId?: string | null | undefined;
  readonly since?: string | null | undefined;
  readonly status?: readonly DeliveryStatus[] | null | undefined;
}

type Order =
  | { readonly error: UnrenderedError }
  /** `input` null: nobody issued such an id. */
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
