import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { checkKey, type KeyInput, type KeyProblem } from '../../domain/access/check-key.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { newKeySecret } from './key-secret.ts';

/** What operations on keys work with. */
export interface KeyContext {
  readonly em: EntityManager;
  /** The signed-in principal. */
  readonly principal: string;
}

export interface CreatedKey {
  /** Primary key; null when nothing was stored. */
  readonly id: string | null;
  /** The key itself, this once; null when nothing was stored. */
  readonly secret: string | null;
  readonly userErrors: readonly KeyProblem[];
}

/** Creates a key. Only its hash is stored, so it cannot be shown again. */
export async function createApiKey(context: KeyContext, input: KeyInput): Promise<CreatedKey> {
  const checked = checkKey(input, Date.now());
  if (!('key' in checked)) return { id: null, secret: null, userErrors: checked.problems };
  const { name, principal, scopes, originSystems, expiresAt } = checked.key;
  const { secret, stored } = newKeySecret('live');
  const id = await inTransaction(context.em, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into api_key (name, principal, prefix, hash, scopes, origin_systems, expires_at, created_by)
      values (${name}, ${principal}, ${stored.prefix}, ${stored.hash}, ${[...scopes]}::text[],
        ${originSystems === null ? null : [...originSystems]}::text[], ${expiresAt}::timestamptz, ${context.principal})
      returning id`.execute(tx);
    return rows[0]?.id ?? null;
  });
  return { id, secret, userErrors: [] };
}
