import type { Say } from '../locale.ts';
import { UsageError } from '../usage-error.ts';

/** What a file's bytes were read as. */
export type Encoding = 'UTF-8' | 'GB18030';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** How other kinds of files begin that people save by mistake. */
const OTHER_KINDS: readonly { readonly start: readonly number[]; readonly kind: string }[] = [
  { start: [0xff, 0xfe], kind: 'UTF-16' },
  { start: [0xfe, 0xff], kind: 'UTF-16' },
  { start: [0x50, 0x4b, 0x03, 0x04], kind: 'Excel (.xlsx)' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], kind: 'Excel (.xls)' },
];

/**
 * UTF-8, with a byte order mark or without one, else GB18030, in which Excel saves CSV on a Chinese Windows. Text of the
 * one is hardly ever valid as the other.
 *
 * @throws UsageError when it is neither.
 */
export function decodeText(bytes: Uint8Array, say: Say): DecodedText {
  const other = OTHER_KINDS.find(({ start }) => start.every((byte, index) => bytes[index] === byte));
  if (other !== undefined)
    throw new UsageError(
      say(
        `这是 ${other.kind} 文件；请另存为“CSV UTF-8（逗号分隔）”。`,
        `This is a file of ${other.kind}; save it as "CSV UTF-8 (comma delimited)".`,
      ),
    );
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 !== null) return { text: utf8, encoding: 'UTF-8' };
  const gb18030 = decodeAs('gb18030', bytes);
  if (gb18030 !== null) return { text: gb18030, encoding: 'GB18030' };
  throw new UsageError(say('文件既不是 UTF-8，也不是 GB18030。', 'The file is neither UTF-8 nor GB18030.'));
}

/** Null when the bytes are no text of that encoding. */
function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
