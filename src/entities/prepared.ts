import { type RawBuilder, sql } from 'kysely';

const MARK = /\/\* prepared: ([a-zA-Z0-9-]+) \*\//;
/** Statements of others that were given a name. */
const named = new Map<string, string>();
/** More would mean that a text holds values: preparing such statements would fill the memory of each connection. */
const NAMED_MAX = 200;

/**
 * Stands at the head of a statement that runs for every task or every answer: a connection then plans it once, not each time, which
 * costs Postgres more than running it does. Only for statements whose text never changes and that find their rows by
 * key, so that one plan is right for all; names are unique in the program.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/* prepared: ${name} */`);
}

/** As `prepared`, for a statement that somebody else wrote: the same text always goes under the same name. */
export function preparedText(text: string): string {
  const known = named.get(text);
  if (known !== undefined) return known;
  if (named.size >= NAMED_MAX) return text;
  const marked = `/* prepared: other-${named.size + 1} */ ${text}`;
  named.set(text, marked);
  return marked;
}

/**
 * `any(…)` of keys, in a prepared statement: the sub-select hides how many there are, else Postgres takes few keys for
 * worth a plan of their own and plans each time all the same.
 */
export function anyKey(ids: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...ids]}::bigint[])::bigint[])`;
}

/** As `anyKey`, of texts. */
export function anyText(values: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...values]}::text[])::text[])`;
}

/** SQLSTATE of a prepared statement whose result is another since a migration. */
export const OUTDATED_PLAN = '0A000';

/** The name a statement carries; null when it carries none. */
export function preparedNameOf(statement: string): string | null {
  return MARK.exec(statement.slice(0, 100))?.[1] ?? null;
}
