import { normaliseName } from '../../text/text.ts';
import { coreName, judgeName } from '../names/judge-name.ts';
import { transliterate } from '../names/transliterate.ts';

/** Known names of the person who has the employee number. */
export interface KnownNames {
  readonly fullName: string;
  /** HR's; null when it has none. */
  readonly pinyinName: string | null;
  readonly englishName: string | null;
}

const HAN = /\p{Script=Han}/u;
const APOSTROPHES = /['’‘ʼ`´＇]/gu;
const HYPHENS = /[-‐‑–]/gu;

/**
 * False only when normalised text, pinyin and English name all differ, without regard to case and spaces
 * (provisioning.md §4): then the item fails with `PERSON_MISMATCH`. 張三 is 张三, and so are Zhang San and 张三（外包）. The
 * characters are compared first; a name of which any character cannot be spelled, or was lost, equals no other by its
 * spelling.
 */
export function isSamePerson(known: KnownNames, incomingName: string): boolean {
  if (textOf(known.fullName) === textOf(incomingName)) return true;
  if (isLost(known.fullName) || isLost(incomingName)) return false;
  const [here, there] = [coreName(normaliseName(known.fullName)), coreName(normaliseName(incomingName))];
  if (textOf(here) === textOf(there)) return true;
  const knownSpellings = [
    ...spellingsOf(here, known.pinyinName),
    ...spellingsOf(here, null),
    ...spellingsOf(known.englishName ?? '', null),
  ];
  // Between two names in Chinese characters lü and lu differ; in Latin letters both are written.
  const fold = HAN.test(here) && HAN.test(there) ? (spelling: string) => spelling : foldUmlaut;
  const spelled = new Set(knownSpellings.map(fold));
  return spellingsOf(there, null).some((spelling) => spelled.has(fold(spelling)));
}

function textOf(name: string): string {
  return normaliseName(name).toLowerCase().replace(APOSTROPHES, "'").replace(HYPHENS, '-').replace(/\s/g, '');
}

function isLost(name: string): boolean {
  const doubt = judgeName(name);
  return doubt === 'LOST' || doubt === 'ENCODED';
}

/** The name in Latin letters, when all of it has any: a name that cannot be read equals no other. */
function spellingsOf(name: string, hrPinyin: string | null): string[] {
  const read = transliterate(normaliseName(name), hrPinyin);
  return read.kind === 'pinyin' && read.initial !== '' ? [read.full] : [];
}

/** `lv`, `lyu`, `lü` and `lu` are one, and so are `lve` and `lue`. */
export function foldUmlaut(spelling: string): string {
  return spelling.replace(/(?<=[ln])(?:yu|v|ü)/gu, 'u');
}
