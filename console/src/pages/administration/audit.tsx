import { Alert, Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import {
  AuditEntriesDocument,
  type AuditEntriesQuery,
  VerifyAuditDocument,
  type VerifyAuditQuery,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { dayBounds } from '../../parts/days.ts';
import { CallError } from '../../parts/explain.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Page } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';

type Entry = AuditEntriesQuery['auditEntries']['nodes'][number];
type Verification = VerifyAuditQuery['verifyAudit'];

/** Who changed what, from what to what. */
export function View() {
  const say = useSay();
  const { zone } = usePreferences();
  const [search] = useSearch();
  const query = useData(AuditEntriesDocument, { ...pageOf(search), filter: filterOf(search, zone) });
  return (
    <Page title={say('审计', 'Audit')} extra={<Verify />}>
      <DataList<Entry>
        label={say('审计', 'Audit')}
        query={{ ...query, data: query.data?.auditEntries }}
        rowKey={({ id }) => id}
        filters={[
          { name: 'actor', label: say('谁', 'Who') },
          { name: 'action', label: say('动作', 'Action') },
          { name: 'subjectKind', label: say('对象种类', 'Kind of subject') },
          { name: 'subjectId', label: say('对象', 'Subject') },
          { name: 'correlationId', label: say('关联号', 'Correlation id') },
          { name: 'from', label: say('自', 'From'), kind: 'day' },
          { name: 'to', label: say('至', 'To'), kind: 'day' },
        ]}
        whenEmpty={say('还没有记录。', 'Nothing yet.')}
        columns={[
          { key: 'at', title: say('时间', 'When'), render: ({ at }) => <When at={at} /> },
          { key: 'who', title: say('谁', 'Who'), render: ({ actor }) => actor },
          { key: 'action', title: say('动作', 'Action'), render: ({ action }) => <code>{action}</code> },
          { key: 'subject', title: say('对象', 'Subject'), render: (entry) => <Subject entry={entry} /> },
          {
            key: 'change',
            title: say('之前 → 之后', 'Before → after'),
            render: (entry) => <Changed before={entry.before} after={entry.after} />,
          },
          {
            key: 'correlation',
            title: say('关联号', 'Correlation'),
            render: ({ correlationId }) => correlationId && <Id id={correlationId} />,
          },
        ]}
      />
    </Page>
  );
}

/** Where the pages of subjects are. */
const PATHS: Readonly<Record<string, string>> = {
  request: '/requests/',
  person: '/people/',
  task: '/tasks/',
  run: '/runs/',
};

function Subject({ entry: { subjectKind, subjectId } }: { readonly entry: Entry }) {
  const path = /^\d+$/.test(subjectId) ? undefined : PATHS[subjectKind.toLowerCase()];
  return (
    <>
      <span className="quiet">{subjectKind}</span>{' '}
      {path === undefined ? (
        <code>{subjectId}</code>
      ) : (
        <Go to={`${path}${encodeURIComponent(subjectId)}`}>{subjectId}</Go>
      )}
    </>
  );
}

/** What an entry changed, name by name. */
function Changed({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const [was, became]: Record<string, unknown>[] = [Object(before), Object(after)];
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(became ?? {})])].filter(
    (name) => JSON.stringify(was?.[name]) !== JSON.stringify(became?.[name]),
  );
  return (
    <ul className="plain">
      {names.map((name) => (
        <li key={name}>
          <code>
            {name}: {was?.[name] === undefined ? '' : `${JSON.stringify(was[name])} → `}
            {became?.[name] === undefined ? '–' : JSON.stringify(became[name])}
          </code>
        </li>
      ))}
    </ul>
  );
}

/** Follows the chain of hashes to its end, part by part. */
function Verify() {
  const say = useSay();
  const [state, setState] = useState<Verification | null>(null);
  const [entries, setEntries] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    setError(null);
    setState(null);
    try {
      let count = 0;
      for (let after: string | null = null; ; ) {
        const { verifyAudit }: VerifyAuditQuery = await call(VerifyAuditDocument, { after });
        count += verifyAudit.entries;
        setEntries(count);
        setState(verifyAudit);
        if (verifyAudit.complete || verifyAudit.problem !== null) break;
        after = verifyAudit.upTo;
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack" aria-live="polite">
      <Button loading={isBusy} onClick={() => void start()}>
        {say('核对', 'Verify')}
      </Button>
      <CallError error={error} />
      {state !== null && (
        <Alert
          type={state.problem ? 'error' : 'success'}
          showIcon
          title={
            state.problem
              ? state.problem.message
              : state.complete
                ? say(`${entries} 条记录未被改动`, `${entries} entries, none tampered with`)
                : say(`已校验 ${entries} 条……`, `${entries} verified so far …`)
          }
          description={
            state.head && (
              <>
                {say('链头', 'head')} <Id id={state.head} />
              </>
            )
          }
        />
      )}
    </div>
  );
}

function filterOf(search: Search, zone: string) {
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  const texts = ['actor', 'action', 'subjectKind', 'subjectId', 'correlationId'] as const;
  return {
    ...Object.fromEntries(texts.flatMap((name) => (search[name] ? [[name, search[name]]] : []))),
    ...(from && { since: from }),
    ...(to && { until: to }),
  };
}
