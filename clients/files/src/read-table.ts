import { type CsvError, parse } from 'csv-parse/sync';
import type { LineProblem } from './column.ts';
import type { Say } from './say.ts';

/** A line of a table; a quoted field may make it longer than one, then `line` is where it begins. */
export interface TableLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table as it is in a file, without empty lines. */
export interface Table {
  readonly lines: readonly TableLine[];
  readonly problems: readonly LineProblem[];
  /** Delimiter of cells; null for a workbook. */
  readonly delimiter: string | null;
}

/** Delimiters that spreadsheets and databases write, the usual one first. */
const DELIMITERS = [',', ';', '\t', '，', '|'] as const;
/** Lines by which the delimiter is detected. */
const LOOKED_AT = 20;
/** Excel's own line for it, which it hides. */
const SEPARATOR_LINE = /^\uFEFF?sep=(.)[ \t]*(?:\n|$)/i;

/**
 * Takes a text apart (RFC 4180). The delimiter is the one that was said, else the one with which the text has the heads
 * that are known, as `countHeads` counts them.
 */
export function readTable(
  given: string,
  options: {
    readonly delimiter?: string | undefined;
    readonly countHeads: (cells: readonly string[]) => number;
    readonly say: Say;
  },
): Table {
  // The parser counts a line break of two characters within quotes as two.
  const text = given.replace(/\r\n?/g, '\n');
  const said = options.delimiter ?? SEPARATOR_LINE.exec(text)?.[1];
  const delimiter = said ?? guessDelimiter(text, options.countHeads);
  const { lines, failures, last } = parseWith(text, delimiter);
  const heads = SEPARATOR_LINE.test(text) ? lines.slice(1) : lines;
  return { lines: heads, problems: quoteProblems(failures, last + 1, options.say), delimiter };
}

function guessDelimiter(text: string, countHeads: (cells: readonly string[]) => number): string {
  const beginning = text.split('\n', LOOKED_AT).join('\n');
  let best: { readonly delimiter: string; readonly heads: number } = { delimiter: ',', heads: 0 };
  for (const delimiter of DELIMITERS) {
    const heads = Math.max(0, ...parseWith(beginning, delimiter).lines.map(({ cells }) => countHeads(cells)));
    if (heads > best.heads) best = { delimiter, heads };
  }
  return best.delimiter;
}

function parseWith(text: string, delimiter: string) {
  const failures: CsvError[] = [];
  const lines: TableLine[] = [];
  let last = 0;
  parse(withoutFormulas(text, delimiter), {
    bom: true,
    delimiter,
    // A tab between cells is no blank at the end of one.
    trim: delimiter !== '\t',
    relax_column_count: true,
    skip_records_with_error: true,
    on_record: (cells: string[], info) => {
      last = info.lines;
      const trimmed = delimiter === '\t' ? cells.map((cell) => cell.trim()) : cells;
      if (trimmed.some((cell) => cell !== ''))
        lines.push({ line: info.lines - breaksIn(cells), cells: trimmed });
      return null;
    },
    on_skip: (error) => {
      if (error !== undefined) failures.push(error);
      return undefined;
    },
  });
  return { lines, failures, last };
}

/** `="000123"`, by which people keep a spreadsheet from taking a code for a number, is no CSV: the quotes stay. */
function withoutFormulas(text: string, delimiter: string): string {
  if (!text.includes('="')) return text;
  const between = `[${delimiter.replace(/[|\\\]^-]/g, '\\$&')}\\n]`;
  return text.replace(
    new RegExp(`(?<=^|${between})[ ]*=("(?:[^"\\n]|"")*")[ ]*(?=${between}|$)`, 'gu'),
    '$1',
  );
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** Problems of quotes: after one that ends wrongly, or not at all, cells cannot be separated. */
function quoteProblems(failures: readonly CsvError[], lineAfterLast: number, say: Say): LineProblem[] {
  const problems: LineProblem[] = [];
  for (const { code, lines } of failures) {
    const isOpening = code === 'INVALID_OPENING_QUOTE';
    const line = code === 'CSV_QUOTE_NOT_CLOSED' ? lineAfterLast : Number(lines);
    const message = isOpening
      ? say(
          '字段中间有引号；请把整个字段放进引号，里面的引号写两次',
          'a quote in the middle of a field; put the whole field into quotes and double those within',
        )
      : say(
          '引号没有正确结束；从这一行起无法读取',
          'a quote that does not end as it should; nothing can be read from this line on',
        );
    problems.push({ line, message });
    if (!isOpening) break;
  }
  return problems;
}
