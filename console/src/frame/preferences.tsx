import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { pageConfig } from '../api/page-config.ts';
import { chooseLanguage, type Language, preferredLanguage } from '../text/language.ts';

/** Whose clock times are shown by. */
export type ZoneChoice = 'service' | 'browser' | 'utc';
export type Theme = 'light' | 'dark';

/** How this reader wants to see everything; kept in the browser. */
export interface Preferences {
  readonly language: Language;
  readonly zoneChoice: ZoneChoice;
  /** Name of the zone, as `Asia/Shanghai`. */
  readonly zone: string;
  readonly theme: Theme;
  readonly isLive: boolean;
  readonly set: (change: Partial<Pick<Preferences, 'language' | 'zoneChoice' | 'theme' | 'isLive'>>) => void;
}

const STORED = 'accountsync.preferences';
const context = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState(readStored);
  const value = useMemo<Preferences>(
    () => ({
      ...state,
      zone: zoneOf(state.zoneChoice),
      set: ({ language, ...change }) => {
        if (language !== undefined && language !== state.language) {
          chooseLanguage(language);
          // Texts of the API are in the language they were asked for.
          location.reload();
          return;
        }
        const next = { ...state, ...change };
        localStorage.setItem(STORED, JSON.stringify({ zoneChoice: next.zoneChoice, theme: next.theme }));
        setState(next);
      },
    }),
    [state],
  );
  return <context.Provider value={value}>{children}</context.Provider>;
}

export function usePreferences(): Preferences {
  const value = useContext(context);
  if (value === null) throw new Error('There are no preferences here.');
  return value;
}

/** Gives the text in the reader's language; both stand where it is said. */
export type Say = (chinese: string, english: string) => string;

export function useSay(): Say {
  const { language } = usePreferences();
  return language === 'EN' ? (_, english) => english : (chinese) => chinese;
}

function readStored() {
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const fallback = { zoneChoice: 'service', theme: prefersDark ? 'dark' : 'light' } as const;
  let stored: { zoneChoice?: unknown; theme?: unknown } = {};
  try {
    stored = JSON.parse(localStorage.getItem(STORED) ?? '{}');
  } catch {
    // Unreadable preferences are dropped.
  }
  const { zoneChoice, theme } = stored;
  return {
    language: preferredLanguage(),
    zoneChoice: isZoneChoice(zoneChoice) ? zoneChoice : fallback.zoneChoice,
    theme: theme === 'dark' || theme === 'light' ? theme : fallback.theme,
    isLive: true,
  };
}

function isZoneChoice(value: unknown): value is ZoneChoice {
  return value === 'service' || value === 'browser' || value === 'utc';
}

function zoneOf(choice: ZoneChoice): string {
  if (choice === 'utc') return 'UTC';
  return choice === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : pageConfig.timeZone;
}
