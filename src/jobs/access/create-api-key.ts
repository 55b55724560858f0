import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { checkKey, type KeyInput, type KeyProblem } from '../../domain/access/check-key.ts';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import { ApiKey } from '../../entities/access/api-key.ts';
import type { Sql } from '../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../entities/transaction.ts';
import { newKeySecret } from './key-secret.ts';

/** Dependencies of operations on API keys. */
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
  /** Consequence of the new principal for keys that renew this one; null when it was given. */
  readonly notice: StoredError | null;
  readonly userErrors: readonly KeyProblem[];
}

/** Creates a key. Only its hash is stored, so it cannot be shown again. */
export async function createApiKey(context: KeyContext, input: KeyInput): Promise<CreatedKey> {
  const checked = checkKey(input, Date.now());
  if (!('key' in checked)) return { id: null, secret: null, notice: null, userErrors: checked.problems };
  const { name, principal, scopes, originSystems, expiresAt } = checked.key;
  const { secret, stored } = newKeySecret('live');
  return inTransaction(context.em, async (tx, em) => {
    const notice = input.principal === null ? await principalNotice(tx, { principal, originSystems }) : null;
    const key = em.create(ApiKey, {
      ...{ name, principal, ...stored, scopes: [...scopes], createdBy: context.principal },
      originSystems: originSystems === null ? null : [...originSystems],
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      createdAt: await databaseTime(tx),
    });
    await em.flush();
    return { id: key.id, secret, notice, userErrors: [] };
  });
}

/** A key under another name shares nothing with the one it renews; the principals of such keys are offered. */
async function principalNotice(
  tx: Sql,
  {
    principal,
    originSystems,
  }: { readonly principal: string; readonly originSystems: readonly string[] | null },
): Promise<StoredError | null> {
  const { rows } = await sql<{ principal: string }>`
    select distinct principal from api_key
    where watched_request is null and revoked_at is null and principal <> ${principal}
      and origin_systems && ${originSystems === null ? [] : [...originSystems]}::text[]
    order by principal limit 5`.execute(tx);
  const others = rows.map((row) => row.principal);
  if (others.length > 0)
    return { code: 'KEY_PRINCIPAL', parameters: { variant: 'OTHERS', principal, others } };
  return { code: 'KEY_PRINCIPAL', parameters: { principal } };
}
