import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import { Secret } from '../../secret.ts';
import type { SecretPlace } from '../secrets/envelope.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';

/** 256 bits, as the scheme recommends between 24 and 64 bytes. */
const SECRET_BYTES = 32;

/** A new signing secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): Secret {
  return new Secret(`whsec_${randomBytes(SECRET_BYTES).toString('base64')}`);
}

/** The place of a webhook's secret; `row` is its primary key. */
export function placeOf(column: 'secret' | 'previous_secret', row: string): SecretPlace {
  return { table: 'webhook', column, row };
}

/** Signing secrets of a webhook, as stored. */
export interface StoredSigners {
  /** Null: there was no key to make it with. */
  readonly secret: string | null;
  /** Null when there is none, or its time is over. */
  readonly previous_secret: string | null;
}

/**
 * Opens the secrets that sign messages to a webhook, the present one first; makes a missing one.
 * @throws SecretUnavailable
 */
export async function openSigners(
  db: Sql,
  keys: SecretKeys,
  webhook: StoredSigners & { readonly id: string },
): Promise<readonly [Secret, ...Secret[]]> {
  const { id, previous_secret: previous } = webhook;
  const stored = webhook.secret ?? (await makeMissing(db, keys, id));
  const secret = keys.open(stored, placeOf('secret', id));
  return previous === null ? [secret] : [secret, keys.open(previous, placeOf('previous_secret', id))];
}

/** When two processes make it at once, the first one's secret stays. */
async function makeMissing(db: Sql, keys: SecretKeys, id: string): Promise<string> {
  const sealed = keys.seal(newWebhookSecret(), placeOf('secret', id));
  const { rows } = await sql<{ secret: string }>`
    update webhook set secret = coalesce(secret, ${sealed}) where id = ${id}::bigint returning secret`.execute(
    db,
  );
  return rows[0]?.secret ?? sealed;
}
