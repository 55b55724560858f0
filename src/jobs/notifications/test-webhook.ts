import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { OperationError } from '../provisioning/operation.ts';
import { inTransaction } from '../transaction.ts';
import { enqueueDeliveries } from './relay.ts';
import { webhookNotFound } from './upsert-webhook.ts';

export interface TestWebhookOutcome {
  /** Primary key of the delivery; null when there is no such webhook. */
  readonly delivery: string | null;
  readonly userErrors: readonly OperationError[];
}

/** Sends a `webhook.test` to one webhook, also to one that is switched off; its delivery shows how it went. */
export function testWebhook(
  context: { readonly em: EntityManager; readonly boss: PgBoss },
  id: string,
): Promise<TestWebhookOutcome> {
  return inTransaction(context.em, async (tx) => {
    // Relayed already: it goes to this one receiver only.
    const { rows } = await sql<{ id: string }>`
      with target as (
        select id, url from webhook where id = ${id}::bigint
      ), event as (
        insert into notification_event (type, subject, data, relayed_at)
        select 'webhook.test', ${randomUUID()}::text, jsonb_build_object('webhookUrl', url), clock_timestamp()
        from target returning id
      )
      insert into notification_delivery (event_id, channel, webhook_id, target, next_attempt_at)
      select event.id, 'WEBHOOK', target.id, target.url, now() from event, target returning id`.execute(tx);
    const delivery = rows[0]?.id ?? null;
    if (delivery === null) return { delivery, userErrors: [webhookNotFound(id)] };
    await enqueueDeliveries({ tx, boss: context.boss }, [delivery]);
    return { delivery, userErrors: [] };
  });
}
