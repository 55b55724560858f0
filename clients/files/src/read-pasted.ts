import type { Column } from './column.ts';
import { countHeads } from './find-head.ts';
import { type ReadOptions, type Rows, readRows } from './read-rows.ts';
import { readTable } from './read-table.ts';
import type { Say } from './say.ts';

/**
 * Reads what was pasted: as a file, or, where no line is a head, by the order of the columns.
 *
 * @throws UnreadableFile when it has a head that lacks columns or names one twice.
 */
export function readPasted(
  text: string,
  columns: readonly Column[],
  say: Say,
  options: ReadOptions = {},
): Rows {
  const delimiter = options.delimiter ?? (text.split('\n', 1)[0]?.includes('\t') === true ? '\t' : undefined);
  const heads = (cells: readonly string[]) => countHeads(cells, columns);
  const { lines } = readTable(text, { delimiter, countHeads: heads, say });
  if (lines.some(({ cells }) => heads(cells) > 1)) return readRows(text, columns, say, options);
  const given = Math.max(0, ...lines.map(({ cells }) => cells.length));
  const required = columns.filter((column) => column.required).length;
  const head = columns.slice(0, Math.max(given, required)).map(({ field }) => field);
  const rows = readRows(`${head.join(delimiter ?? ',')}\n${text}`, columns, say, { ...options, delimiter });
  const above = <Line extends { readonly line: number }>(lines: readonly Line[]) =>
    lines.map((line) => ({ ...line, line: line.line - 1 }));
  return {
    ...rows,
    rows: above(rows.rows),
    problems: above(rows.problems),
    passedOver: above(rows.passedOver),
  };
}
