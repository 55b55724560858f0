import { normaliseName } from '../../text/text.ts';
import { transliterate } from '../names/transliterate.ts';

/** What is known of the names of the person who holds the employee number. */
export interface KnownNames {
  readonly fullName: string;
  /** HR's; null when it has none. */
  readonly pinyinName: string | null;
  readonly englishName: string | null;
}

/**
 * False only when normalised text, pinyin and English name all differ, without regard to case and spaces
 * (provisioning.md §4): then the item fails with `PERSON_MISMATCH`. 張三 is 张三, and so is Zhang San.
 */
export function isSamePerson(known: KnownNames, incomingName: string): boolean {
  if (textOf(known.fullName) === textOf(incomingName)) return true;
  const knownSpellings = new Set([
    ...spellingsOf(known.fullName, known.pinyinName),
    ...spellingsOf(known.fullName, null),
    ...spellingsOf(known.englishName ?? '', null),
  ]);
  return spellingsOf(incomingName, null).some((spelling) => knownSpellings.has(spelling));
}

function textOf(name: string): string {
  return normaliseName(name).toLowerCase();
}

/** The name in Latin letters, when it has any: a name that cannot be read equals no other. */
function spellingsOf(name: string, hrPinyin: string | null): string[] {
  const read = transliterate(normaliseName(name), hrPinyin);
  return read.kind === 'pinyin' && read.initial !== '' ? [read.full] : [];
}
