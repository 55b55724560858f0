import './api/style-nonce.ts';
import './console.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient, reloadOnce } from './api/call.ts';
import {
  currentCredential,
  lastRefusal,
  onCredentialChange,
  takeOverFromOtherTab,
} from './api/credential.ts';
import { ViewerDocument } from './api/generated/graphql.ts';
import { styleNonce } from './api/style-nonce.ts';
import { useData } from './api/use-data.ts';
import { completeSignIn } from './frame/oidc.ts';
import { PreferencesProvider, usePreferences } from './frame/preferences.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { themeOf } from './frame/theme.ts';
import { ViewerProvider } from './frame/viewer.tsx';
import { CallError } from './parts/explain.tsx';
import { router } from './routes.tsx';
import { preferredLanguage, tagOf } from './text/language.ts';

// A page of an older version asks for files that are no longer there.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  reloadOnce();
});

/** antd's own words, in the reader's language alone; another language loads the page anew. */
const { default: locale } =
  preferredLanguage() === 'EN' ? await import('antd/locale/en_US') : await import('antd/locale/zh_CN');

/** Who is at this tab decides what is shown. */
function SignedIn({ problem, children }: { readonly problem: string | null; readonly children: ReactNode }) {
  const credential = useSyncExternalStore(onCredentialChange, currentCredential);
  if (credential === null) return <SignIn problem={problem ?? lastRefusal()} />;
  return <Known key={credential}>{children}</Known>;
}

function Known({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useData(ViewerDocument, {});
  useEffect(() => () => queryClient.clear(), []);
  if (data === undefined)
    return error === null ? null : <CallError error={error} onRetry={() => void refetch()} />;
  return <ViewerProvider viewer={data.viewer}>{children}</ViewerProvider>;
}

function Themed({ children }: { readonly children: ReactNode }) {
  const { theme, language } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = tagOf(language);
  }, [theme, language]);
  return (
    <ConfigProvider
      theme={themeOf(theme)}
      locale={locale}
      csp={{ nonce: styleNonce }}
      button={{ autoInsertSpace: false }}
    >
      <App className="app">{children}</App>
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
await takeOverFromOtherTab();
const problem = await completeSignIn().catch((error: unknown) => String(error));
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <PreferencesProvider>
      <Themed>
        <SignedIn problem={problem}>
          <RouterProvider router={router} />
        </SignedIn>
      </Themed>
    </PreferencesProvider>
  </QueryClientProvider>,
);
