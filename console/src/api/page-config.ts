/** What the server writes into the page. */
export interface PageConfig {
  readonly version: string;
  readonly defaultLocale: 'ZH_CN' | 'EN';
  /** Of the service, as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Null: sign-in by key alone. */
  readonly oidc: {
    readonly authorizationEndpoint: string;
    readonly clientId: string;
    readonly scope: string;
  } | null;
  /** The key that an embedded start made on this machine; null: the reader types one. */
  readonly prefilledKey: string | null;
}

const FALLBACK: PageConfig = {
  version: '',
  defaultLocale: 'ZH_CN',
  timeZone: 'Asia/Shanghai',
  oidc: null,
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
