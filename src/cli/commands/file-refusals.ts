import type { Row, Rows } from '../../../clients/files/src/read-rows.ts';
import type { UserErrorFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { lineText, noteProblems } from '../files/read-input-file.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A file as it was sent. */
export interface SentFile {
  /** Line of the file behind each position. */
  readonly lines: readonly number[] | null;
  /** The list that the lines became. */
  readonly field: string;
}

/** The rows to send, after every bad line was told; null when they stop it. */
export function goodRows(
  read: Rows,
  options: { readonly skipBad: boolean },
  terminal: Terminal,
): readonly Row[] | null {
  const { say, note, end } = terminal;
  const { rows, problems } = read;
  noteProblems(read, terminal);
  if (problems.length > 0) end(exitStatus.failed);
  const usable = problems.length === 0 || options.skipBad;
  if (usable && rows.length > 0) return rows;
  note(
    usable
      ? say('没有可以提交的行。', 'There is no line to send.')
      : say(
          `${problems.length} 行有错误，没有提交任何内容。改正后重试，或用 --skip-bad 跳过它们。`,
          `${problems.length} bad lines; nothing was sent. Correct them, or leave them out with --skip-bad.`,
        ),
  );
  end(exitStatus.failed);
  return null;
}

/** Notes the service's refusals, each with its line in the file. */
export function noteRefusals(
  errors: readonly UserErrorFieldsFragment[],
  file: SentFile,
  { note, end, say }: Terminal,
): void {
  for (const error of errors) note(placed(error, file, say));
  if (errors.length > 0) end(exitStatus.failed);
}

/** With the line it is about, where it is about one. */
export function placed(
  error: { readonly code: string; readonly message: string; readonly path: readonly string[] | null },
  file: SentFile,
  say: Terminal['say'],
): string {
  const [field, position] = error.path ?? [];
  const line = field === file.field && position !== undefined ? file.lines?.[Number(position)] : undefined;
  const text = `${error.code}  ${error.message}`;
  return line === undefined ? text : lineText({ line, message: text }, say);
}
