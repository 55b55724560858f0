import { pageConfig } from '../api/page-config.ts';

/** As the API names them. */
export type Language = 'ZH_CN' | 'EN';

const STORED = 'accountsync.language';

/** The reader's choice, else the browser's preference, else the service's default. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORED);
  if (chosen === 'ZH_CN' || chosen === 'EN') return chosen;
  for (const tag of navigator.languages) {
    if (/^zh\b/i.test(tag)) return 'ZH_CN';
    if (/^en\b/i.test(tag)) return 'EN';
  }
  return pageConfig.defaultLocale;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

/** As HTML and HTTP name it. */
export function tagOf(language: Language): string {
  return language === 'ZH_CN' ? 'zh-CN' : 'en';
}
