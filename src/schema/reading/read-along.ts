import { type RawBuilder, sql } from 'kysely';
import type { RequestScope } from '../context/context.ts';
import { type Columns, withColumns } from './columns.ts';
import { perOperation } from './loaders.ts';
import { type Select, selectFor } from './select.ts';

/** A row that each row of a list refers to: read in the statement of the list when it is asked for. */
export interface Along<Found> {
  /** Column of the list, to the primary key of what it refers to. */
  readonly reference: string;
  readonly select: Select<Found>;
  /** Values read along in an operation, by the row of the list; rows read without them are missing. */
  readonly found: (scope: RequestScope) => Map<object, Found | null>;
}

export function alongOf<Found>(options: Pick<Along<Found>, 'reference' | 'select'>): Along<Found> {
  return { ...options, found: perOperation(() => new Map<object, Found | null>()) };
}

/** A part of a page's statement, and how its rows are read. */
export interface ReadAlong {
  readonly columns: RawBuilder<unknown>;
  readonly join: RawBuilder<unknown>;
  readonly take: (rows: readonly Readonly<Record<string, unknown>>[]) => void;
}

const nothing: ReadAlong = { columns: sql``, join: sql``, take: () => {} };

/** Nothing when it is not asked for, or in whole rows: these are worth a statement. */
export function readAlong<Found>(
  scope: RequestScope,
  along: Along<Found> | undefined,
  asked: Columns | null,
): ReadAlong {
  if (along === undefined || asked === null || asked.names === null) return nothing;
  const cells = asked.names.map((name) => ({ name, column: `along_${name}` }));
  const selected = cells.map(({ name, column }) => sql`, along.${sql.ref(name)} as ${sql.ref(column)}`);
  return {
    columns: sql`, along.id as along_key${sql.join(selected, sql``)}`,
    join: sql`left join (${selectFor(scope, along.select, withColumns(asked, ['id']))}) as along
      on along.id = page.${sql.ref(along.reference)}`,
    take(rows) {
      const found = along.found(scope);
      for (const row of rows) {
        const values = cells.map(({ name, column }) => [name, row[column]]);
        found.set(row, row['along_key'] === null ? null : Object.fromEntries(values));
      }
    },
  };
}
