import { type RawBuilder, sql } from 'kysely';

const MARK = /\/\* prepared: ([a-zA-Z0-9-]+) \*\//;
/** Texts of statements from libraries, with the names they were given. */
const named = new Map<string, string>();
/**
 * Limit of names. More would mean that texts hold values, and preparing those would fill the memory of each
 * connection.
 */
const NAMED_MAX = 200;

/**
 * Marks a statement to be planned once per connection. Put it first in statements that run for every task or answer:
 * planning them costs Postgres more than running them. Only for statements whose text never changes and that find
 * their rows by key, so that one plan suits all values. Names are unique in the program.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/* prepared: ${name} */`);
}

/** As `prepared`, for a statement of a library: the same text always gets the same name. */
export function preparedText(text: string): string {
  const known = named.get(text);
  if (known !== undefined) return known;
  if (named.size >= NAMED_MAX) return text;
  const marked = `/* prepared: other-${named.size + 1} */ ${text}`;
  named.set(text, marked);
  return marked;
}

/**
 * `any(…)` of keys in a prepared statement. The sub-select hides their number; without it Postgres would plan anew
 * for each short list.
 */
export function anyKey(ids: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...ids]}::bigint[])::bigint[])`;
}

/** As `anyKey`, of texts. */
export function anyText(values: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...values]}::text[])::text[])`;
}

/** SQLSTATE of a prepared statement whose result type was changed by a migration. */
export const OUTDATED_PLAN = '0A000';

/** The name a statement carries; null when it carries none. */
export function preparedNameOf(statement: string): string | null {
  return MARK.exec(statement.slice(0, 100))?.[1] ?? null;
}
