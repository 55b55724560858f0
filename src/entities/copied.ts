import { type RawBuilder, sql } from 'kysely';

const SPECIAL = /[\\\t\n\r]/;

/** So much text is sent in one piece: Postgres takes in the first while the next is made. */
const PIECE_CHARACTERS = 65_536;

/** Rows on their way to Postgres, made as they are sent; a statement that is run again makes them again. */
export class CopiedRows {
  readonly #lines: () => Iterable<string>;
  /** To be called when all are sent. */
  readonly meanwhile: () => void;

  constructor(lines: () => Iterable<string>, meanwhile: () => void) {
    this.#lines = lines;
    this.meanwhile = meanwhile;
  }

  /** The rows as text, a piece at a time. */
  *pieces(): Generator<string> {
    let piece = '';
    for (const line of this.#lines()) {
      piece += line;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
}

/**
 * COPY of many rows in Postgres's text format (`copyLine` each): the driver streams them, Kysely only carries them
 * there. A third of what an insert of the same rows costs. `lineOf` must not throw: it is called while rows are sent.
 * `meanwhile` is called when all rows are sent and Postgres, mostly, still takes them in: for work that can wait so long.
 */
export function copyRows<Row>(
  into: { readonly table: string; readonly columns: readonly string[] },
  rows: readonly Row[],
  lineOf: (row: Row) => string,
  meanwhile: () => void = () => {},
): RawBuilder<unknown> {
  const target = sql`${sql.table(into.table)} (${sql.join(into.columns.map((column) => sql.ref(column)))})`;
  const copied = new CopiedRows(() => rows.values().map(lineOf), meanwhile);
  // The rows stand in a comment as far as Postgres would care; the driver sends them beside the statement.
  return sql`copy ${target} from stdin -- ${copied}`;
}

/** One row; null is NULL. */
export function copyLine(values: readonly (string | null)[]): string {
  return `${values.map(fieldOf).join('\t')}\n`;
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
