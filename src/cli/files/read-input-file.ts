import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Column, LineProblem } from '../../../clients/files/src/column.ts';
import { decodeText, sampleOf } from '../../../clients/files/src/decode-text.ts';
import { type FileRows, type ReadAs, readFile } from '../../../clients/files/src/read-file.ts';
import type { Rows } from '../../../clients/files/src/read-rows.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Far above any batch; a wrong file should not fill the memory. */
const MAX_BYTES = 64 * 1_024 * 1_024;

/** The user's flags on how to read a file. */
export interface FileFlags {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  /** `field=head`, each. */
  readonly column?: readonly string[];
}

/** A text file's content; says on stderr what it was read as. @throws UnreadableFile when it cannot be read. */
export function readInputFile(
  file: string,
  { say, note }: Pick<Terminal, 'say' | 'note'>,
  flags: FileFlags = {},
): string {
  const { text, encoding, guessed } = decodeText(readBytes(file, say), say, { encoding: flags.encoding });
  noteReadAs(file, { kind: 'text', encoding, sample: guessed ? sampleOf(text) : [] }, { say, note });
  return text;
}

/** The lines of a CSV file or a workbook; says on stderr what it was read as. @throws UnreadableFile when it cannot. */
export async function readRowsFile(
  file: string,
  columns: readonly Column[],
  { say, note }: Pick<Terminal, 'say' | 'note'>,
  flags: FileFlags = {},
): Promise<FileRows> {
  const rows = await readFile(readBytes(file, say), columns, say, {
    encoding: flags.encoding,
    delimiter: delimiterOf(flags.delimiter),
    sheet: flags.sheet,
    chosen: chosenColumns(flags.column ?? [], columns, say),
  });
  noteReadAs(file, rows.readAs, { say, note });
  return rows;
}

function noteReadAs(file: string, readAs: ReadAs, { say, note }: Pick<Terminal, 'say' | 'note'>): void {
  if (readAs.kind === 'text') {
    note(say(`${file}：按 ${readAs.encoding} 读取`, `${file}: read as ${readAs.encoding}`));
    const sample = readAs.sample.join('  ');
    if (sample !== '')
      note(
        say(
          `  其中有：${sample}（如有乱码，请用 --encoding 指定编码）`,
          `  it holds: ${sample} (should this be garbled, say what it is with --encoding)`,
        ),
      );
    return;
  }
  const others = readAs.otherSheets.join(say('、', ', '));
  note(
    others === ''
      ? say(`${file}：读取工作表“${readAs.sheet}”`, `${file}: read the sheet ${readAs.sheet}`)
      : say(
          `${file}：读取工作表“${readAs.sheet}”；未读取：${others}（--sheet 可另选）`,
          `${file}: read the sheet ${readAs.sheet}, and not ${others} (--sheet takes another)`,
        ),
  );
  const hidden = readAs.hidden.join(say('、', ', '));
  if (hidden !== '')
    note(
      say(`  其中隐藏的行也已读取：第 ${hidden} 行`, `  lines that it hides are read too: line ${hidden}`),
    );
}

/** `\\t` and `tab` as people type them. */
function delimiterOf(given: string | undefined): string | undefined {
  return given === '\\t' || given?.toLowerCase() === 'tab' ? '\t' : given;
}

function chosenColumns(
  given: readonly string[],
  columns: readonly Column[],
  say: Terminal['say'],
): ReadonlyMap<string, string> {
  const fields = new Set(columns.map(({ field }) => field));
  return new Map(
    given.map((text) => {
      const [field = '', ...head] = text.split('=');
      if (!fields.has(field) || head.length === 0)
        throw new UsageError(
          say(
            `--column ${text}：应为 字段=列名，字段有 ${[...fields].join('、')}。`,
            `--column ${text}: expected FIELD=HEAD, where FIELD is one of ${[...fields].join(', ')}.`,
          ),
        );
      return [field, head.join('=')];
    }),
  );
}

function readBytes(file: string, say: Terminal['say']): Uint8Array {
  const bytes = readAll(file, say);
  if (bytes.length > MAX_BYTES)
    throw new UsageError(say(`${file} 超过 64 MiB。`, `${file} is larger than 64 MiB.`));
  return bytes;
}

function readAll(file: string, say: Terminal['say']): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(say(`${file} 无法读取。`, `${file} cannot be read.`), { cause });
  }
}

/** Names of tables: separated texts and workbooks. */
const TABLES = new Set(['.csv', '.tsv', '.txt', '.xlsx']);

/** Whether a file is read as a table; by its name. @throws UsageError when the name says neither. */
export function isTable(file: string, say: Terminal['say']): boolean {
  const extension = extname(file).toLowerCase();
  if (TABLES.has(extension)) return true;
  if (extension === '.json') return false;
  if (extension === '.xls')
    throw new UsageError(
      say(
        `${file}：旧的 .xls 无法读取；请另存为 .xlsx。`,
        `${file}: an old .xls cannot be read; save it as .xlsx.`,
      ),
    );
  throw new UsageError(
    say(
      `${file}：文件名应以 .json、.csv 或 .xlsx 结尾。`,
      `${file}: expected a name that ends in .json, .csv or .xlsx.`,
    ),
  );
}

/** Says every bad line, and the columns that were not read. */
export function noteProblems(
  { problems, ignored, passedOver }: Omit<Rows, 'rows'>,
  { say, note }: Terminal,
): void {
  if (ignored.length > 0)
    note(say(`未使用的列：${ignored.join('、')}`, `Columns that are not used: ${ignored.join(', ')}`));
  for (const { line, message } of passedOver)
    note(
      lineText(
        { line, message: say(`不是人员，未读取：${message}`, `about nobody, not read: ${message}`) },
        say,
      ),
    );
  for (const problem of problems) note(lineText(problem, say));
}

/** `第 4 行  …` */
export function lineText({ line, message }: LineProblem, say: Terminal['say']): string {
  return say(`第 ${line} 行  ${message}`, `line ${line}  ${message}`);
}
