import { sql } from 'kysely';
import { type SubscribableEvent, subscribableEvents } from '../../domain/notifications/event.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { needs } from '../permissions/rules.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { sqlOf } from '../reading/loaders.ts';
import { WebhookEventEnum } from './enums.ts';
import { selectWebhooks, Webhook, type WebhookRow, webhookById } from './rows.ts';

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
        'What it is told of. Empty: its secret only signs what requests send below its URL (`notify.webhookUrl`).',
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
