import { sql } from 'kysely';
import { type SubscribableEvent, subscribableEvents } from '../../domain/catalogue/all-events.ts';
import { deleteWebhook } from '../../jobs/notifications/delete-webhook.ts';
import { testWebhook } from '../../jobs/notifications/test-webhook.ts';
import { upsertWebhook } from '../../jobs/notifications/upsert-webhook.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation, rowAfterwards } from '../building/mutation.ts';
import { addNode } from '../building/node.ts';
import { notFound, unknownId } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { errorText } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { sqlOf } from '../reading/loaders.ts';
import { WebhookEventEnum } from './enums.ts';
import {
  deliveryById,
  keyOf,
  lastDeliveryOf,
  selectWebhooks,
  Webhook,
  WebhookDelivery,
  type WebhookRow,
  webhookById,
} from './rows.ts';

Webhook.implement({
  description: 'A receiver of events; docs/notifications.md shows how it verifies the signature.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (webhook) => encodeGlobalId('Webhook', webhook.id),
    }),
    url: t.exposeString('url', { description: 'Where events are posted.' }),
    events: t.field({
      type: [WebhookEventEnum],
      description:
        'Events that it receives. Empty: its secret only signs messages to URLs below its own that requests name (`notify.webhookUrl`).',
      resolve: (webhook) => webhook.events.filter(isSubscribable),
    }),
    description: t.exposeString('description', { nullable: true, description: 'For people.' }),
    isActive: t.exposeBoolean('is_active', { description: 'False: nothing is sent.' }),
    previousSecretUntil: t.field({
      ...needs('operate'),
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before a rotation signs too; null: only the present one does.',
      resolve: (webhook) => webhook.previous_secret_until,
    }),
    secretKeyId: t.field({
      ...needs('operate'),
      type: 'String',
      nullable: true,
      description:
        'Id of the master key that the secret is encrypted with; null: there was none when it was stored, or the secret was not made yet.',
      resolve: (webhook) => webhook.secret_key_id,
    }),
    lastDelivery: t.field({
      ...needs('operate'),
      type: WebhookDelivery,
      nullable: true,
      description: 'The newest event on its way to it, or that it was sent; null while there was none.',
      resolve: (webhook, _args, scope) => lastDeliveryOf(scope).load(webhook.id),
    }),
    createdBy: t.exposeString('created_by', {
      description: 'Who added it; `notify`: made for a URL that a request named.',
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

addNode('Webhook', { rule: ['operate'], loader: webhookById });
builder.queryField('webhooks', (t) =>
  t.field({
    ...needs('operate'),
    type: [Webhook],
    description: 'Every webhook, in the order they were added.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<WebhookRow>`${selectWebhooks} order by w.id`.execute(sqlOf(scope));
      return rows;
    },
  }),
);

/** An event that only a newer build knows is left out. */
function isSubscribable(type: string): type is SubscribableEvent {
  return subscribableEvents.some((known) => known === type);
}

addMutation('upsertWebhook', {
  rule: needs('operate'),
  description: 'Adds a receiver of events, or changes one, or rotates its secret.',
  about: 'A webhook to add or change. What is absent stays as it is.',
  input: (t) => ({
    id: t.id({ description: 'Which one to change; absent: that of this URL, new if there is none.' }),
    url: t.string({
      description:
        'https, or http on this machine; no user name or password. Required in a new one. Redirects are not followed.',
    }),
    events: t.field({
      type: [WebhookEventEnum],
      description: 'Events that it receives; default of a new one: all.',
    }),
    description: t.string({ description: 'For people, at most 500 characters; empty removes it.' }),
    isActive: t.boolean({ description: 'False: nothing is sent. A new one: true.' }),
    rotateSecret: t.boolean({
      defaultValue: false,
      description: 'Make a new secret; the one before signs too for 24 hours.',
    }),
  }),
  run: async (given, scope) => {
    const known = given.id == null ? null : keyOf('Webhook', given.id);
    if (given.id != null && known === null)
      return { ...notFound('webhook', given.id, 'id'), secret: null, notice: null };
    const outcome = await upsertWebhook(operationContext(scope), {
      id: known,
      url: given.url ?? null,
      events: given.events ?? null,
      description: given.description ?? null,
      isActive: given.isActive ?? null,
      rotateSecret: given.rotateSecret ?? false,
    });
    return outcome.id === null && outcome.userErrors.length === 0
      ? { ...notFound('webhook', given.id ?? '', 'id'), secret: null, notice: null }
      : { ...outcome, notice: outcome.notice ?? null };
  },
  payload: (t) => ({
    webhook: t.field(
      rowAfterwards(Webhook, webhookById, 'The webhook as it is now; null when nothing was stored.'),
    ),
    secret: t.string({
      ...needs('operate'),
      nullable: true,
      description: 'The signing secret, `whsec_…`, shown this once: when it was made or rotated.',
      resolve: ({ secret }) => secret?.reveal() ?? null,
    }),
    notice: t.string({
      nullable: true,
      description: 'Said when the URL had a webhook already, which was changed and keeps its secret.',
      args: localeArgument,
      resolve: ({ notice }, { locale }, scope) => (notice === null ? null : errorText(scope, notice, locale)),
    }),
  }),
});

addMutation('deleteWebhook', {
  rule: needs('operate'),
  description: 'Deletes a webhook with its deliveries; what is on its way to it is dropped.',
  about: 'Which webhook is to go.',
  input: (t) => ({ id: t.id({ required: true, description: 'Its id.' }) }),
  run: async ({ id }, scope) => {
    const key = keyOf('Webhook', id);
    const deleted = key !== null && (await deleteWebhook(scope.em, key));
    return { deleted, userErrors: deleted ? [] : [unknownId('webhook', id, 'id')] };
  },
  payload: (t) => ({
    deleted: t.exposeBoolean('deleted', { description: 'True when it was there and is gone.' }),
  }),
});

addMutation('testWebhook', {
  rule: needs('operate'),
  description: 'Sends a signed event `webhook.test` to one webhook, also to one that is switched off.',
  about: 'Which webhook to try.',
  input: (t) => ({ id: t.id({ required: true, description: 'Its id.' }) }),
  run: async ({ id }, scope) => {
    const key = keyOf('Webhook', id);
    const delivery = key === null ? null : await testWebhook(operationContext(scope), key);
    return delivery === null ? notFound('webhook', id, 'id') : { id: delivery, userErrors: [] };
  },
  payload: (t) => ({
    delivery: t.field(
      rowAfterwards(
        WebhookDelivery,
        deliveryById,
        'Read it again by its id (`node`) to see how it went; null when there is no such webhook.',
      ),
    ),
  }),
});
