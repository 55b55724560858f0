import { type RawBuilder, sql } from 'kysely';

/** Columns of one table that a list reads. */
export interface Columns {
  /** In the order of the alphabet; null: all there are. */
  readonly names: readonly string[] | null;
  /** The same for the same columns. */
  readonly key: string;
}

/** The whole row. */
export const everyColumn: Columns = { names: null, key: '*' };

/** These columns. */
export function columnsNamed(names: Iterable<string>): Columns {
  const sorted = [...new Set(names)].sort();
  return { names: sorted, key: sorted.join() };
}

/** These columns and those that the list itself needs. */
export function withColumns(columns: Columns, more: readonly string[]): Columns {
  const { names } = columns;
  if (names === null || more.every((name) => names.includes(name))) return columns;
  return columnsNamed([...names, ...more]);
}

/** The columns as they stand behind `select`; `expressions` are those that are not simply a column of `alias`. */
export function selected(
  alias: string,
  names: Columns['names'],
  expressions: Readonly<Record<string, string>> = {},
): RawBuilder<unknown> {
  if (names === null) return sql.raw(`${alias}.*`);
  // Names of properties in this program, never a caller's text.
  return sql.raw(names.map((name) => expressions[name] ?? `${alias}.${name}`).join(', '));
}
