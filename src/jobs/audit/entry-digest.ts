import { type RawBuilder, sql } from 'kysely';

/**
 * The digest of an entry of the audit log (the row `e`), 16 bytes of SHA-256 over all its columns as one JSON text: the
 * same in every version, time zone and language of Postgres. With another `id`: what it would be in that place.
 */
export function entryDigest(id: RawBuilder<unknown> = sql`e.id`): RawBuilder<unknown> {
  return sql`substr(sha256(convert_to(jsonb_build_array(${id}, extract(epoch from e.happened_at)::text, e.txid::text,
    e.actor, e.correlation_id, e.action, e.subject_kind, e.subject_id, e.before, e.after)::text, 'UTF8')), 1, 16)`;
}

/** Bytes of one digest. */
export const DIGEST_BYTES = 16;
