/** What makes a text doubtful as a person's name. */
export const nameDoubts = ['LOST', 'ENCODED', 'PLACEHOLDER', 'FORMULA', 'NOTE', 'SEVERAL'] as const;
export type NameDoubt = (typeof nameDoubts)[number];

/** Signs that stand where a character was lost or hidden: `李?`, `李□`, `张*三`, U+FFFD, and famous ruins. */
const LOST =
  /[?？\uFFFD□■〓◆●*＊]|锟斤拷|烫烫|屯屯|[ÃÂ][\u0080-\u00BF]|[åäæçèé][\u0080-\u00BF¼½¾‚-‰Š-ž][\u0080-\u00FF]|â€|[A-Za-z]\p{Script=Han}+[a-z]/u;
/** Characters written out: `王&#20164;`, `\u4ed6`, `%E5%BC%A0`, `=?utf-8?B?`. */
const ENCODED = /&(?:#\d+|#x[\da-f]+|[a-z]{2,8});|\\u[\da-f]{4}|(?:%[\da-f]{2}){2}|=\?[\w-]+\?[bq]\?/iu;
/** Placeholders that programs and people write. Null is also a surname. */
const PLACEHOLDER =
  /^(?:null|NULL|nan|NaN|NAN|none|NONE|None|nil|NIL|undefined|<na>|n\/a|N\/A|\(null\)|#\S*|\\N|tbd|TBD|无|无名|无名氏|未知|不详|待定|暂无|匿名|空|空白|某某|xxx+|XXX+|姓名|name)$/u;
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@|%]/u;
const BRACKETED = /[([{（［｛【〔〈《<][^)\]}）］｝】〕〉》>]*[)\]}）］｝】〕〉》>]?/gu;
/** `WB_李娜`, `外包-李娜`, `李娜-实习`, `张三/技术部`: a note before or behind the name. */
const NOTE_BEFORE =
  /^(?:[A-Za-z0-9]{1,10}[_-]|(?:外包|实习|劳务|派遣|临时|兼职|返聘)[_-]?)(?=\p{Script=Han})/u;
const NOTE_BEHIND = /(?<=\p{Script=Han})\s*[-_—–/|]\s*(?=[\p{Script=Han}A-Za-z0-9])[^,，、;；]*$/u;
const STATE_BEHIND = /(?<=\p{Script=Han}{2})(?:已?离职|实习生?|外包|兼职|返聘|退休)$/u;
const SEVERAL = /(?<=\p{Script=Han})[,，、;；&＆]\s*(?=\p{Script=Han})|@/u;
const LETTER = /\p{L}/u;
const USUAL = /^[\u4E00-\u9FFF]{2,3}$/;
const UNUSUAL = /锟|烫|屯屯|无名|未知|不详|待定|暂无|匿名|空白|某某|姓名/;

/**
 * Why a text is no name to make an account of, or holds more than one: characters lost or written out, placeholders,
 * signs that begin formulas, notes in brackets or behind a dash, several people. Null for a name. Digits alone behind a
 * name are how people tell namesakes apart, and no doubt.
 */
export function judgeName(name: string): NameDoubt | null {
  // Nearly every name there is: two or three Han characters that are no word for nobody.
  if (USUAL.test(name) && !UNUSUAL.test(name)) return null;
  const text = name.normalize('NFC').trim();
  if (ENCODED.test(text)) return 'ENCODED';
  if (PLACEHOLDER.test(text) || !LETTER.test(text)) return 'PLACEHOLDER';
  if (FORMULA.test(text)) return 'FORMULA';
  if (LOST.test(text)) return 'LOST';
  if (SEVERAL.test(text)) return 'SEVERAL';
  if (coreName(text) !== text) return 'NOTE';
  return null;
}

/** The name without notes in brackets, before or behind it; the text itself where nothing would be left. */
export function coreName(name: string): string {
  const bare = name
    .replace(BRACKETED, '')
    .replace(NOTE_BEFORE, '')
    .replace(NOTE_BEHIND, '')
    .replace(STATE_BEHIND, '')
    .trim();
  return LETTER.test(bare) ? bare : name;
}
