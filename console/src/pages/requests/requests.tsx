import { Button, Progress, Space } from 'antd';
import { useState } from 'react';
import { queryClient } from '../../api/call.ts';
import {
  RequestCountsDocument,
  type RequestRowFragment,
  RequestsDocument,
  RequestsLiveDocument,
  type RequestsQuery,
} from '../../api/generated/graphql.ts';
import { useData, useLive, usePaced } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { CsvFile } from '../../parts/csv-file.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import type { Field } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Lines } from '../../parts/lines.tsx';
import { Page } from '../../parts/page.tsx';
import { SavedViews } from '../../parts/saved-views.tsx';
import { State } from '../../parts/state.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { When } from '../../parts/when.tsx';
import { systemName, systemOptions } from '../../text/systems.ts';
import { wordOf } from '../../text/words.ts';
import { requestFilterOf, requestStatuses, withoutStatus } from './request-filter.ts';

/** All requests: which are open, which failed, and what became of each. */
export function View() {
  const say = useSay();
  const may = useMay();
  const { zone } = usePreferences();
  const [search, change] = useSearch();
  const filter = requestFilterOf(search, zone);
  const variables = { ...pageOf(search), filter };
  const query = useData(RequestsDocument, variables);
  const fresh = useFreshRequests(variables, query.data);
  const list = { ...query, data: query.data?.requests };
  return (
    <Page
      title={say('请求', 'Requests')}
      extra={
        <>
          <Go to="/items?status=FAILED">{say('失败的人员', 'People who failed')}</Go>
          {may('requests:write') && (
            <Go to="/requests/new">
              <Button type="primary" tabIndex={-1}>
                {say('新请求', 'New request')}
              </Button>
            </Go>
          )}
        </>
      }
    >
      <StatusTabs />
      {fresh.count > 0 && (
        <Button className="new-rows" size="small" onClick={fresh.show}>
          {say(`${fresh.count} 条新请求`, `${fresh.count} new`)}
        </Button>
      )}
      <DataList
        label={say('请求', 'Requests')}
        query={list}
        columns={columnsOf(say)}
        rowKey={({ id }) => id}
        filters={filtersOf(say)}
        whenEmpty={say(
          '还没有请求。用“新请求”创建第一个。',
          'There is no request yet. New request makes the first.',
        )}
        extra={
          <Space wrap>
            <SavedViews list="requests" builtIn={builtIn(say, zone)} onPick={change} />
            <CsvFile list="requests" filter={filter} />
          </Space>
        }
      />
    </Page>
  );
}

function StatusTabs() {
  const say = useSay();
  const { language, zone } = usePreferences();
  const [search, change] = useSearch();
  const { data } = useData(RequestCountsDocument, { filter: withoutStatus(search, zone) });
  const counts = data?.requestCounts ?? [];
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const of = (status: string) => counts.find((each) => each.status === status)?.count ?? 0;
  return (
    <Tabs
      label={say('状态', 'Status')}
      active={search['status'] ?? ''}
      onPick={(status) => change({ status, after: undefined, before: undefined })}
      tabs={[
        { key: '', label: `${say('全部', 'all')} ${all}` },
        ...requestStatuses.map((status) => ({
          key: status,
          label: `${wordOf('request', status, language).text} ${of(status)}`,
        })),
      ]}
    />
  );
}

