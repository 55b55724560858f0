import '../api/style-nonce.ts';
import './workers.ts';
import 'graphiql/style.css';
import './graphiql.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { currentCredential, takeOverFromOtherTab } from '../api/credential.ts';
import { preferredLanguage, tagOf } from '../text/language.ts';
import { examples } from './examples.ts';
import { createSend } from './send.ts';

const language = preferredLanguage();
document.documentElement.lang = tagOf(language);
await takeOverFromOtherTab();
const credential = currentCredential();
const authorization = credential === null ? null : `Bearer ${credential}`;
const headers = JSON.stringify({ Authorization: authorization ?? 'Bearer <API key>' }, null, 2);

const tabs = examples[language].map(({ query, variables }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
  headers,
}));

const shown = storedTab() ?? tabs[0];

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <GraphiQL
    fetcher={createSend(language, authorization)}
    defaultTabs={tabs}
    // GraphiQL fills in the query of the tab it opens with, and leaves its variables empty until the tab is clicked.
    {...(shown !== undefined && { initialQuery: shown.query, initialVariables: shown.variables })}
    defaultHeaders={headers}
    initialHeaders={headers}
    // The editor that the reader needs first: of the key where it is missing, else of the variables.
    defaultEditorToolsVisibility={credential === null ? 'headers' : 'variables'}
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>
      <a className="to-console" href="/console">
        {language === 'ZH_CN' ? 'AccountSync 控制台' : 'AccountSync console'}
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);

/** The tab that was open when the page was left; null at the first visit. */
function storedTab(): { readonly query: string; readonly variables: string } | null {
  const stored: unknown = JSON.parse(localStorage.getItem('graphiql:tabState') ?? 'null');
  const { tabs: kept, activeTabIndex } = Object(stored);
  const tab: unknown = Array.isArray(kept) ? kept[Number(activeTabIndex)] : null;
  const { query, variables } = Object(tab);
  if (typeof query !== 'string') return null;
  return { query, variables: typeof variables === 'string' ? variables : '' };
}
