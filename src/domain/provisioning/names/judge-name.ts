import { isUtf8ReadAsGbk } from './utf8-read-as-gbk.ts';

/** Reasons to doubt that a text is a person's name. */
export const nameDoubts = ['LOST', 'ENCODED', 'PLACEHOLDER', 'FORMULA', 'NOTE', 'SEVERAL'] as const;
export type NameDoubt = (typeof nameDoubts)[number];

/** Signs that stand where a character was lost or hidden: `李?`, `李□`, `张*三`, `张XX`, U+FFFD, and famous ruins. */
const LOST =
  /[?？\uFFFD□■▢▯▮〓◆●○◯*＊\p{Co}\p{Cc}]|锟斤拷|烫烫|屯屯|[ÃÂ][\u0080-\u00BF–—‘’‚“”„†‡•…‰‹›€™ŒœŠšŸŽžƒˆ˜]|â€|[A-Za-z]\p{Script=Han}+[a-z]|(?<=\p{Script=Han})[Xx×]{1,3}$/u;
/** Bytes of another encoding read as windows-1252: `ÕÅÈý`, `å¼ ä¸`. Names have no signs between accented letters. */
const LATIN_RUINS = /[À-ÖØ-öø-ÿ]{3}|[À-ÖØ-öø-ÿ][¡-©«-³µ¶¸¹»-¿×÷]|[¡-©«-³µ¶¸¹»-¿×÷][À-ÖØ-öø-ÿ]/u;
/** Characters written out: `王&#20164;`, `\u4ed6`, `%E5%BC%A0`, `=?utf-8?B?`. */
const ENCODED = /&(?:#\d+|#x[\da-f]+|[a-z]{2,8});|\\u[\da-f]{4}|(?:%[\da-f]{2}){2}|=\?[\w-]+\?[bq]\?/iu;
/** Placeholders that programs and people write. Null is also a surname. */
const PLACEHOLDER =
  /^(?:null|NULL|nan|NaN|NAN|NA|none|NONE|None|nil|NIL|undefined|<na>|n\/a|N\/A|n\.a\.?|N\.A\.?|\(null\)|#\S*|\\N|tbd|TBD|true|false|True|False|TRUE|FALSE|name|Name|NAME|unknown|Unknown|UNKNOWN|anonymous|Anonymous|default|guest|administrator|Administrator|user|[xX]{2,})$|^(null|undefined|none|nan)(?:\s+\1)+$|^\p{Script=Han}+(?:null|undefined|nan)$/u;
const NOBODY =
  /^(?:无|無|无名|無名|无名氏|未知|不明|不详|不詳|待定|暂无|暫無|匿名|空|空白|某|某某|姓名|用户名|名字|默认|缺省|示例|样例|合计|总计|小计|同上|离职|在职|待入职|待招|新员工|经理|管理员|管理員|系统|系统管理员|公共|公用|公共账号|公用账号|公共帐号|员工|员工姓名|人员姓名|联系人|用户|外包|实习生|先生|女士|老师|前台|保安|保洁|办公室|不知道|没有|暂缺|略|工号|编号|账号|帐号)\d*$|^\p{Script=Han}?某[某人]?$/u;
/** Names of what people work in. */
const OFFICE =
  '(?:财务|技术|人事|行政|市场|销售|研发|采购|后勤|信息|综合|运营|生产|质量|安全)(?:部|处|科|室|中心|部门)';
const ONLY_OFFICE = new RegExp(`^${OFFICE}\\d*$`);
/** People who are tried out: `测试`, `測試账号1`, `Test User`, `demo2`. */
const TRIED = /^(?:测试|測試|試驗|试验)|^(?:test|demo)(?:[\s_-]?(?:user|account|name))?[\s_-]?\d*$/iu;
/** `P000126`, `1.2E+10`: a number of another column. */
const NUMBER = /^[A-Za-z]{0,4}[-_]?\d[\dA-Fa-f.,+-]{2,}(?:E[+-]?\d+)?$/u;
/** Characters that a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@|%]/u;
const BRACKETED = /[([{（［｛【〔〈《<][^)\]}）］｝】〕〉》>]*[)\]}）］｝】〕〉》>]?/gu;
/** `WB_李娜`, `外包-李娜`, `李娜-实习`, `张三/技术部`: a note before or behind the name. */
const NOTE_BEFORE =
  /^(?:[A-Za-z0-9]{1,10}[_-]|(?:外包|实习|劳务|派遣|临时|兼职|返聘)[_-]?)(?=\p{Script=Han})/u;
const NOTE_BEHIND = /(?<=\p{Script=Han})\s*[-_—–/|]\s*(?=[\p{Script=Han}A-Za-z0-9])[^,，、;；]*$/u;
const STATE_BEHIND =
  /(?<=\p{Script=Han}{2})(?:已?离职|实习生?|外包|兼职|返聘|退休|等(?:\d*人)?|等[一二两三四五六七八九十]+人)$|(?<=\p{Script=Han})(?:先生|女士|小姐|老师|老師|同学|同學|师傅|经理|主任)$/u;
/** A number that is more than what tells namesakes apart: `张三13800138000`. */
const NUMBER_BEHIND = /(?<=\p{L})\s*\d{4,}$/u;
/** Numbers of a list or of people before the name: `1.张三`, `W001张三`, `①张三`. */
const NUMBER_BEFORE = /^(?:[A-Za-z]{0,4}\d+|[①-⓿㈠-㉃])[\s.、．，,:：)）_-]*(?=\p{Script=Han})/u;
const OFFICE_BEHIND = new RegExp(`(?<=\\p{Script=Han}{2})${OFFICE}$`, 'u');
/** Letters grown to Han characters: `张三Tom`, `Tom张`. One letter tells namesakes apart. */
const OTHER_SCRIPT = /(?<=\p{Script=Han})\s*[A-Za-z]{2,}$|^[A-Za-z]{2,}(?=\p{Script=Han})/u;
/** Signs that stand in no name, and marks at its end: `张三。`, `"张三"`, `张三😀`. */
const SIGNS = /["“”#$^~<>=+|†‡§©®™\\{}[\]【】《》()（）;；①-⓿㈠-㉃]|\p{Extended_Pictographic}/gu;
const MARKS_BEHIND = /(?<=\p{Script=Han})[。，,:：;；、.!！_…]+$/u;
const SEVERAL = /(?<=\p{Script=Han})\s*[,，、;；&＆]\s*(?=\p{Script=Han})|@/u;
const LETTER = /\p{L}/u;
const USUAL = /^[\u4E00-\u9FFF]{2,3}$/;
const UNUSUAL =
  /锟|烫|屯屯|无名|無名|未知|不[明详詳]|待定|暂无|暫無|匿名|空白|某|姓名|名字|默认|缺省|[示样]例|[合总小]计|同上|[离在]职|入职|待招|员工|经理|管理|用户|外包|实习|测试|測試|试验|試驗|先生|女士|小姐|老[师師]|系统|公共|公用|前台|保安|保洁|办公室|联系人|不知道|没有|暂缺|工号|编号|账号|帐号|等$|[部处科室]$|中心$|同[学學]|师傅|主任|兼职|返聘|退休/;

/**
 * Why a text is no name to make an account of, or holds more than one: characters lost or written out, placeholders,
 * signs that begin formulas, notes in brackets or behind a dash, several people. Null for a name. Digits alone behind a
 * name are how people tell namesakes apart, and no doubt.
 */
export function judgeName(name: string): NameDoubt | null {
  // Nearly every name: two or three Han characters that are not a placeholder.
  if (USUAL.test(name) && !UNUSUAL.test(name)) return isUtf8ReadAsGbk(name) ? 'LOST' : null;
  const text = name.normalize('NFC').trim();
  if (ENCODED.test(text)) return 'ENCODED';
  if (isPlaceholder(text)) return 'PLACEHOLDER';
  if (FORMULA.test(text)) return 'FORMULA';
  if (LOST.test(text) || LATIN_RUINS.test(text) || isUtf8ReadAsGbk(text)) return 'LOST';
  if (SEVERAL.test(text)) return 'SEVERAL';
  if (coreName(text) !== text || text.search(SIGNS) >= 0) return 'NOTE';
  return null;
}

function isPlaceholder(text: string): boolean {
  if (!LETTER.test(text)) return true;
  return [PLACEHOLDER, NOBODY, ONLY_OFFICE, TRIED, NUMBER].some((pattern) => pattern.test(text));
}

/** The name without notes in brackets, before or behind it; the text itself where nothing would be left. */
export function coreName(name: string): string {
  const bare = name
    .replace(BRACKETED, '')
    .replace(NUMBER_BEFORE, '')
    .replace(NOTE_BEFORE, '')
    .replace(NOTE_BEHIND, '')
    .replace(STATE_BEHIND, '')
    .replace(OFFICE_BEHIND, '')
    .replace(NUMBER_BEHIND, '')
    .replace(OTHER_SCRIPT, '')
    .replace(SIGNS, '')
    .replace(MARKS_BEHIND, '')
    .trim();
  return LETTER.test(bare) ? bare : name;
}
