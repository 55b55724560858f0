import { sql } from 'kysely';
import { inTransaction } from '../../entities/transaction.ts';
import type { KeyContext } from './create-api-key.ts';
import { newKeySecret } from './key-secret.ts';

/** Long enough to look at a page while accounts are made, too short to be worth stealing. */
const LIFETIME_SECONDS = 3_600;

export interface WatchToken {
  readonly token: string;
  /** As Postgres prints it. */
  readonly expiresAt: string;
}

/**
 * Creates a token that may read and watch one request for an hour, and nothing else: for a browser, which must not
 * hold a key. It ends with the key that asked for it. Its hash is a row like any key's, so every replica knows it.
 */
export async function createWatchToken(
  context: KeyContext & { readonly keyId: string | null },
  input: { readonly requestId: string },
): Promise<WatchToken> {
  const { secret, stored } = newKeySecret('watch');
  const expiresAt = await inTransaction(context.em, async (tx) => {
    await sql`delete from api_key where watched_request is not null and expires_at < now()`.execute(tx);
    const { rows } = await sql<{ expires_at: string }>`
      insert into api_key (name, principal, prefix, hash, scopes, watched_request, issued_by_key_id, created_by, expires_at)
      values (${input.requestId}, ${`watch:${input.requestId}`}, ${stored.prefix}, ${stored.hash}, '{requests:read}',
        ${input.requestId}, ${context.keyId}::bigint, ${context.principal},
        now() + make_interval(secs => ${LIFETIME_SECONDS}))
      returning expires_at`.execute(tx);
    const [row] = rows;
    if (row === undefined) throw new Error('The token was not stored.');
    return row.expires_at;
  });
  return { token: secret, expiresAt };
}