/** Changes rows in place as the service reports them; requests that are new wait until they are asked for. */
function useFreshRequests(variables: object, shown: RequestsQuery | undefined) {
  const { isLive } = usePreferences();
  const [search] = useSearch();
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set());
  const counts = usePaced(
    () => void queryClient.invalidateQueries({ queryKey: [RequestCountsDocument.toString()] }),
  );
  const key = [RequestsDocument.toString(), variables];
  useLive(
    RequestsLiveDocument,
    {},
    {
      enabled: isLive && shown !== undefined,
      onEvent: ({ requestsProgress: { changed, snapshot } }) => {
        const rows = new Map(changed.map(({ request }) => [request.id, request]));
        queryClient.setQueryData<RequestsQuery>(key, (old) =>
          old === undefined
            ? old
            : {
                requests: {
                  ...old.requests,
                  nodes: old.requests.nodes.map((row) => rows.get(row.id) ?? row),
                },
              },
        );
        const newest = shown?.requests.nodes[0]?.createdAt ?? '';
        const others = changed.filter(({ request }) => request.createdAt > newest);
        const isFirstPage = search['after'] === undefined && search['before'] === undefined;
        if (isFirstPage && others.length > 0)
          setUnseen((old) => new Set([...old, ...others.map(({ request }) => request.id)]));
        if (!snapshot) counts();
      },
    },
  );
  const known = new Set(shown?.requests.nodes.map(({ id }) => id));
  const count = [...unseen].filter((id) => !known.has(id)).length;
  const show = () => {
    setUnseen(new Set());
    void queryClient.invalidateQueries({ queryKey: key });
  };
  return { count, show };
}

function columnsOf(say: Say): readonly Column<RequestRowFragment>[] {
  return [
    {
      key: 'id',
      title: say('请求', 'Request'),
      render: ({ requestId, businessKey, originSystem }) => (
        <>
          <span className="cut">{businessKey}</span>
          <div>
            <Id id={requestId} to={`/requests/${requestId}`} />
          </div>
          <span className="quiet">{originSystem}</span>
        </>
      ),
    },
    {
      key: 'status',
      title: say('状态', 'Status'),
      render: ({ status, explanation }) => (
        <>
          <State of="request" value={status} />
          {explanation && <Lines>{explanation}</Lines>}
        </>
      ),
    },
    {
      key: 'progress',
      title: say('进度', 'Progress'),
      render: (row) => (
        <>
          <Progress
            percent={Math.floor(row.progress)}
            size="small"
            status={row.failedUsers > 0 ? 'exception' : row.progress >= 100 ? 'success' : 'normal'}
            format={(percent) => `${percent}%`}
            aria-label={say('进度', 'Progress')}
          />
          <div className="quiet">
            {say(
              `共 ${row.totalUsers}，完成 ${row.completedUsers}`,
              `${row.completedUsers} of ${row.totalUsers} done`,
            )}
            {row.failedUsers > 0 && say(`，失败 ${row.failedUsers}`, `, ${row.failedUsers} failed`)}
          </div>
        </>
      ),
    },
    {
      key: 'systems',
      title: say('系统', 'Systems'),
      render: ({ systemList }) => systemList.map((system) => <div key={system}>{systemName(system)}</div>),
    },
    {
      key: 'at',
      title: say('创建', 'Created'),
      render: ({ createdAt, createdBy }) => (
        <>
          <When at={createdAt} />
          <div className="quiet">{createdBy}</div>
        </>
      ),
    },
  ];
}

function filtersOf(say: Say): readonly Field[] {
  return [
    { name: 'key', label: say('业务键或编号', 'Business key or id') },
    { name: 'number', label: say('工号', 'Employee number') },
    { name: 'origin', label: say('来源系统', 'Origin system') },
    { name: 'code', label: say('错误码', 'Error code') },
    { name: 'by', label: say('创建者', 'Created by') },
    { name: 'system', label: say('系统', 'System'), kind: 'several', options: systemOptions },
    { name: 'from', label: say('创建自', 'Created from'), kind: 'day' },
    { name: 'to', label: say('创建至', 'Created to'), kind: 'day' },
  ];
}

function builtIn(say: Say, zone: string) {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(Date.now());
  const none = Object.fromEntries(filtersOf(say).map(({ name }) => [name, undefined]));
  return [
    { name: say('未完成', 'Open'), search: { ...none, status: 'PENDING,PROCESSING' } },
    { name: say('有失败', 'With failures'), search: { ...none, status: 'PARTIAL_FAILED,FAILED' } },
    { name: say('今天', 'Today'), search: { ...none, status: undefined, from: today } },
  ];
}
