import { type RawBuilder, sql } from 'kysely';

/**
 * `any(…)` of keys. The sub-select hides their number: without it Postgres would plan anew for each short list, also
 * where the statement is prepared.
 */
export function anyKey(ids: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...ids]}::bigint[])::bigint[])`;
}

/** As `anyKey`, of texts. */
export function anyText(values: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...values]}::text[])::text[])`;
}
