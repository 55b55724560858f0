import { AllItemsDocument, type AllItemsQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { several } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';
import { itemColumns, itemStatuses } from './item-columns.tsx';

type Item = AllItemsQuery['requestItems']['nodes'][number];

const fixers = ['CALLER', 'OPERATOR', 'UPSTREAM_OWNER', 'NOBODY'] as const;

/** People of all requests, for instance all without an account for the same reason. */
export function View() {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const query = useData(AllItemsDocument, { ...pageOf(search), filter: filterOf(search) });
  return (
    <Page title={say('请求中的人员', 'People of requests')}>
      <DataList<Item>
        label={say('请求中的人员', 'People of requests')}
        query={{ ...query, data: query.data?.requestItems }}
        columns={columnsOf(say)}
        rowKey={({ id }) => id}
        filters={[
          { name: 'search', label: say('姓名或工号', 'Name or number') },
          {
            name: 'status',
            label: say('状态', 'Status'),
            kind: 'several',
            options: optionsOf('item', language),
          },
          {
            name: 'fixBy',
            label: say('由谁处理', 'Whose turn'),
            kind: 'several',
            options: optionsOf('fixBy', language),
          },
          { name: 'errorCode', label: say('错误码', 'Error code') },
          { name: 'origin', label: say('来源系统', 'Origin system') },
        ]}
        whenEmpty={say('还没有请求。', 'There is no request yet.')}
      />
    </Page>
  );
}

function filterOf(search: Search) {
  const status = several(search['status'], itemStatuses);
  const fixBy = several(search['fixBy'], fixers);
  return {
    ...(search['search'] && { search: search['search'] }),
    ...(status && { status: [...status] }),
    ...(fixBy && { fixBy: [...fixBy] }),
    ...(search['errorCode'] && { errorCode: search['errorCode'].split(',') }),
    ...(search['origin'] && { originSystem: search['origin'] }),
  };
}

function columnsOf(say: Say): readonly Column<Item>[] {
  const columns = itemColumns(say);
  return [
    ...columns.person,
    {
      key: 'request',
      title: say('请求', 'Request'),
      render: ({ request }) => (
        <>
          <Go to={`/requests/${request.requestId}`}>{request.businessKey}</Go>{' '}
          <span className="quiet">{request.originSystem}</span>
        </>
      ),
    },
    columns.status,
    columns.why,
    { key: 'at', title: say('更新时间', 'Updated'), render: ({ updatedAt }) => <When at={updatedAt} /> },
  ];
}
