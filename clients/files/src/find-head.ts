import type { Column } from './column.ts';
import type { TableLine } from './read-table.ts';
import type { Say } from './say.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Where the head is, and which field each cell below it belongs to. */
export interface Head {
  /** Index in the lines of the table. */
  readonly index: number;
  readonly fields: readonly (string | null)[];
  /** Heads that mean nothing here, or less than another. */
  readonly ignored: readonly string[];
}

/** Columns that the user named: field → head of the file (`--column employeeNumber=工号`). */
export type ChosenColumns = ReadonlyMap<string, string>;

/** A head may stand below a title and what to mind when filling it in. */
const HEAD_WITHIN = 20;
const BRACKETED = /[([{【（［〔<《][^)\]}】）］〕>》]*[)\]}】）］〕>》]/gu;
const DECORATION = /[\s_\-*:.·•#\p{Cf}\p{Zs}\p{Cc}]/gu;
/** Invisible characters. */
const UNSEEN = /[\p{Cf}\p{Cc}\u00A0\u3000]/gu;

/** How many of the columns are named by a line. */
export function countHeads(cells: readonly string[], columns: readonly Column[]): number {
  const heads = headsOf(columns);
  return new Set(cells.flatMap((cell) => heads.get(headKey(cell))?.field ?? [])).size;
}

/**
 * Finds the head among the first lines and reads it: by the names of the API and usual Chinese ones, without `*`,
 * `（必填）` and invisible characters. Of two possible heads the better match is taken; with equal matches the user has
 * to choose.
 *
 * @throws UnreadableFile when columns are missing or two could be meant.
 */
export function findHead(
  lines: readonly TableLine[],
  columns: readonly Column[],
  options: { readonly say: Say; readonly chosen?: ChosenColumns; readonly delimiter?: string | null },
): Head {
  const { say, chosen = new Map() } = options;
  const counts = lines.slice(0, HEAD_WITHIN).map(({ cells }) => countHeads(cells, columns));
  const index = Math.max(0, counts.indexOf(Math.max(0, ...counts)));
  const head = lines[index];
  if (head === undefined) throw new UnreadableFile(say('文件是空的。', 'The file is empty.'));
  const fields = fieldsOf(head.cells, { columns, chosen, say });
  const missing = columns.filter(({ field, required }) => required && !fields.includes(field));
  if (missing.length > 0) throw lacking(head, missing, options);
  const ignored = head.cells.filter((cell, position) => cell !== '' && fields[position] === null);
  return { index, fields, ignored };
}

interface Meant {
  readonly field: string;
  /** The lower, the surer. */
  readonly rank: number;
}

function headsOf(columns: readonly Column[]): ReadonlyMap<string, Meant> {
  const heads = new Map<string, Meant>();
  for (const { field, aliases, looseAliases = [] } of columns) {
    for (const name of [field, ...aliases]) heads.set(headKey(name), { field, rank: 0 });
    for (const name of looseAliases) heads.set(headKey(name), { field, rank: 1 });
  }
  return heads;
}

function fieldsOf(
  cells: readonly string[],
  options: { readonly columns: readonly Column[]; readonly chosen: ChosenColumns; readonly say: Say },
): (string | null)[] {
  const { columns, chosen, say } = options;
  const heads = headsOf(columns);
  const taken = new Map([...chosen].map(([field, head]) => [headKey(head), field]));
  const meant = cells.map((cell): Meant | null => {
    const said = taken.get(headKey(cell));
    if (said !== undefined) return { field: said, rank: -1 };
    return heads.get(headKey(cell)) ?? null;
  });
  for (const [field, head] of chosen) {
    if (!meant.some((one) => one?.field === field && one.rank === -1))
      throw new UnreadableFile(
        say(`没有列“${head}”（${field}）。`, `There is no column ${head} (for ${field}).`),
        { choice: { by: 'column', field, heads: cells.filter((cell) => cell !== ''), delimiter: null } },
      );
  }
  const best = new Map<string, number>();
  for (const one of meant) {
    if (one !== null) best.set(one.field, Math.min(one.rank, best.get(one.field) ?? one.rank));
  }
  const fields = meant.map((one) => (one !== null && one.rank === best.get(one.field) ? one.field : null));
  refuseTwice(cells, fields, say);
  return fields;
}

function refuseTwice(cells: readonly string[], fields: readonly (string | null)[], say: Say): void {
  const twice = [
    ...new Set(fields.filter((field, index) => field !== null && fields.indexOf(field) !== index)),
  ];
  if (twice.length === 0) return;
  const shown = twice.map((field) => {
    const heads = cells.filter((_, index) => fields[index] === field).map(visible);
    return { field, heads };
  });
  const [example] = shown;
  throw new UnreadableFile(
    say(
      `列重复：${shown.map(({ field, heads }) => `${field}（${heads.join('、')}）`).join('、')}。请选一列。`,
      `Columns that are there twice: ${shown.map(({ field, heads }) => `${field} (${heads.join(', ')})`).join(', ')}. Choose one.`,
    ),
    {
      choice: { by: 'column', field: example?.field ?? '', heads: example?.heads ?? [], delimiter: null },
    },
  );
}

function lacking(
  head: TableLine,
  missing: readonly Column[],
  { say, delimiter }: { readonly say: Say; readonly delimiter?: string | null },
): UnreadableFile {
  const names = missing.map(({ field, aliases }) => [field, ...aliases].join(say('／', ' or ')));
  const has = head.cells.map(visible).join(', ');
  const zh = delimiter === undefined || delimiter === null ? '' : `分隔符是 ${shownDelimiter(delimiter)}。`;
  const en =
    delimiter === undefined || delimiter === null
      ? ''
      : ` They are separated by ${shownDelimiter(delimiter)}.`;
  return new UnreadableFile(
    say(
      `第 ${head.line} 行像是表头，但没有列：${names.join('、')}。现有：${has}。${zh}`,
      `Line ${head.line} looks like the head and lacks the columns: ${names.join(', ')}. It has: ${has}.${en}`,
    ),
    {
      choice: {
        by: 'column',
        field: missing[0]?.field ?? '',
        heads: head.cells.filter((cell) => cell !== ''),
        delimiter: delimiter ?? null,
      },
    },
  );
}

function shownDelimiter(delimiter: string): string {
  return delimiter === '\t' ? 'TAB' : delimiter;
}

/** A head with invisible characters written out: `部门编码<U+200B>`. */
function visible(head: string): string {
  return head.replace(
    UNSEEN,
    (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

/** A head without case, brackets and what is put around it. */
function headKey(head: string): string {
  const key = (text: string) => text.normalize('NFKC').toLowerCase().replace(DECORATION, '');
  return key(head.normalize('NFKC').replace(BRACKETED, '')) || key(head);
}
