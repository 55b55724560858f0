import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeyProblem } from '../../domain/access/check-key.ts';
import { ApiKey } from '../../entities/access/api-key.ts';
import type { Sql } from '../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../entities/transaction.ts';
import type { KeyContext } from './create-api-key.ts';
import { newKeySecret } from './key-secret.ts';
import { lockKey, unknownKey } from './revoke-api-key.ts';

/** A month: after a longer overlap it is forgotten that the old key still works. */
export const OVERLAP_MAX_SECONDS = 2_592_000;

export interface RotatedKey {
  /** Primary key of the new key; null when none was made. */
  readonly id: string | null;
  /** Primary key of the old one; null when there is none. */
  readonly previousId: string | null;
  readonly secret: string | null;
  readonly userErrors: readonly KeyProblem[];
}

/**
 * Makes a key of the same principal, scopes and origin systems, and lets the old one expire after the overlap. The
 * new key lives as long as the old one was made for.
 */
export async function rotateApiKey(
  context: KeyContext,
  input: { readonly id: string; readonly overlapSeconds: number },
): Promise<RotatedKey> {
  const { overlapSeconds } = input;
  if (overlapSeconds < 0 || overlapSeconds > OVERLAP_MAX_SECONDS) {
    const field = 'overlapSeconds';
    const parameters = { field, variant: 'OVERLAP', given: overlapSeconds, limit: OVERLAP_MAX_SECONDS };
    return refused(null, { code: 'INVALID', parameters, path: [field] });
  }
  return inTransaction(context.em, (tx, em) => rotate({ tx, em }, context, input));
}

async function rotate(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  context: KeyContext,
  { id, overlapSeconds }: { readonly id: string; readonly overlapSeconds: number },
): Promise<RotatedKey> {
  const key = await lockKey(em, id);
  if (key === null) return refused(null, unknownKey(id));
  const at = await databaseTime(tx);
  const state = key.stateAt(at);
  if (state !== 'ACTIVE') {
    const parameters = { variant: 'KEY', kind: 'API key', id, status: state };
    return refused(id, { code: 'INVALID_STATE', parameters, path: ['id'] });
  }
  const { secret, stored } = newKeySecret('live');
  const { name, principal, scopes, originSystems = null, expiresAt = null, createdAt } = key;
  const made = em.create(ApiKey, {
    ...{ name, principal, ...stored, scopes, originSystems, createdBy: context.principal, createdAt: at },
    expiresAt: expiresAt === null ? null : new Date(at.getTime() + expiresAt.getTime() - createdAt.getTime()),
  });
  key.expireBy(new Date(at.getTime() + 1_000 * overlapSeconds));
  await em.flush();
  return { id: made.id, previousId: id, secret, userErrors: [] };
}

function refused(previousId: string | null, problem: KeyProblem): RotatedKey {
  return { id: null, previousId, secret: null, userErrors: [problem] };
}
