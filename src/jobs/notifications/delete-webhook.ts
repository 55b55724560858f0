import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { inTransaction } from '../../entities/transaction.ts';

/** Deletes a webhook with its deliveries, also undelivered ones. False: there is none. */
export function deleteWebhook(em: EntityManager, id: string): Promise<boolean> {
  return inTransaction(em, async (tx) => {
    const { rows } = await sql`delete from webhook where id = ${id}::bigint returning id`.execute(tx);
    return rows.length > 0;
  });
}
