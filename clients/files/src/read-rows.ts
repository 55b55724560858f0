import type { Column, LineProblem } from './column.ts';
import { type ChosenColumns, countHeads, findHead, type Head } from './find-head.ts';
import { judgeCell } from './judge-cell.ts';
import { readTable, type Table, type TableLine } from './read-table.ts';
import type { Say } from './say.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A line of the file. */
export interface Row {
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly LineProblem[];
  /** Heads of columns that mean nothing here. */
  readonly ignored: readonly string[];
  /** Lines without a person: titles, instructions, sums, signatures. */
  readonly passedOver: readonly LineProblem[];
}

/** The user's options for the file. */
export interface ReadOptions {
  readonly delimiter?: string | undefined;
  readonly chosen?: ChosenColumns;
}

/** Lines that stand below a list of people. */
const BELOW =
  /^(合计|总计|小计|共计|总人数|制表|填表|制单|审核|审批|批准|复核|备注|说明|注[:：]|日期|打印|total|sum|note|prepared|approved)/iu;

/**
 * Reads RFC 4180 with a head. Bad lines are left out and told one by one; nothing is guessed.
 *
 * @throws UnreadableFile when the head does not have the columns that are needed.
 */
export function readRows(
  text: string,
  columns: readonly Column[],
  say: Say,
  options: ReadOptions = {},
): Rows {
  const table = readTable(text, {
    delimiter: options.delimiter,
    countHeads: (cells) => countHeads(cells, columns),
    say,
  });
  return rowsOf(table, columns, say, options);
}

/** The same of a table that is taken apart already. */
export function rowsOf(table: Table, columns: readonly Column[], say: Say, options: ReadOptions = {}): Rows {
  const { lines, delimiter } = table;
  if (lines.length === 0) throw new UnreadableFile(say('文件是空的。', 'The file is empty.'));
  const head = findHead(lines, columns, {
    say,
    delimiter,
    ...(options.chosen ? { chosen: options.chosen } : {}),
  });
  const reader = new LineReader({ head, names: lines[head.index]?.cells ?? [], columns, say, delimiter });
  const rows: Row[] = [];
  const problems = [...table.problems];
  const passedOver = lines
    .slice(0, head.index)
    .map(({ line, cells }) => ({ line, message: cells.join(' ').trim() }));
  for (const line of lines.slice(head.index + 1)) {
    if (reader.isBelow(line)) {
      passedOver.push({ line: line.line, message: line.cells.filter((cell) => cell !== '').join(' ') });
      continue;
    }
    const { values, wrong } = reader.read(line);
    if (wrong.length === 0) rows.push({ line: line.line, values });
    else problems.push({ line: line.line, message: wrong.join(say('；', '; ')) });
  }
  return { rows, problems: problems.toSorted((a, b) => a.line - b.line), ignored: head.ignored, passedOver };
}

/** Reads the lines below a head. */
class LineReader {
  readonly #fields: Head['fields'];
  readonly #names: readonly string[];
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #required: readonly string[];
  readonly #say: Say;
  readonly #delimiter: string | null;

  constructor(options: {
    readonly head: Head;
    readonly names: readonly string[];
    readonly columns: readonly Column[];
    readonly say: Say;
    readonly delimiter: string | null;
  }) {
    const { head, columns } = options;
    this.#fields = head.fields;
    this.#names = options.names;
    this.#columns = new Map(columns.map((column) => [column.field, column]));
    this.#required = columns.filter((column) => column.required).map(({ field }) => field);
    this.#say = options.say;
    this.#delimiter = options.delimiter;
  }

  /** A sum, a signature or a remark: begins like one, and has next to nothing of what a person needs. */
  isBelow({ cells }: TableLine): boolean {
    const first = cells.find((cell) => cell !== '') ?? '';
    if (!BELOW.test(first)) return false;
    const filled = this.#required.filter((field) => (cells[this.#fields.indexOf(field)] ?? '') !== '');
    return filled.length < this.#required.length - 1;
  }

  read({ cells }: TableLine): {
    readonly values: ReadonlyMap<string, string>;
    readonly wrong: readonly string[];
  } {
    const say = this.#say;
    const values = new Map<string, string>();
    const wrong = this.#countProblems(cells);
    for (const [index, field] of this.#fields.entries()) {
      const column = field === null ? undefined : this.#columns.get(field);
      if (column === undefined) continue;
      const judged = judgeCell(cells[index] ?? '', this.#shown(column.field, index), column, say);
      if ('problem' in judged) wrong.push(judged.problem);
      else if (column.required && judged.value === '')
        wrong.push(say(`${column.field} 没有填写`, `${column.field} is empty`));
      values.set(column.field, 'value' in judged ? judged.value : '');
    }
    return { values, wrong };
  }

  /** A field, with the head that the file has for it: `employeeNumber（工号）`. */
  #shown(field: string, index: number): string {
    const name = this.#names[index]?.trim() ?? '';
    return name === '' || name === field ? field : this.#say(`${field}（${name}）`, `${field} (${name})`);
  }

  #countProblems(cells: readonly string[]): string[] {
    const say = this.#say;
    const count = this.#fields.length;
    const beyond = cells.slice(count).some((cell) => cell !== '');
    if (cells.length === count || (cells.length > count && !beyond) || this.#delimiter === null) return [];
    const [only = ''] = cells;
    const fullWidth = cells.length === 1 && only.split('，').length === count;
    if (fullWidth)
      return [say('用全角逗号“，”分隔，应为“,”', 'is separated by full-width commas (，) instead of ,')];
    return [
      say(`有 ${cells.length} 列，应为 ${count} 列`, `has ${cells.length} columns instead of ${count}`),
    ];
  }
}
