import { type RawBuilder, sql } from 'kysely';
import type { RequestScope } from '../context/context.ts';
import { type Columns, everyColumn, preparedReading } from './columns.ts';
import { seesEverything } from './visible-rows.ts';

/** `select … from …` up to the `where`; a function where it depends on who asks, and on what they ask for. */
export type Select<Row> = RawBuilder<Row> | ((scope: RequestScope, columns: Columns) => RawBuilder<Row>);

/** What to read, and for which viewer. */
export function selectFor<Row>(
  scope: RequestScope,
  select: Select<Row>,
  columns = everyColumn,
): RawBuilder<Row> {
  return typeof select === 'function' ? select(scope, columns) : select;
}

/**
 * As `prepared`. For restricted viewers the filter is part of the SQL text, so only statements of unrestricted
 * viewers are prepared.
 */
export function preparedFor(scope: RequestScope, name: string, columns = everyColumn): RawBuilder<unknown> {
  return seesEverything(scope) ? preparedReading(name, columns) : sql``;
}
