import { sql } from 'kysely';
import { z } from 'zod';
import { canBeStored } from './text-filter.ts';

/** A list as a file: its header, and its rows page by page. */
export interface Export {
  readonly header: readonly string[];
  rows(): AsyncGenerator<readonly (readonly string[])[], void>;
}

/** Parameters of an address, each with all its values. */
export type ExportQuery = Readonly<Record<string, readonly string[]>>;

/** Rows read at once. */
export const EXPORT_PAGE = 1_000;

/** Any of these values. */
export const oneOfMany = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.array(z.enum(values)).optional();
/** Any texts. */
export const texts = z.array(z.string()).optional();
/** A single text. */
export const text = z
  .tuple([z.string()])
  .transform(([one]) => one)
  .optional();
/** A single `true` or `false`. */
export const flag = z
  .tuple([z.enum(['true', 'false'])])
  .transform(([one]) => one === 'true')
  .optional();
/** A single moment with its offset. */
export const moment = z
  .tuple([z.iso.datetime({ offset: true })])
  .transform(([one]) => one)
  .optional();

/** The filter of an address; null for parameters there are none of, and texts that no column can hold. */
export function understood<Filter>(schema: z.ZodType<Filter>, query: ExportQuery): Filter | null {
  if (!Object.values(query).flat().every(canBeStored)) return null;
  return schema.safeParse(query).data ?? null;
}

/** A moment in a cell: ISO 8601, UTC. */
export const utc = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A row of a file, and the key it is found by again. */
export interface KeyedRow {
  readonly id: string;
  readonly cells: readonly string[];
}

/** Reads a list in the order of its keys, a page at a time. */
export async function* pagesOf(
  read: (after: string) => Promise<readonly KeyedRow[]>,
): AsyncGenerator<readonly (readonly string[])[], void> {
  for (let after: string | null = '0'; after !== null; ) {
    const page: readonly KeyedRow[] = await read(after);
    if (page.length > 0) yield page.map(({ cells }) => cells);
    after = page.length < EXPORT_PAGE ? null : (page.at(-1)?.id ?? null);
  }
}

/** A row as it is read: its key, then its cells in the order of the header. */
export type Cells = { readonly id: string } & Readonly<Record<string, string | number | boolean | null>>;

/** Cells of a row in the order of its columns; the first one is its key. */
export function keyed({ id, ...row }: Cells): KeyedRow {
  return { id, cells: Object.values(row).map((value) => String(value ?? '')) };
}
