import type { Locale } from '../error-entry.ts';

const names: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  leavers: { zh: '查找离职人员', en: 'Find leavers' },
  accounts: { zh: '停用账号', en: 'Disable accounts' },
  repair: { zh: '更正记录', en: 'Correct our records' },
  people: { zh: '读取并保存人员', en: 'Read and store people' },
};

/** What a step is called in the reader's language; its key where it has no name. */
export function stepName(key: string, locale: Locale): string {
  const name = Object.hasOwn(names, key) ? names[key] : undefined;
  if (name === undefined) return key;
  return locale === 'ZH_CN' ? name.zh : name.en;
}
