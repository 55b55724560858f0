import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { inTransaction } from '../../entities/transaction.ts';
import { enqueueDeliveries } from './relay.ts';

/**
 * Sends a `webhook.test` to one webhook, also to one that is switched off. Returns the primary key of the delivery,
 * which shows how it went; null when there is no such webhook.
 */
export function testWebhook(
  context: { readonly em: EntityManager; readonly boss: PgBoss },
  id: string,
): Promise<string | null> {
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
    if (delivery !== null) await enqueueDeliveries({ tx, boss: context.boss }, [delivery]);
    return delivery;
  });
}
