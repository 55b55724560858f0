import { upsertWebhook } from '../../jobs/notifications/upsert-webhook.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors, unknownId } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { WebhookEventEnum } from './enums.ts';
import type { WebhookRow } from './rows.ts';
import { keyOf, Webhook, webhookById } from './rows.ts';

interface UpsertWebhookPayloadShape {
  readonly webhook: WebhookRow | null;
  readonly secret: string | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('UpsertWebhookInput', {
  description: 'A webhook to add or change. What is absent stays as it is.',
  fields: (t) => ({
    id: t.id({ description: 'Which one to change; absent: that of this URL, new if there is none.' }),
    url: t.string({
      description:
        'https, or http on this machine; no user name or password. Required in a new one. Redirects are not followed.',
    }),
    events: t.field({
      type: [WebhookEventEnum],
      description: 'What it is told of; a new one: everything.',
    }),
    description: t.string({ description: 'For people, at most 500 characters; empty removes it.' }),
    isActive: t.boolean({ description: 'False: nothing is sent. A new one: true.' }),
    rotateSecret: t.boolean({
      defaultValue: false,
      description: 'Make a new secret; the one before signs too for 24 hours.',
    }),
  }),
});
export const UpsertWebhookPayload = builder
  .objectRef<UpsertWebhookPayloadShape>('UpsertWebhookPayload')
  .implement({
    description: 'What became of it.',
    fields: (t) => ({
      webhook: t.field({
        type: Webhook,
        nullable: true,
        description: 'The webhook as it is now; null when nothing was stored.',
        resolve: (payload) => payload.webhook,
      }),
      secret: t.string({
        ...needs('operate'),
        nullable: true,
        description: 'The signing secret, `whsec_…`, shown this once: when it was made or rotated.',
        resolve: (payload) => payload.secret,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why nothing was stored; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('upsertWebhook', (t) =>
  t.field({
    ...needs('operate'),
    type: UpsertWebhookPayload,
    description: 'Adds a receiver of events, or changes one, or rotates its secret.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: given }, scope) => {
      const known = given.id == null ? null : keyOf('Webhook', given.id);
      const unknown = { webhook: null, secret: null, userErrors: [] };
      if (given.id != null && known === null)
        return { ...unknown, userErrors: renderUserErrors(scope, [unknownId('webhook', given.id, 'id')]) };
      const { id, secret, userErrors } = await upsertWebhook(operationContext(scope), {
        id: known,
        url: given.url ?? null,
        events: given.events ?? null,
        description: given.description ?? null,
        isActive: given.isActive ?? null,
        rotateSecret: given.rotateSecret ?? false,
      });
      forgetLoaded(scope);
      const errors =
        id === null && userErrors.length === 0 ? [unknownId('webhook', given.id ?? '', 'id')] : userErrors;
      return {
        webhook: id === null ? null : await webhookById(scope).load(id),
        secret: secret?.reveal() ?? null,
        userErrors: renderUserErrors(scope, errors),
      };
    },
  }),
);
