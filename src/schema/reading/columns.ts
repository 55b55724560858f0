import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../../entities/prepared.ts';

/** Columns of one table that a list reads. */
export interface Columns {
  /** In the order of the alphabet; null: all there are. */
  readonly names: readonly string[] | null;
  /** The same for the same columns. */
  readonly key: string;
  /** Distinguishes prepared statements; null when there are too many sets to prepare this one. */
  readonly variant: number | null;
}

/** The whole row. */
export const everyColumn: Columns = { names: null, key: '*', variant: 0 };

/**
 * Sets that are kept in mind, by key: portals and operators ask a handful of questions, and a statement is prepared on
 * every connection for each.
 */
const VARIANTS_MAX = 24;
const variants = new Map<string, Columns>([[everyColumn.key, everyColumn]]);

/** These columns. */
export function columnsNamed(names: Iterable<string>): Columns {
  const sorted = [...new Set(names)].sort();
  const key = sorted.join();
  const known = variants.get(key);
  if (known !== undefined) return known;
  const isKept = variants.size < VARIANTS_MAX;
  const columns = { names: sorted, key, variant: isKept ? variants.size : null };
  if (isKept) variants.set(key, columns);
  return columns;
}

/** These columns and those that the list itself needs. */
export function withColumns({ names, key, variant }: Columns, more: readonly string[]): Columns {
  if (names === null || more.every((name) => names.includes(name))) return { names, key, variant };
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

/** As `prepared`, for a statement that reads these columns. */
export function preparedReading(name: string, { variant }: Columns): RawBuilder<unknown> {
  return variant === null ? sql`` : prepared(variant === 0 ? name : `${name}-${variant}`);
}
