import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { KeyProblem } from '../../domain/access/check-key.ts';
import { ApiKey } from '../../entities/access/api-key.ts';
import { databaseTime, inTransaction } from '../../entities/transaction.ts';
import type { KeyContext } from './create-api-key.ts';

export interface RevokedKey {
  /** Primary key; null when there is none. */
  readonly id: string | null;
  readonly userErrors: readonly KeyProblem[];
}

/**
 * Ends a key, and the watch tokens that it created. A trigger notifies every process, which closes the key's
 * connections. Revoking it again changes nothing.
 */
export async function revokeApiKey(context: KeyContext, input: { readonly id: string }): Promise<RevokedKey> {
  return inTransaction(context.em, async (tx, em) => {
    const key = await lockKey(em, input.id);
    if (key === null) return { id: null, userErrors: [unknownKey(input.id)] };
    key.revoke(context.principal, await databaseTime(tx));
    await em.flush();
    await sql`
      update api_key set revoked_at = clock_timestamp(), revoked_by = ${context.principal}
      where revoked_at is null and issued_by_key_id = ${key.id}::bigint`.execute(tx);
    return { id: key.id, userErrors: [] };
  });
}

/** A key, not a watch token; null when there is none. */
export function lockKey(em: EntityManager, id: string): Promise<ApiKey | null> {
  return em.findOne(ApiKey, { id, watchedRequest: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The error for an id that no key has. */
export function unknownKey(id: string): KeyProblem {
  return { code: 'NOT_FOUND', parameters: { kind: 'API key', id: id.slice(0, 100) }, path: ['id'] };
}
