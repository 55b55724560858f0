import { type CsvError, parse } from 'csv-parse/sync';
import type { Say } from '../locale.ts';
import { UsageError } from '../usage-error.ts';

/** A column that a file may have. */
export interface Column {
  /** Field of the API; the head of the column may be written so, whatever its case, spaces and underscores. */
  readonly field: string;
  /** Other heads it goes by. */
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** An identifier, which a spreadsheet must not have taken for a number. */
  readonly isCode: boolean;
}

/** A line of the file; a quoted field may make it longer than one, then `line` is where it begins. */
export interface Row {
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/** What is wrong with a line. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly LineProblem[];
  /** Heads of columns that mean nothing here. */
  readonly ignored: readonly string[];
}

interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What Excel and LibreOffice make of a long or a numeric-looking code: `1.2E+05`. */
const SPREADSHEET_NUMBER = /^[+-]?\d+([.,]\d+)?E[+-]\d+$/i;

/**
 * Reads RFC 4180 with a head. Bad lines are left out and told one by one; nothing is guessed.
 *
 * @throws UsageError when the head does not have the columns that are needed.
 */
export function readRows(text: string, columns: readonly Column[], say: Say): Rows {
  const { lines, problems } = parseLines(text, say);
  const [head, ...body] = lines;
  if (head === undefined) throw new UsageError(say('文件是空的。', 'The file is empty.'));
  const { fields, ignored } = readHead(head, columns, say);
  const codes = new Set(columns.filter(({ isCode }) => isCode).map(({ field }) => field));
  const required = columns.filter((column) => column.required).map(({ field }) => field);
  const rows: Row[] = [];
  for (const { line, cells } of body) {
    const values = new Map(
      fields.flatMap((field, index) => (field === null ? [] : [[field, cells[index] ?? ''] as const])),
    );
    const wrong = [
      ...countProblems(cells, fields.length, say),
      ...required
        .filter((field) => (values.get(field) ?? '') === '')
        .map((field) => say(`${field} 没有填写`, `${field} is empty`)),
      ...[...values]
        .filter(([field, value]) => codes.has(field) && SPREADSHEET_NUMBER.test(value))
        .map(([field, value]) =>
          say(
            `${field} 是 ${value}：表格软件把它当成了数字，原来的值已丢失；请把该列设为“文本”后重新填写`,
            `${field} is ${value}: the spreadsheet took it for a number and the value is lost; format the column as text and fill it in again`,
          ),
        ),
    ];
    if (wrong.length === 0) rows.push({ line, values });
    else problems.push({ line, message: wrong.join(say('；', '; ')) });
  }
  return { rows, problems: problems.toSorted((a, b) => a.line - b.line), ignored };
}

function parseLines(text: string, say: Say): { lines: readonly CsvLine[]; problems: LineProblem[] } {
  const failures: CsvError[] = [];
  const lines: CsvLine[] = [];
  let last = 0;
  // The parser counts a line break of two characters within quotes as two.
  parse(text.replace(/\r\n?/g, '\n'), {
    bom: true,
    trim: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_record: (cells: string[], info) => {
      last = info.lines;
      if (cells.some((cell) => cell !== '')) lines.push({ line: info.lines - breaksIn(cells), cells });
      return null;
    },
    on_skip: (error) => {
      if (error !== undefined) failures.push(error);
      return undefined;
    },
  });
  return { lines, problems: quoteProblems(failures, last + 1, say) };
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** Behind a quote that ends wrongly, or not at all, nothing can be told apart any more. */
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

function readHead(
  { cells }: CsvLine,
  columns: readonly Column[],
  say: Say,
): { readonly fields: readonly (string | null)[]; readonly ignored: readonly string[] } {
  const known = new Map(
    columns.flatMap(({ field, aliases }) => [field, ...aliases].map((name) => [normalHead(name), field])),
  );
  const fields = cells.map((cell) => known.get(normalHead(cell)) ?? null);
  const missing = columns.filter(({ field, required }) => required && !fields.includes(field));
  const twice = fields.filter((field, index) => field !== null && fields.indexOf(field) !== index);
  if (missing.length > 0) {
    const names = missing.map(({ field, aliases }) => [field, ...aliases].join(say('／', ' or ')));
    throw new UsageError(
      say(
        `第一行没有列：${names.join('、')}。现有：${cells.join(', ')}。分隔符是逗号。`,
        `The first line lacks the columns: ${names.join(', ')}. It has: ${cells.join(', ')}. They are separated by commas.`,
      ),
    );
  }
  if (twice.length > 0)
    throw new UsageError(
      say(`列重复：${twice.join('、')}。`, `Columns that are there twice: ${twice.join(', ')}.`),
    );
  return { fields, ignored: cells.filter((cell, index) => cell !== '' && fields[index] === null) };
}

function normalHead(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function countProblems(cells: readonly string[], count: number, say: Say): string[] {
  const beyond = cells.slice(count).some((cell) => cell !== '');
  if (cells.length === count || (cells.length > count && !beyond)) return [];
  return [say(`有 ${cells.length} 列，应为 ${count} 列`, `has ${cells.length} columns instead of ${count}`)];
}
