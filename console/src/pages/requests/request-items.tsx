import { Space } from 'antd';
import { call } from '../../api/call.ts';
import { RequestItemsDocument, type RequestItemsQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { Csv } from '../../parts/csv.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { several } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import { systemName } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';
import { CorrectItem } from './item-actions.tsx';
import { itemColumns, itemStatuses } from './item-columns.tsx';

type Item = NonNullable<RequestItemsQuery['request']>['items']['nodes'][number];

/** The people of a request. */
export function RequestItems({ requestId }: { readonly requestId: string }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const filter = filterOf(search);
  const query = useData(RequestItemsDocument, { requestId, ...pageOf(search), ...filter });
  return (
    <DataList
      label={say('人员', 'People')}
      query={{ ...query, data: query.data?.request?.items }}
      columns={columnsOf(say, requestId)}
      rowKey={({ id }) => id}
      filters={[
        { name: 'search', label: say('姓名或工号', 'Name or number') },
        {
          name: 'itemStatus',
          label: say('状态', 'Status'),
          kind: 'several',
          options: optionsOf('item', language),
        },
        { name: 'errorCode', label: say('错误码', 'Error code') },
      ]}
      whenEmpty={say('没有人员', 'Nobody')}
      extra={
        <Csv<Item>
          name={requestId}
          columns={[
            { title: say('工号', 'Number'), value: (item) => item.employeeNumber },
            { title: say('姓名', 'Name'), value: (item) => item.employeeName },
            { title: say('部门', 'Department'), value: (item) => item.departmentCode },
            { title: say('状态', 'Status'), value: (item) => item.status },
            { title: say('错误码', 'Error code'), value: (item) => item.error?.code },
            { title: say('说明', 'Explanation'), value: (item) => item.explanation ?? item.error?.message },
          ]}
          read={async (after, signal) => {
            const answer = await call(
              RequestItemsDocument,
              { requestId, first: 100, after, ...filter },
              { signal },
            );
            return answer.request?.items ?? { nodes: [], pageInfo: { hasNextPage: false } };
          }}
        />
      }
    />
  );
}

function filterOf(search: Search) {
  const status = several(search['itemStatus'], itemStatuses);
  return {
    ...(status && { status: [...status] }),
    ...(search['search'] && { search: search['search'] }),
    ...(search['errorCode'] && { errorCode: search['errorCode'].split(',') }),
  };
}

function columnsOf(say: Say, requestId: string): readonly Column<Item>[] {
  const columns = itemColumns(say);
  return [
    ...columns.person,
    { key: 'phone', title: say('手机号', 'Phone'), isShort: true, render: ({ phoneNumber }) => phoneNumber },
    columns.status,
    {
      key: 'tasks',
      title: say('任务', 'Tasks'),
      render: ({ tasks }) => (
        <Space wrap size={[12, 2]}>
          {tasks.map(({ taskId, system, status }) => (
            <span key={taskId}>
              <Go to={`/tasks/${encodeURIComponent(taskId)}`}>{systemName(system)}</Go>{' '}
              <State of="task" value={status} />
            </span>
          ))}
        </Space>
      ),
    },
    columns.why,
    {
      key: 'do',
      title: '',
      render: (item) => item.status !== 'COMPLETED' && <CorrectItem requestId={requestId} item={item} />,
    },
  ];
}
