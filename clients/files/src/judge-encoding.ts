import { beginsWithSurname } from './surnames.ts';

/** Encodings that files of people come in beside UTF-8, as `TextDecoder` and `--encoding` name them. */
export const guessable = ['gb18030', 'big5', 'windows-1252', 'shift_jis', 'euc-jp', 'euc-kr'] as const;
export type Guess = (typeof guessable)[number];

/** A text as one encoding reads it, and how likely it is what was written. */
export interface Reading {
  readonly encoding: Guess | 'iso-2022-jp';
  readonly text: string;
  /** From 0 to 1: common characters, and names that begin with surnames. */
  readonly likelihood: number;
}

/** At least so likely has a reading to be, and so much likelier than any other, to be taken without a word. */
const LIKELY = 0.6;
const LEAD = 0.2;
/** Heads that show by themselves how a file was written. */
const HEADS = /工号|姓名|部门|手机|电话|账号|员工|编号|公司|国家|人员/g;
/** `M黮ler`: this line was written in another encoding than the heads. */
const WITHIN_A_WORD = /[A-Za-z]\p{Script=Han}+[a-z]/u;
const CELLS = /[^\s,;\t，"']+/gu;
const NAME = /^\p{Script=Han}{2,4}$/u;
/** Letters of two scripts grown together, or signs that no name has, are the ruins of another encoding. */
const GLUED =
  /[A-Za-z]\p{Script=Han}|\p{Script=Han}[a-z]|[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Han}|\p{Script=Han}[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Cyrillic}\p{Script=Greek}]|[\u2500-\u257F\uE000-\uF8FF\uFFFD\u0080-\u009F]/u;

/** The best reading; null when none is clearly best and the user has to choose. */
export function likeliest(readings: readonly Reading[]): Reading | null {
  const [first, second] = [...readings].sort((a, b) => b.likelihood - a.likelihood);
  if (first === undefined || first.encoding !== 'gb18030') return null;
  const firstLines = first.text.split('\n', 20).join('\n');
  if (new Set(firstLines.match(HEADS)).size > 1) {
    // The heads may be of another encoding than the names below them.
    const below = first.text.split('\n').filter((line) => new Set(line.match(HEADS)).size < 2);
    return WITHIN_A_WORD.test(first.text) || !readsAsNames(below.join('\n')) ? null : first;
  }
  if (GLUED.test(first.text) || first.likelihood < LIKELY) return null;
  return first.likelihood - (second?.likelihood ?? 0) >= LEAD ? first : null;
}

/** Everything the bytes can be, likeliest first. */
export function readingsOf(bytes: Uint8Array): Reading[] {
  return guessable
    .flatMap((encoding) => {
      const text = decodeAs(encoding, bytes);
      return text === null ? [] : [{ encoding, text, likelihood: likelihoodOf(encoding, text) }];
    })
    .sort((a, b) => b.likelihood - a.likelihood);
}

/** Null when the bytes are no text of that encoding. */
export function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Numbers of lines that are UTF-8 in a file that is none; empty unless both kinds of lines hold other than ASCII. */
export function mixedLines(bytes: Uint8Array): {
  readonly utf8: readonly number[];
  readonly other: readonly number[];
} {
  const utf8: number[] = [];
  const other: number[] = [];
  let from = 0;
  for (let number = 1; from < bytes.length; number += 1) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
    if (line.every((byte) => byte < 0x80)) continue;
    const text = decodeAs('utf-8', line);
    // A line or two of another encoding may happen to be UTF-8; of common Han characters it hardly is.
    if (text === null) other.push(number);
    else if (commonShare(text, commonHan()) > LIKELY) utf8.push(number);
  }
  return other.length > 0 && utf8.length > 0 ? { utf8, other } : { utf8: [], other: [] };
}

function likelihoodOf(encoding: Guess, text: string): number {
  switch (encoding) {
    case 'gb18030':
      return nameLikelihood(text, commonHan());
    case 'big5':
      return nameLikelihood(text, commonTraditional());
    case 'windows-1252':
      return /[\u00C0-\u00FF]/.test(text) ? latinShare(text) : 0;
    case 'shift_jis':
    case 'euc-jp':
    case 'euc-kr':
      return 0.1;
  }
}

/** False where hardly a character is common and hardly a name begins as names do. */
function readsAsNames(text: string): boolean {
  const names = (text.match(CELLS) ?? []).filter((cell) => NAME.test(cell));
  if (names.length === 0) return true;
  const named = names.filter(beginsWithSurname).length / names.length;
  return named >= 0.5 || commonShare(names.join(''), commonHan()) >= 0.5;
}

function nameLikelihood(text: string, common: ReadonlySet<string>): number {
  const share = commonShare(text, common);
  const names = (text.match(CELLS) ?? []).filter((cell) => NAME.test(cell));
  if (names.length === 0) return share;
  const named = names.filter(beginsWithSurname).length / names.length;
  return (share + named) / 2;
}

function commonShare(text: string, common: ReadonlySet<string>): number {
  const foreign = [...text].filter(
    (character) => character > '\u007f' && /[\p{L}\p{Co}\p{Cn}]/u.test(character),
  );
  if (foreign.length === 0) return 0;
  return foreign.filter((character) => common.has(character)).length / foreign.length;
}

/** Accented letters that stand within words of Latin letters. */
function latinShare(text: string): number {
  const accented = text.match(/[\u0080-\u00FF]/g)?.length ?? 0;
  const within = text.match(/(?<=[A-Za-z])[\u00C0-\u00FF]|[\u00C0-\u00FF](?=[a-z])/g)?.length ?? 0;
  return accented === 0 ? 0 : within / accented;
}

let han: ReadonlySet<string> | null = null;
let traditional: ReadonlySet<string> | null = null;

/** The 3,755 characters of the first level of GB 2312. */
function commonHan(): ReadonlySet<string> {
  han ??= charactersOf('gb18030', { leads: [0xb0, 0xd7], trails: [[0xa1, 0xfe]] });
  return han;
}

/** The 5,401 of the first level of Big5. */
function commonTraditional(): ReadonlySet<string> {
  traditional ??= charactersOf('big5', {
    leads: [0xa4, 0xc6],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  });
  return traditional;
}

function charactersOf(
  encoding: string,
  {
    leads,
    trails,
  }: { readonly leads: readonly [number, number]; readonly trails: readonly (readonly [number, number])[] },
): ReadonlySet<string> {
  const characters = new Set<string>();
  for (let lead = leads[0]; lead <= leads[1]; lead += 1) {
    for (const [from, to] of trails) {
      for (let trail = from; trail <= to; trail += 1) {
        const character = decodeAs(encoding, Uint8Array.of(lead, trail));
        if (character !== null && /^\p{Script=Han}$/u.test(character)) characters.add(character);
      }
    }
  }
  return characters;
}
