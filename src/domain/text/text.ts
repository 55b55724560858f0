/**
 * Texts longer than this many UTF-16 units are left as they came: no field may hold a tenth of it, so it is
 * refused by length alone, and a name of 10 MB costs no more than a look at its length.
 */
export const RAW_TEXT_MAX_UNITS = 2_000;

// Printable ASCII without the space, and the common Han block: nothing to normalise in any of them. The space is
// left out so that runs, ends and spaces between Han characters always take the long way.
const PLAIN = /^[!-~\u4E00-\u9FFF]*$/;
// Format characters (direction overrides, zero-width joiners) and what else is never drawn (variation selectors).
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;
const SPACES = /\p{Zs}+/gu;
const NAME_DOTS = /[\u2022\u2027\u30FB\uFF0E\uFE52\u2219]/gu;
const SPACE_BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
// Line and paragraph separators are not control characters by Unicode, but they break lines.
const FORBIDDEN = /[\p{Cc}\p{Cs}\uE000-\uF8FF\u2028\u2029]/u;
const PLACEHOLDER =
  /^(?:null|NULL|Null|nil|NIL|none|None|NONE|undefined|nan|NaN|n\/a|N\/A|#N\/A|\(null\)|\\N|[-—–/\\.]+|无|無|空|暂无|暫無|未知|待定)$/u;
const DRAWN = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

/**
 * The one form of a text (provisioning.md §3.1): NFC, unseen characters removed, U+3000 and runs of spaces one
 * space, trimmed. Forbidden characters stay, for `findForbiddenCharacter` to name. Longer than
 * `RAW_TEXT_MAX_UNITS`: returned as it is.
 */
export function normaliseText(text: string): string {
  return isSettled(text) ? text : tidy(text.replace(UNSEEN, '').normalize('NFC'));
}

/** As `normaliseText`, and every dot of a transcribed name is `·`, spaces between Han characters are gone. */
export function normaliseName(text: string): string {
  if (isSettled(text)) return text;
  return normaliseText(text).replace(NAME_DOTS, '·').replace(SPACE_BETWEEN_HAN, '');
}

/** As `normaliseText` but NFKC, so that full-width letters and digits become ASCII: employee numbers, phones. */
export function normaliseCompatibleText(text: string): string {
  return isSettled(text) ? text : tidy(text.normalize('NFKC').replace(UNSEEN, '').normalize('NFKC'));
}

/**
 * The first character that no stored text may hold: NUL and other control characters, lone surrogates,
 * U+E000–F8FF, line separators (provisioning.md §3.3). Null when there is none.
 */
export function findForbiddenCharacter(text: string): string | null {
  return PLAIN.test(text) ? null : (FORBIDDEN.exec(text)?.[0] ?? null);
}

/**
 * True for what programs and people write where a code, login or address has no value: `NULL`, `N/A`, `-`, 无. Names are
 * judged by `judgeName`: Nan and Na are called so.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Names a character for a reader: `U+0000`, and with its drawing where it has one: `外 (U+5916)`. */
export function describeCharacter(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  return DRAWN.test(character) ? `${character} (${name})` : name;
}

/** True when the text has more code points than the limit; a very long text is never counted. */
export function isLongerThan(text: string, limitCodePoints: number): boolean {
  if (text.length <= limitCodePoints) return false;
  // A code point is at most two units.
  if (text.length > 2 * limitCodePoints) return true;
  return Array.from(text).length > limitCodePoints;
}

function isSettled(text: string): boolean {
  return text.length > RAW_TEXT_MAX_UNITS || PLAIN.test(text);
}

function tidy(text: string): string {
  return text.replace(SPACES, ' ').trim();
}
