import type { Transliteration } from './transliterate.ts';

/** Windows' limit of a logon name (sAMAccountName). */
export const USERNAME_MAX_LENGTH = 20;

/** RFC 5321's limit of the part before the `@`. */
export const LOCAL_PART_MAX_LENGTH = 64;

// An employee number of dots alone leaves nothing; the counter tells such people apart.
const NAMELESS_LOCAL_PART = 'user';

/**
 * The directory login (provisioning.md §5.3): first letter + employee number as given (`zP000126`); longer than 20
 * or no letter: the number alone; still longer: null, which is `LOGIN_TOO_LONG`.
 */
export function usernameFor(transliteration: Transliteration, employeeNumber: string): string | null {
  const initial = transliteration.kind === 'pinyin' ? transliteration.initial : '';
  const candidates = [`${initial}${employeeNumber}`, employeeNumber];
  return candidates.find(({ length }) => length <= USERNAME_MAX_LENGTH) ?? null;
}

/** The fields that an English name is made from. */
export interface EnglishNameSource {
  /** HR's; null or blank when it has none. */
  readonly hrEnglishName: string | null;
  readonly transliteration: Transliteration;
  readonly employeeNumber: string;
}

/** HR's English name, else the full pinyin, else the employee number (provisioning.md §5.3). */
export function englishNameFor(source: EnglishNameSource): string {
  const { hrEnglishName, transliteration, employeeNumber } = source;
  return hrEnglishName?.trim() || (transliteration.kind === 'pinyin' ? transliteration.full : employeeNumber);
}

/**
 * The local part before any counter: full pinyin, else the employee number. Lower case [a-z0-9._-], 1–64, no dot
 * at either end and no two in a row.
 */
export function localPartBase(transliteration: Transliteration, employeeNumber: string): string {
  const wanted = transliteration.kind === 'pinyin' ? transliteration.full : employeeNumber;
  const safe = wanted
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^\./, '')
    .slice(0, LOCAL_PART_MAX_LENGTH)
    .replace(/\.$/, '');
  return safe || NAMELESS_LOCAL_PART;
}

/** `zhangsan`, `zhangsan2`, `zhangsan3` … for counter 1, 2, 3 …; the base is cut so that all fits 64. */
export function localPartCandidate(base: string, counter: number): string {
  const suffix = counter === 1 ? '' : String(counter);
  return `${base.slice(0, LOCAL_PART_MAX_LENGTH - suffix.length)}${suffix}`;
}
