/** Configuration that the server writes into the page. */
export interface PageConfig {
  readonly version: string;
  readonly defaultLocale: 'ZH_CN' | 'EN';
  /** Of the service, as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** False: sign-in by key alone. */
  readonly hasSignIn: boolean;
  /** The key that an embedded start made on this machine; null: the reader types one. */
  readonly prefilledKey: string | null;
}

const FALLBACK: PageConfig = {
  version: '',
  defaultLocale: 'ZH_CN',
  timeZone: 'Asia/Shanghai',
  hasSignIn: false,
  prefilledKey: null,
};

/** Of this page. */
export const pageConfig: PageConfig = readConfig();

function readConfig(): PageConfig {
  const text = document.getElementById('config')?.textContent ?? '';
  try {
    const parsed: Partial<PageConfig> = JSON.parse(text);
    return { ...FALLBACK, ...parsed };
  } catch {
    return FALLBACK;
  }
}
