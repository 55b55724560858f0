import { sql } from 'kysely';
import { isUrlWithin } from '../../domain/notifications/webhook-url.ts';
import type { Sql } from '../../entities/tables.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { newWebhookSecret, placeOf } from './webhook-secret.ts';

interface SignerRow {
  readonly id: string;
  readonly url: string;
}

/**
 * The webhooks whose secrets sign messages to the URLs that requests named: of each URL the webhook with the longest
 * matching prefix. Where there is none, one is created for the origin, so that no two portals share a secret; it
 * subscribes to nothing, and its secret is shown when it is rotated. Without a master key it has none yet.
 */
export async function signingWebhooks(
  tx: Sql,
  keys: SecretKeys,
  urls: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (urls.length === 0) return new Map();
  const known = await readSigners(tx);
  const missing = urls.filter((url) => signerOf(url, known) === null);
  const signers = missing.length === 0 ? known : await addOrigins(tx, keys, missing);
  return new Map(
    urls.flatMap((url) => {
      const signer = signerOf(url, signers);
      return signer === null ? [] : [[url, signer.id] as const];
    }),
  );
}

function signerOf(url: string, signers: readonly SignerRow[]): SignerRow | null {
  return signers.find((signer) => isUrlWithin(url, signer.url)) ?? null;
}

/** The longest first. */
async function readSigners(tx: Sql): Promise<SignerRow[]> {
  const { rows } = await sql<SignerRow>`
    select id, url from webhook order by char_length(url) desc, id`.execute(tx);
  return rows;
}

async function addOrigins(tx: Sql, keys: SecretKeys, urls: readonly string[]): Promise<SignerRow[]> {
  for (const origin of new Set(urls.map((url) => `${new URL(url).origin}/`))) {
    const id = await nextWebhookId(tx);
    const secret = keys.currentId === null ? null : keys.seal(newWebhookSecret(), placeOf('secret', id));
    await sql`
      insert into webhook (id, url, secret, created_by) values (${id}::bigint, ${origin}, ${secret}, 'notify')
      on conflict (url) do nothing`.execute(tx);
  }
  return readSigners(tx);
}

/** The id of the next webhook, known before the row is written, because the secret is sealed to it. */
export async function nextWebhookId(tx: Sql): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select nextval(pg_get_serial_sequence('webhook', 'id'))::text as id`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('The sequence of webhook gave no id.');
  return row.id;
}
