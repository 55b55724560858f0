import { sql } from 'kysely';
import type { KeyProblem } from '../../domain/access/check-key.ts';
import { inTransaction } from '../../entities/transaction.ts';
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
  const found = await inTransaction(context.em, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from api_key where id = ${input.id}::bigint and watched_request is null for update`.execute(
      tx,
    );
    await sql`
      update api_key set revoked_at = clock_timestamp(), revoked_by = ${context.principal}
      where revoked_at is null
        and (id = ${input.id}::bigint and watched_request is null or issued_by_key_id = ${input.id}::bigint)`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
  return found === null ? { id: null, userErrors: [unknownKey(input.id)] } : { id: found.id, userErrors: [] };
}

/** The error for an id that no key has. */
export function unknownKey(id: string): KeyProblem {
  return { code: 'NOT_FOUND', parameters: { kind: 'API key', id: id.slice(0, 100) }, path: ['id'] };
}
