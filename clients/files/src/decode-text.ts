import { decodeAs, guessable, likeliest, mixedLines, type Reading, readingsOf } from './judge-encoding.ts';
import type { Say } from './say.ts';
import { beginsWithSurname } from './surnames.ts';
import { UnreadableFile } from './unreadable-file.ts';

export interface DecodedText {
  readonly text: string;
  /** As a reader knows it: `UTF-8`, `GB18030`. */
  readonly encoding: string;
  /** The encoding was guessed: the user should look at the names. */
  readonly guessed: boolean;
}

/** How other kinds of files begin that people save by mistake. */
const OTHER_KINDS: readonly { readonly start: readonly number[]; readonly kind: string }[] = [
  { start: [0x50, 0x4b, 0x03, 0x04], kind: 'Excel (.xlsx)' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], kind: 'Excel (.xls)' },
  { start: [0xff, 0xfe, 0x00, 0x00], kind: 'UTF-32' },
  { start: [0x00, 0x00, 0xfe, 0xff], kind: 'UTF-32' },
  { start: [0x25, 0x50, 0x44, 0x46], kind: 'PDF' },
  { start: [0x1f, 0x8b], kind: 'gzip' },
  { start: [0x89, 0x50, 0x4e, 0x47], kind: 'PNG' },
  { start: [0xff, 0xd8, 0xff], kind: 'JPEG' },
  { start: [0x52, 0x61, 0x72, 0x21], kind: 'RAR' },
];
/** Tables that web systems export under the name of a spreadsheet. */
const MARKUP = /^\s*<(?:!doctype|html|head|meta|table|style|\?xml|workbook)/i;
/** Japanese mail and old systems switch character sets by escapes; every byte is ASCII. */
const ESCAPES = /[^\P{Cc}\t\n\r][$(][@BJIH]/u;
/** Cells with other than ASCII characters that are shown of a reading. */
const SHOWN_CELLS = 4;
const SHOWN_LINES = 5;

/**
 * Decodes UTF-8 and UTF-16 by their mark or their bytes. Other bytes are read as GB18030, in which Excel saves CSV on
 * a Chinese Windows, if they read as names in it and in nothing else; any doubt asks. @throws UnreadableFile when it
 * cannot be read, or the encoding is ambiguous.
 */
export function decodeText(
  bytes: Uint8Array,
  say: Say,
  options: { readonly encoding?: string | undefined } = {},
): DecodedText {
  const other = OTHER_KINDS.find(({ start }) => start.every((byte, index) => bytes[index] === byte));
  if (other !== undefined)
    throw new UnreadableFile(
      say(
        `这是 ${other.kind} 文件；请另存为“CSV UTF-8（逗号分隔）”或 .xlsx。`,
        `This is a file of ${other.kind}; save it as "CSV UTF-8 (comma delimited)" or .xlsx.`,
      ),
    );
  if (options.encoding !== undefined) return decodeAsSaid(bytes, options.encoding, say);
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) {
    const text = decodeAs(utf16, bytes);
    if (text !== null) return { text, encoding: 'UTF-16', guessed: false };
  }
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 !== null) return judgeUtf8(utf8, bytes, say);
  refuseMixed(bytes, say);
  const readings = readingsOf(bytes);
  const reading = likeliest(readings);
  if (reading === null) throw doubt(readings, say);
  return { text: reading.text, encoding: reading.encoding.toUpperCase(), guessed: true };
}

function judgeUtf8(text: string, bytes: Uint8Array, say: Say): DecodedText {
  if (MARKUP.test(text.replace(/^\uFEFF/, '')))
    throw new UnreadableFile(
      say(
        '这是网页（HTML 或 XML），不是表格文件；请用表格软件打开，另存为 .xlsx 或“CSV UTF-8”。',
        'This is a page of HTML or XML and no table; open it in a spreadsheet and save it as .xlsx or "CSV UTF-8".',
      ),
    );
  const escaped = ESCAPES.test(text) ? decodeAs('iso-2022-jp', bytes) : null;
  if (escaped === null) return { text, encoding: 'UTF-8', guessed: false };
  throw doubt([{ encoding: 'iso-2022-jp', text: escaped, likelihood: 1 }], say);
}

/** Some cells that are not plain ASCII, by which the user can see whether they were read correctly. */
export function sampleOf(text: string): string[] {
  const cells = text.match(/[^\s,;\t，"']*[^\s\u0020-\u007f，][^\s,;\t，"']*/gu) ?? [];
  // Names tell most; heads stand first and say little.
  const names = cells.filter((cell) => /^\p{Script=Han}{2,4}$/u.test(cell) && beginsWithSurname(cell));
  return [...new Set(names.length > 0 ? names : cells.slice(-SHOWN_CELLS))].slice(0, SHOWN_CELLS);
}

function decodeAsSaid(bytes: Uint8Array, encoding: string, say: Say): DecodedText {
  const text = isKnown(encoding) ? decodeAs(encoding, bytes) : null;
  if (text !== null) return { text, encoding: encoding.toUpperCase(), guessed: false };
  throw new UnreadableFile(
    isKnown(encoding)
      ? say(`文件不是有效的 ${encoding}。`, `The file is no text of ${encoding}.`)
      : say(
          `不认识编码 ${encoding}；可用 utf-8、utf-16le、${guessable.join('、')}。`,
          `There is no encoding ${encoding}; there are utf-8, utf-16le, ${guessable.join(', ')}.`,
        ),
  );
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

/** By its mark, else by the zeros that every ASCII character brings. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 200);
  if (head.length < 4 || !head.includes(0)) return null;
  const zerosAt = (odd: number) => head.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  return zerosAt(1) > zerosAt(0) ? 'utf-16le' : 'utf-16be';
}

function refuseMixed(bytes: Uint8Array, say: Say): void {
  const { utf8, other } = mixedLines(bytes);
  if (other.length === 0) return;
  const shown = (lines: readonly number[]) => lines.slice(0, SHOWN_LINES).join(say('、', ', '));
  throw new UnreadableFile(
    say(
      `文件由两种编码拼成：第 ${shown(utf8)} 行是 UTF-8，第 ${shown(other)} 行不是。请用同一编码重新保存整个文件。`,
      `The file is put together of two encodings: UTF-8 in line ${shown(utf8)}, another in line ${shown(other)}. Save the whole file in one.`,
    ),
  );
}

function doubt(readings: readonly Reading[], say: Say): UnreadableFile {
  const couldBe = readings.some(({ encoding }) => encoding === 'gb18030');
  const why = couldBe
    ? say('文件不是 UTF-8，也看不准是哪种编码', 'The file is not UTF-8, and it cannot be told what it is')
    : say('文件既不是 UTF-8，也不是 GB18030', 'The file is neither UTF-8 nor GB18030');
  return new UnreadableFile(
    say(
      `${why}；姓名读错会一直错下去，所以没有提交。请另存为 UTF-8，或选一个读法。`,
      `${why}. Names that are read wrong stay wrong, so nothing was sent. Save it as UTF-8, or say how to read it.`,
    ),
    {
      choice: {
        by: 'encoding',
        readings: readings
          .map(({ encoding, text }) => ({ encoding, sample: sampleOf(text) }))
          .filter(({ sample }) => sample.length > 0),
      },
    },
  );
}
