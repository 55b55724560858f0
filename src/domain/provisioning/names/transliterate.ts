import { createRequire } from 'node:module';
import { foldLatin } from './fold-latin.ts';
import { findSurnameHead } from './surname-heads.ts';

/** A name in [a-z0-9], or why it has none and the employee number replaces it. */
export type Transliteration =
  | {
      readonly kind: 'pinyin';
      /** `zhangsan`; never empty. */
      readonly full: string;
      /** The first letter; empty when the name has digits only. */
      readonly initial: string;
    }
  | {
      readonly kind: 'fallback';
      readonly reason: 'unreadable-character' | 'nothing-left';
      /** The character without a reading. */
      readonly character?: string;
    };

const require = createRequire(import.meta.url);
type Library = typeof import('pinyin-pro');
let library: Library | null = null;

/** Its dictionaries take 4 MB of memory, so they come with the first name that needs them. */
function loadLibrary(): Library {
  if (library !== null) return library;
  const loaded: Library = require('pinyin-pro');
  library = loaded;
  return loaded;
}

const RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;
const READING = /^[a-z]+$/;
/** Letters of other scripts than the two that are read: left out, they would leave half a name. */
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u;

/** How ü is written in Latin letters: as a keyboard types it, or as a passport spells it (Setting `pinyin_umlaut`). */
export const umlauts = ['v', 'yu'] as const;
export type Umlaut = (typeof umlauts)[number];

/**
 * The name in Latin letters (provisioning.md §5.3): HR's pinyin when it is only letters, else our surname heads,
 * then the library with surname readings; ü is `v`, or `yu` (lyu, lyue) where that is said; Latin letters and digits
 * kept, signs dropped. One unread Han character, or a letter of another script, makes the whole name fall back.
 */
export function transliterate(
  fullName: string,
  hrPinyin: string | null,
  umlaut: Umlaut = 'v',
): Transliteration {
  const known = readHrPinyin(hrPinyin);
  if (known !== null) return readAs(known);
  let full = '';
  let surnameSeen = false;
  let other: string | undefined;
  for (const run of fullName.normalize('NFKC').match(RUNS) ?? []) {
    if (HAN.test(run)) {
      const reading = readHan(run, surnameSeen ? 'given' : 'surname-first');
      if (reading.unread !== null) {
        return { kind: 'fallback', reason: 'unreadable-character', character: reading.unread };
      }
      full += spellUmlaut(reading.text, umlaut);
      surnameSeen = true;
    } else {
      other ??= OTHER_LETTER.exec(run)?.[0];
      full += foldLatin(run);
    }
  }
  if (full === '') return { kind: 'fallback', reason: 'nothing-left' };
  if (other !== undefined) return { kind: 'fallback', reason: 'unreadable-character', character: other };
  return readAs(full);
}

function spellUmlaut(reading: string, umlaut: Umlaut): string {
  return umlaut === 'v' ? reading : reading.replaceAll('lv', 'lyu').replaceAll('nv', 'nyu');
}

function readAs(full: string): Transliteration {
  return { kind: 'pinyin', full, initial: /[a-z]/.exec(full)?.[0] ?? '' };
}

/** HR writes it with or without spaces, tones and capitals; anything but letters makes it useless. */
function readHrPinyin(hrPinyin: string | null): string | null {
  const letters = (hrPinyin ?? '').replace(/\s+/gu, '');
  if (!/^[\p{Script=Latin}\p{M}]+$/u.test(letters)) return null;
  // ü follows only l and n in pinyin; elsewhere (Müller) it is a u with an accent. Tones sit on top of it.
  const spelled = letters
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[ln])u(?:\p{M}*\u0308\p{M}*)/gu, 'v');
  return foldLatin(spelled) || null;
}

function readHan(run: string, where: 'surname-first' | 'given'): { text: string; unread: string | null } {
  const head = where === 'surname-first' ? findSurnameHead(run) : null;
  const surname = where === 'surname-first' && head === null ? 'head' : 'off';
  const rest = head === null ? run : run.slice(head.surname.length);
  let text = head?.reading ?? '';
  if (rest === '') return { text, unread: null };
  for (const { origin, pinyin: reading } of loadLibrary().pinyin(rest, {
    toneType: 'none',
    type: 'all',
    surname,
    v: true,
  })) {
    // Left to itself the library drops what it cannot read without a word.
    if (!READING.test(reading)) return { text, unread: origin };
    text += reading;
  }
  return { text, unread: null };
}
