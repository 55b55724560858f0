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

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <GraphiQL
    fetcher={createSend(language, authorization)}
    defaultTabs={tabs}
    defaultHeaders={headers}
    initialHeaders={headers}
    // What the reader looks at first: the key where it is missing, else what the operation is given.
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
