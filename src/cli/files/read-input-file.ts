import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { decodeText } from './decode-text.ts';
import type { LineProblem, Rows } from './read-rows.ts';

/** Far above any batch; a wrong file should not fill the memory. */
const MAX_BYTES = 64 * 1_024 * 1_024;

/** A text file's content; says on stderr what it was read as. @throws UsageError when it cannot be read. */
export function readInputFile(file: string, { say, note }: Pick<Terminal, 'say' | 'note'>): string {
  const bytes = readBytes(file, say);
  if (bytes.length > MAX_BYTES)
    throw new UsageError(say(`${file} 超过 64 MiB。`, `${file} is larger than 64 MiB.`));
  const { text, encoding } = decodeText(bytes, say);
  note(say(`${file}：按 ${encoding} 读取`, `${file}: read as ${encoding}`));
  return text;
}

function readBytes(file: string, say: Terminal['say']): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(say(`${file} 无法读取。`, `${file} cannot be read.`), { cause });
  }
}

/** Whether a file is read as CSV; by its name. @throws UsageError when the name says neither. */
export function isCsv(file: string, say: Terminal['say']): boolean {
  const extension = extname(file).toLowerCase();
  if (extension === '.csv') return true;
  if (extension === '.json') return false;
  throw new UsageError(
    say(`${file}：文件名应以 .json 或 .csv 结尾。`, `${file}: expected a name that ends in .json or .csv.`),
  );
}

/** Says every bad line, and the columns that were not read. */
export function noteProblems({ problems, ignored }: Omit<Rows, 'rows'>, { say, note }: Terminal): void {
  if (ignored.length > 0)
    note(say(`未使用的列：${ignored.join('、')}`, `Columns that are not used: ${ignored.join(', ')}`));
  for (const problem of problems) note(lineText(problem, say));
}

/** `第 4 行  …` */
export function lineText({ line, message }: LineProblem, say: Terminal['say']): string {
  return say(`第 ${line} 行  ${message}`, `line ${line}  ${message}`);
}
