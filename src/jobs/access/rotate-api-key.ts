import { sql } from 'kysely';
import type { KeyProblem } from '../../domain/access/check-key.ts';
import { keyState } from '../../domain/access/key-state.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { KeyContext } from './create-api-key.ts';
import { newKeySecret } from './key-secret.ts';
import { unknownKey } from './revoke-api-key.ts';

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

interface FoundKey {
  readonly id: string;
  readonly revoked_at: string | null;
  readonly expires_at: string | null;
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
  return inTransaction(context.em, (tx) => rotate(tx, context, input));
}

async function rotate(
  tx: Sql,
  context: KeyContext,
  { id, overlapSeconds }: { readonly id: string; readonly overlapSeconds: number },
): Promise<RotatedKey> {
  const { rows } = await sql<FoundKey>`
    select id, revoked_at, expires_at from api_key where id = ${id}::bigint and watched_request is null
    for update`.execute(tx);
  const [key] = rows;
  if (key === undefined) return refused(null, unknownKey(id));
  const state = keyState(
    { revokedAtMs: msOf(key.revoked_at), expiresAtMs: msOf(key.expires_at) },
    Date.now(),
  );
  if (state !== 'ACTIVE') {
    const parameters = { variant: 'KEY', kind: 'API key', id, status: state };
    return refused(id, { code: 'INVALID_STATE', parameters, path: ['id'] });
  }
  const { secret, stored } = newKeySecret('live');
  const { rows: made } = await sql<{ id: string }>`
    insert into api_key (name, principal, prefix, hash, scopes, origin_systems, expires_at, created_by)
    select name, principal, ${stored.prefix}, ${stored.hash}, scopes, origin_systems,
      now() + (expires_at - created_at), ${context.principal}
    from api_key where id = ${id}::bigint returning id`.execute(tx);
  await sql`
    update api_key set expires_at = least(expires_at, now() + make_interval(secs => ${overlapSeconds}))
    where id = ${id}::bigint`.execute(tx);
  return { id: made[0]?.id ?? null, previousId: id, secret, userErrors: [] };
}

function refused(previousId: string | null, problem: KeyProblem): RotatedKey {
  return { id: null, previousId, secret: null, userErrors: [problem] };
}

function msOf(moment: string | null): number | null {
  return moment === null ? null : Date.parse(moment);
}
