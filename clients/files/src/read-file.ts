import type { Column } from './column.ts';
import { decodeText, sampleOf } from './decode-text.ts';
import { type ChosenColumns, countHeads } from './find-head.ts';
import { type Rows, readRows, rowsOf } from './read-rows.ts';
import { isWorkbook, readWorkbook } from './read-workbook.ts';
import type { Say } from './say.ts';
import { UnreadableFile } from './unreadable-file.ts';

const JSON_START = /^\s*[[{]\s*[{["}\]]/;

/** The user's word on how to read a file; what is not said is judged. */
export interface FileOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly sheet?: string | undefined;
  readonly chosen?: ChosenColumns;
}

/** As what a file was read. */
export type ReadAs =
  | {
      readonly kind: 'text';
      readonly encoding: string;
      /** Names as they were read, where the encoding was guessed: the user should look at them. */
      readonly sample: readonly string[];
    }
  | {
      readonly kind: 'sheet';
      readonly sheet: string;
      readonly otherSheets: readonly string[];
      readonly hidden: readonly number[];
    };

/** A file's lines, and as what it was read. */
export interface FileRows extends Rows {
  readonly readAs: ReadAs;
}

/**
 * Reads a table of CSV or of an `.xlsx` file, by its bytes. The command line and the console read by this alone, so
 * that both judge alike.
 *
 * @throws UnreadableFile when it cannot be read, or not without a choice of the user.
 */
export async function readFile(
  bytes: Uint8Array,
  columns: readonly Column[],
  say: Say,
  options: FileOptions = {},
): Promise<FileRows> {
  if (!isWorkbook(bytes)) {
    const { text, encoding, guessed } = decodeText(bytes, say, options);
    if (JSON_START.test(text))
      throw new UnreadableFile(
        say(
          '这是 JSON，不是表格；命令行读取以 .json 结尾的文件（createAccounts 的 input）。',
          'This is JSON and no table; the command line reads it, the input of createAccounts, from a file that ends in .json.',
        ),
      );
    const rows = readRows(text, columns, say, options);
    return { ...rows, readAs: { kind: 'text', encoding, sample: guessed ? sampleOf(text) : [] } };
  }
  const heads = (cells: readonly string[]) => countHeads(cells, columns);
  const table = await readWorkbook(bytes, { sheet: options.sheet, countHeads: heads, say });
  const { sheet, otherSheets, hidden } = table;
  return { ...rowsOf(table, columns, say, options), readAs: { kind: 'sheet', sheet, otherSheets, hidden } };
}
