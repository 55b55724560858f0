import type { ErrorEntry, ErrorParameters, Locale, StoredError } from './error-entry.ts';

/** A catalogue of codes, or several of them spread into one. */
export type ErrorCatalogue = Readonly<Record<string, ErrorEntry>>;

// Stands for a parameter that is null or was not stored.
const ABSENT = '–';
// Longest part of an unknown code that is shown.
const CODE_MAX_LENGTH = 64;

/** Chinese names of the values of `kind` of call errors; the values are the English words. */
const kindsZh: Readonly<Record<string, string>> = {
  request: '请求',
  item: '明细',
  task: '任务',
  run: '运行',
  person: '人员',
  account: '账号',
  'API key': '密钥',
  message: '消息',
  queue: '队列',
};

/** Chinese names of the values of movers' `fields`; the values are the English words. */
const fieldsZh: Readonly<Record<string, string>> = {
  name: '姓名',
  department: '部门',
  phone: '电话',
  email: '邮箱',
};

/** Chinese names of the states in `tasks`, whose entries are system, state and number. */
const taskStatesZh: Readonly<Record<string, string>> = {
  PENDING: '待处理',
  WAITING: '等待前置账号',
  PROCESSING: '处理中',
  RETRY: '等待重试',
  UNCERTAIN: '结果未知',
};

/** How what was refused is sent again: the call, or (`again` ROW) a row that was left out of a call that was taken. */
const againTexts: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  CALL: { ZH_CN: '重新提交', EN: 'send the call again' },
  ROW: {
    ZH_CN: '用另一个 businessKey 单独提交这一行（其余各行已受理）',
    EN: 'send this row in a call of its own with another businessKey (the others were taken)',
  },
};

/** Why a name hardly is one (`judge-name.ts`). */
const doubtTexts: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  LOST: { ZH_CN: '有字符在途中丢失', EN: 'characters of it were lost on the way' },
  ENCODED: { ZH_CN: '含有未还原的字符编码', EN: 'it has characters written out as codes' },
  PLACEHOLDER: { ZH_CN: '是占位词，不是姓名', EN: 'it stands for nobody' },
  FORMULA: { ZH_CN: '以公式符号开头', EN: 'it begins like a formula' },
  NOTE: { ZH_CN: '姓名之外还有备注', EN: 'it holds more than a name' },
  SEVERAL: { ZH_CN: '含有不止一个姓名', EN: 'it holds more than one name' },
};

const unknownEntry: ErrorEntry = {
  zh: '发生了没有说明的错误（代码 {code}）。请把此代码和工号或请求号告诉 AccountSync 管理员。',
  en: 'An error without a description happened (code {code}). Tell the AccountSync operator this code and the employee number or request id.',
  fixBy: 'OPERATOR',
  retryable: false,
};

/** Of a purged request: whom an error was about is gone, how often it was met is not. */
export const PURGED = 'PEOPLE_GONE';
const purgedEntry: ErrorEntry = {
  zh: '原因 {code}；所涉人员已过保留期，明细已清除。',
  en: 'The cause was {code}; whom it concerned was removed when their days were over.',
  fixBy: 'NOBODY',
  retryable: false,
};

/**
 * The text of a stored error in the reader's language. `{name}` is the parameter of that name; lists are joined
 * with `、` or `, `; what is missing shows as a dash. An unknown code gives a safe text that names the code.
 */
export function renderError(catalogue: ErrorCatalogue, error: StoredError, locale: Locale): string {
  const { code, parameters } = error;
  const known = parameters['variant'] === PURGED ? purgedEntry : findTemplate(catalogue, error);
  const entry = known ?? unknownEntry;
  const values = known ? { code, ...parameters } : { code: code.slice(0, CODE_MAX_LENGTH) };
  const template = locale === 'ZH_CN' ? entry.zh : entry.en;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => renderValue(values, name, locale));
}

/** Who can put an error of this code right, and whether waiting may; an unknown code is the operator's. */
export function findErrorEntry(catalogue: ErrorCatalogue, code: string): ErrorEntry {
  return findOwn(catalogue, code) ?? unknownEntry;
}

/** A code may have a more exact text, stored as parameter `variant` and found under `CODE.VARIANT`. */
function findTemplate(catalogue: ErrorCatalogue, { code, parameters }: StoredError): ErrorEntry | undefined {
  const variant = parameters['variant'];
  return (
    (typeof variant === 'string' ? findOwn(catalogue, `${code}.${variant}`) : undefined) ??
    findOwn(catalogue, code)
  );
}

function findOwn(catalogue: ErrorCatalogue, key: string): ErrorEntry | undefined {
  return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
}

function renderValue(parameters: ErrorParameters, name: string, locale: Locale): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : null;
  if (name === 'again') return againTexts[value === 'ROW' ? 'ROW' : 'CALL']?.[locale] ?? ABSENT;
  if (value === null || value === undefined) return ABSENT;
  if (name === 'doubt') return doubtTexts[String(value)]?.[locale] ?? ABSENT;
  if (name === 'kind' && locale === 'ZH_CN' && typeof value === 'string') return kindsZh[value] ?? value;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const words = locale === 'ZH_CN' ? value.map((word) => chineseWord(name, word)) : value;
  return words.join(locale === 'ZH_CN' ? '、' : ', ') || ABSENT;
}

function chineseWord(name: string, word: string): string {
  if (name === 'fields') return fieldsZh[word] ?? word;
  return name === 'tasks' ? word.replace(/[A-Z]+/g, (part) => taskStatesZh[part] ?? part) : word;
}
