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
export class Webhook extends WebhookSchema.class {
  /** Changes what is given; an empty description is none. */
  change(
    given: {
      readonly url: string | null;
      readonly events: readonly string[] | null;
      readonly description: string | null;
      readonly isActive: boolean | null;
    },
    at: Date,
  ): void {
    this.url = given.url ?? this.url;
    if (given.events !== null) this.events = [...new Set(given.events)];
    if (given.description !== null) this.description = given.description || null;
    this.isActive = given.isActive ?? this.isActive;
    this.updatedAt = at;
  }

  /** Replaces the secret; the former, null when it cannot be read, signs too for a while. All sealed. */
  replaceSecret(secret: string, former: { readonly secret: string; readonly until: Date } | null): void {
    this.secret = secret;
    this.previousSecret = former?.secret ?? null;
    this.previousSecretUntil = former?.until ?? null;
  }
}
WebhookSchema.setClass(Webhook);
