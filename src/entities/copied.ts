import { type RawBuilder, sql } from 'kysely';

const MARK = '/* copied */';
const SPECIAL = /[\\\t\n\r]/;

/**
 * COPY of many rows in Postgres's text format (`copyLine` each): the driver streams them, Kysely only carries them
 * there. A third of what an insert of the same rows costs.
 */
export function copyRows(
  into: { readonly table: string; readonly columns: readonly string[] },
  lines: readonly string[],
): RawBuilder<unknown> {
  const target = sql`${sql.table(into.table)} (${sql.join(into.columns.map((column) => sql.ref(column)))})`;
  // The rows stand in a comment as far as Postgres would care; the driver sends them beside the statement.
  return sql`${sql.raw(MARK)} copy ${target} from stdin -- ${lines.join('')}`;
}

/** One row; null is NULL. */
export function copyLine(values: readonly (string | null)[]): string {
  return `${values.map(fieldOf).join('\t')}\n`;
}

/** True of a statement made by `copyRows`, whose one parameter holds the rows. */
export function isCopy(statement: string): boolean {
  return statement.startsWith(MARK);
}

function fieldOf(value: string | null): string {
  if (value === null) return '\\N';
  if (!SPECIAL.test(value)) return value;
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
