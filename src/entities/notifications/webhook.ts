import { defineEntity, p } from '@mikro-orm/postgresql';

export const WebhookSchema = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    id: p.bigint('string').primary(),
    url: p.string(),
    /** Types of events it gets; none: it only signs what requests ask for below its URL. */
    events: p.array(),
    description: p.string().nullable(),
    isActive: p.boolean(),
    /** As `SecretKeys.seal` made it; null: not made yet, because there was no master key. */
    secret: p.string().nullable(),
    previousSecret: p.string().nullable(),
    previousSecretUntil: p.datetime().nullable(),
    createdBy: p.string(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A receiver of events, with the secret that signs them. */
export class Webhook extends WebhookSchema.class {}
WebhookSchema.setClass(Webhook);
