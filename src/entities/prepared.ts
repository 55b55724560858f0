import { type RawBuilder, sql } from 'kysely';

const MARK = /\/\* prepared: ([a-z0-9-]+) \*\//;

/**
 * Stands at the head of a statement that runs for every task or every answer: a connection then plans it once, not each time, which
 * costs Postgres more than running it does. Only for statements whose text never changes and that find their rows by
 * key, so that one plan is right for all; names are unique in the program.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/* prepared: ${name} */`);
}

/**
 * `any(…)` of keys, in a prepared statement: the sub-select hides how many there are, else Postgres takes few keys for
 * worth a plan of their own and plans each time all the same.
 */
export function anyKey(ids: readonly string[]): RawBuilder<unknown> {
  return sql`any((select ${[...ids]}::bigint[])::bigint[])`;
}

/** SQLSTATE of a prepared statement whose result is another since a migration. */
export const OUTDATED_PLAN = '0A000';

/** The name a statement carries; null when it carries none. */
export function preparedNameOf(statement: string): string | null {
  return MARK.exec(statement.slice(0, 100))?.[1] ?? null;
}
