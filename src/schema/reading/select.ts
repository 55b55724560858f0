import { type RawBuilder, sql } from 'kysely';
import type { RequestScope } from '../context/context.ts';
import { type Columns, everyColumn, preparedReading } from './columns.ts';
import { seesEverything } from './visible-rows.ts';

/** `select … from …` up to the `where`; a function where it depends on who asks, and on what they ask for. */
export type Select<Row> = RawBuilder<Row> | ((scope: RequestScope, columns: Columns) => RawBuilder<Row>);

/** What to read for whoever asks. */
export function selectFor<Row>(
  scope: RequestScope,
  select: Select<Row>,
  columns = everyColumn,
): RawBuilder<Row> {
  return typeof select === 'function' ? select(scope, columns) : select;
}

/**
 * As `prepared`. What somebody sees stands in the text of the statement: only that of those who see everything is always
 * the same.
 */
export function preparedFor(scope: RequestScope, name: string, columns = everyColumn): RawBuilder<unknown> {
  return seesEverything(scope) ? preparedReading(name, columns) : sql``;
}
