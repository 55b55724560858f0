import type { Column } from './column.ts';
import type { Say } from './say.ts';

/** A cell as it is taken, or why its line is bad. */
export type JudgedCell = { readonly value: string } | { readonly problem: string };

/** Codes as Excel, LibreOffice, Java and pandas mangle them: `1.2E+05`, `1.0000123E7`, `10001.0`. */
const SCIENTIFIC = /^[+-]?(?:\d+[.,]\d+E[+-]?\d+|\d+E[+-]\d+)$/i;
/** `1E5`: no program writes it so, but it becomes 1.00E+05 with the next one that opens the file. */
const SHORT_SCIENTIFIC = /^\d+E\d+$/i;
/** A spreadsheet keeps 15 digits; the others became zeros. */
const CUT_DIGITS = /^\d{15}0+$/;
const BOOLEAN = /^(?:TRUE|FALSE|真|假)$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?$/i;
const WHOLE_FRACTION = /^[+-]?\d+\.0+$/;
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DATE = new RegExp(
  `^(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?: .*)?|\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{1,2}月\\d{1,2}日|(?:\\d{1,2}-)?(?:${MONTHS})(?:-\\d{2,4})?)$`,
  'i',
);
/** Error values of formulas, in any language of Excel, and of LibreOffice; `####` is a column too narrow to show it. */
const FORMULA_ERROR = /^(?:#+|#[\p{L}/_0]+[!?？！]?|Err:\d{3})$/u;
/** Words that programs and people write for "nothing". A surname is written Null, and Namibia NA. */
const PLACEHOLDERS = new Set([
  ...[
    'NULL',
    'null',
    '<null>',
    '(null)',
    '[null]',
    'nan',
    'NaN',
    'NAN',
    '<NA>',
    'None',
    'none',
    'nil',
    'undefined',
    'Infinity',
    'inf',
  ],
  ...['\\N', 'N/A', 'n/a', 'N.A.', 'n.a.', '-', '--', '---', '—', '——', '/', '//', '\\', '.', '*', '?', '？'],
  ...[
    '无',
    '空',
    '暂无',
    '没有',
    '未知',
    '待定',
    '不详',
    '空白',
    '(空白)',
    '（空白）',
    '(blank)',
    'TBD',
    'tbd',
    '同上',
  ],
]);
/** `="000123"`, `'000123`, and invisible characters at the ends: marks that keep a code a text. */
const TEXT_FORMULA = /^="([\s\S]*)"$/;
const ENDS = /^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu;

/** Takes the marks off a cell and says what a program made of it, in the words of the file. */
export function judgeCell(given: string, head: string, column: Column, say: Say): JudgedCell {
  const value = bare(given, column);
  if (FORMULA_ERROR.test(value)) return formulaError(value, head, column, say);
  if (PLACEHOLDERS.has(value) || PLACEHOLDERS.has(value.normalize('NFKC'))) {
    if (!column.required) return { value: '' };
    return { problem: say(`${head} 是“${value}”，不是值`, `${head} is ${value}, which stands for nothing`) };
  }
  if (!column.isCode) return { value };
  if (isNumberOfProgram(value, column))
    return {
      problem: say(
        `${head} 是 ${value}：表格软件把它当成了数字，原来的值已丢失；请把该列设为“文本”后重新填写`,
        `${head} is ${value}: the spreadsheet took it for a number and the value is lost; format the column as text and fill it in again`,
      ),
    };
  if (value.startsWith('='))
    return {
      problem: say(
        `${head} 是公式 ${value}；请在表格里把该列“粘贴为值”`,
        `${head} is the formula ${value}; paste the column as values in the spreadsheet`,
      ),
    };
  if (column.isDated !== true && (DATE.test(value) || TIME.test(value)))
    return {
      problem: say(
        `${head} 是 ${value}：表格软件把代码当成了日期，原来的值已丢失；请把该列设为“文本”后重新填写`,
        `${head} is ${value}: the spreadsheet took the code for a date and the value is lost; format the column as text and fill it in again`,
      ),
    };
  return { value };
}

function isNumberOfProgram(value: string, { isDistinct }: Column): boolean {
  if (SCIENTIFIC.test(value) || WHOLE_FRACTION.test(value) || BOOLEAN.test(value)) return true;
  return isDistinct === true && (SHORT_SCIENTIFIC.test(value) || CUT_DIGITS.test(value));
}

function formulaError(value: string, head: string, column: Column, say: Say): JudgedCell {
  if (!column.required) return { value: '' };
  return {
    problem: say(
      `${head} 是 ${value}：表格里的公式没有得到结果（如 VLOOKUP 未找到）；请在表格里补上`,
      `${head} is ${value}: a formula of the spreadsheet found nothing (a look-up that failed); fill it in there`,
    ),
  };
}

function bare(given: string, { isCode }: Column): string {
  const text = given.replace(ENDS, '');
  if (!isCode) return text;
  return text
    .replace(TEXT_FORMULA, '$1')
    .replace(/^['’‘`](?=\d|[A-Za-z])/, '')
    .replace(ENDS, '');
}
