import readExcelFile from 'read-excel-file/universal';
import type { Table, TableLine } from './read-table.ts';
import type { Say } from './say.ts';
import { readSheetMarks, type SheetMarks } from './sheet-marks.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** How a workbook begins: it is a ZIP archive. */
const START = [0x50, 0x4b, 0x03, 0x04];
/** A spreadsheet keeps 15 digits of a number; what is longer has lost its end. */
const KEPT_DIGITS = 15;
const EXPONENT = /^([+-]?\d+(?:\.\d+)?)E([+-]?\d+)$/i;

/** A cell that the workbook holds as a number: its text as stored. */
class NumberCell {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A table of a workbook, and the sheet it stands on. */
export interface SheetTable extends Table {
  readonly sheet: string;
  readonly otherSheets: readonly string[];
  /** Lines that the sheet hides; they are read like any other. */
  readonly hidden: readonly number[];
}

/** True for the bytes of an `.xlsx` file, whatever its name. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return START.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads a sheet of an `.xlsx` file, every cell as text: the one that is named, else the first that has the heads.
 *
 * @throws UnreadableFile when it is none, or has no such sheet.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  options: {
    readonly sheet?: string | undefined;
    readonly countHeads: (cells: readonly string[]) => number;
    readonly say: Say;
  },
): Promise<SheetTable> {
  const { say, countHeads } = options;
  const sheets = await readSheets(bytes, say);
  const names = sheets.map(({ sheet }) => sheet);
  const heads = (lines: readonly TableLine[]) => Math.max(0, ...lines.map(({ cells }) => countHeads(cells)));
  const most = Math.max(0, ...sheets.map(({ lines }) => heads(lines)));
  const lists = sheets.filter(({ lines }) => heads(lines) === most);
  const filled = lists.filter(({ lines }) => lines.length > 1);
  if (options.sheet === undefined && most > 0 && filled.length > 1) throw severalLists(filled, say);
  const chosen =
    options.sheet === undefined
      ? (filled[0] ?? lists[0])
      : sheets.find(({ sheet }) => sheet.trim() === options.sheet?.trim());
  if (chosen === undefined)
    throw new UnreadableFile(
      say(
        `没有工作表“${options.sheet ?? ''}”；有：${names.join('、')}。`,
        `There is no sheet ${options.sheet ?? ''}; there are ${names.join(', ')}.`,
      ),
      { choice: { by: 'sheet', sheets: names } },
    );
  const marks = await readSheetMarks(bytes, chosen.sheet);
  const otherSheets = names.filter((name) => name !== chosen.sheet);
  const lines = chosen.rows.map((row, index) => lineOf(row, index + 1, marks)).filter(isFilled);
  return { lines, problems: [], delimiter: null, sheet: chosen.sheet, otherSheets, hidden: marks.hidden };
}

async function readSheets(bytes: Uint8Array, say: Say) {
  try {
    const parseNumber = (text: string) => new NumberCell(text);
    const sheets = await readExcelFile(new Blob([bytes.slice()]), { parseNumber });
    return sheets.map(({ sheet, data }) => ({
      sheet,
      rows: data,
      lines: data.map((row, index) => lineOf(row, index + 1, null)).filter(isFilled),
    }));
  } catch (cause) {
    throw new UnreadableFile(
      say(
        '这个 .xlsx 文件无法读取（是否有密码？）。',
        'This .xlsx file cannot be read (has it a password?).',
      ),
      { cause },
    );
  }
}

function severalLists(sheets: readonly { readonly sheet: string }[], say: Say): UnreadableFile {
  const names = sheets.map(({ sheet }) => sheet);
  return new UnreadableFile(
    say(
      `有 ${names.length} 个工作表像名单：${names.join('、')}。每次读取一个，请选择。`,
      `${names.length} sheets look like lists: ${names.join(', ')}. One is read at a time; choose.`,
    ),
    { choice: { by: 'sheet', sheets: names } },
  );
}

function lineOf(row: readonly unknown[], line: number, marks: SheetMarks | null): TableLine {
  return {
    line,
    cells: row.map((cell, column) => {
      const at = `${columnName(column)}${line}`;
      const text = marks?.errors.get(at) ?? textOf(cell);
      return /^\d+$/.test(text) ? text.padStart(marks?.widths.get(at) ?? 0, '0') : text;
    }),
  };
}

function isFilled({ cells }: TableLine): boolean {
  return cells.some((cell) => cell !== '');
}

/** `A` … `Z`, `AA` … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof NumberCell) return exactText(cell.text);
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/**
 * A whole number as its digits if the spreadsheet kept them all; otherwise in the form of a spreadsheet, so that it
 * is not taken for a code.
 */
function exactText(stored: string): string {
  const number = Number(stored);
  if (!Number.isInteger(number)) return number.toExponential().toUpperCase();
  const digits = BigInt(number).toString();
  const kept = digits.replace('-', '').length <= KEPT_DIGITS;
  if (kept) return digits;
  return EXPONENT.test(stored) ? stored : number.toExponential().toUpperCase();
}
