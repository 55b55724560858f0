import type { RawBuilder } from 'kysely';
import type { RequestScope } from '../context/context.ts';
import { type Columns, everyColumn } from './columns.ts';

/** `select … from …` up to the `where`; a function where it depends on who asks, and on what they ask for. */
export type Select<Row> = RawBuilder<Row> | ((scope: RequestScope, columns: Columns) => RawBuilder<Row>);

/** Selects the asked columns of a table for one viewer. */
export function selectFor<Row>(
  scope: RequestScope,
  select: Select<Row>,
  columns = everyColumn,
): RawBuilder<Row> {
  return typeof select === 'function' ? select(scope, columns) : select;
}
