import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OperationError } from '../provisioning/operation.ts';
import { inTransaction } from '../transaction.ts';
import { webhookNotFound } from './upsert-webhook.ts';

export interface DeleteWebhookOutcome {
  readonly deleted: boolean;
  readonly userErrors: readonly OperationError[];
}

/** Deletes a webhook with its deliveries; what is not delivered yet never will be. */
export function deleteWebhook(em: EntityManager, id: string): Promise<DeleteWebhookOutcome> {
  return inTransaction(em, async (tx) => {
    const { rows } = await sql`delete from webhook where id = ${id}::bigint returning id`.execute(tx);
    const deleted = rows.length > 0;
    return { deleted, userErrors: deleted ? [] : [webhookNotFound(id)] };
  });
}
