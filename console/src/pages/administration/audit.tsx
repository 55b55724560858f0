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
import { addressOf, Go, type Search, useSearch } from '../../parts/go.tsx';
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
          {
            key: 'at',
            title: say('时间、谁', 'When, who'),
            render: ({ at, actor, correlationId }) => (
              <>
                <When at={at} exact />
                <div>{actor}</div>
                {correlationId && <Id id={correlationId} />}
              </>
            ),
          },
          {
            key: 'subject',
            title: say('动作、对象', 'Action, subject'),
            render: (entry) => (
              <>
                <code>{entry.action}</code>
                <div>
                  <Subject entry={entry} />
                </div>
              </>
            ),
          },
          {
            key: 'change',
            title: say('之前 → 之后', 'Before → after'),
            render: (entry) => <Changed before={entry.before} after={entry.after} />,
          },
        ]}
      />
    </Page>
  );
}

/** Where the page of the subject is, and what it is called there. */
function placeOf(entry: Entry): { readonly name: string; readonly to: string } | null {
  const { subject, subjectKind, subjectId } = entry;
  const path = (start: string, name: string) => ({ name, to: `${start}/${encodeURIComponent(name)}` });
  switch (subject?.__typename) {
    case 'AccountRequest':
      return path('/requests', subject.requestId);
    case 'AccountRequestItem':
      return {
        name: subject.employeeNumber,
        to: addressOf(`/requests/${subject.request.requestId}`, { search: subject.employeeNumber }),
      };
    case 'AccountTask':
      return path('/tasks', subject.taskId);
    case 'Person':
      return path('/people', subject.employeeNumber);
    case 'SyncRun':
      return path('/runs', subject.runId);
    case 'DepartmentMapping':
      return {
        name: subject.idataDepartmentCode,
        to: addressOf('/mappings/departments', { search: subject.idataDepartmentCode }),
      };
    default:
      return subjectKind === 'SETTING'
        ? { name: subjectId, to: addressOf('/settings', { key: subjectId }) }
        : null;
  }
}

function Subject({ entry }: { readonly entry: Entry }) {
  const place = placeOf(entry);
  return (
    <>
      <span className="quiet">{entry.subjectKind}</span>{' '}
      {place === null ? <code>{entry.subjectId}</code> : <Go to={place.to}>{place.name}</Go>}
    </>
  );
}

/** Changes of an entry, name by name. */
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
