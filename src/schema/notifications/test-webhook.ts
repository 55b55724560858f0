import { testWebhook } from '../../jobs/notifications/test-webhook.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors, unknownId } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import type { DeliveryRow } from './rows.ts';
import { deliveryById, keyOf, WebhookDelivery } from './rows.ts';

interface TestWebhookPayloadShape {
  readonly delivery: DeliveryRow | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('TestWebhookInput', {
  description: 'Which webhook to try.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Its id.' }) }),
});
export const TestWebhookPayload = builder.objectRef<TestWebhookPayloadShape>('TestWebhookPayload').implement({
  description: 'The test that is on its way.',
  fields: (t) => ({
    delivery: t.field({
      type: WebhookDelivery,
      nullable: true,
      description: 'Read it again by its id (`node`) to see how it went; null when there is no such webhook.',
      resolve: (payload) => payload.delivery,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was sent; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('testWebhook', (t) =>
  t.field({
    ...needs('operate'),
    type: TestWebhookPayload,
    description: 'Sends a signed event `webhook.test` to one webhook, also to one that is switched off.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { id } }, scope) => {
      const key = keyOf('Webhook', id);
      const delivery = key === null ? null : await testWebhook(operationContext(scope), key);
      forgetLoaded(scope);
      const errors = delivery === null ? [unknownId('webhook', id, 'id')] : [];
      return {
        delivery: delivery === null ? null : await deliveryById(scope).load(delivery),
        userErrors: renderUserErrors(scope, errors),
      };
    },
  }),
);
