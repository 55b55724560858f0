import { DatabaseInstancesDocument, type DatabaseInstancesQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Explain } from '../../parts/explain.tsx';
import { addressOf, Go, useSearch } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { Coverage } from './coverage.tsx';
import { OneInstance } from './instance-actions.tsx';

type Instance = DatabaseInstancesQuery['databaseInstances']['nodes'][number];

/** The databases that are watched, and what of each can be read. */
export function Instances() {
  const say = useSay();
  const [search] = useSearch();
  const filter = {
    ...(search['search'] && { search: search['search'] }),
    ...(search['failing'] && { failing: true }),
  };
  const query = useData(DatabaseInstancesDocument, { ...pageOf(search), filter }, { pollMs: POLL_MS });
  return (
    <DataList<Instance>
      label={say('实例', 'Instances')}
      query={{ ...query, data: query.data?.databaseInstances }}
      rowKey={({ id }) => id}
      filters={[
        { name: 'search', label: say('名称或主机', 'Name or host') },
        {
          name: 'failing',
          label: say('有问题的', 'Failing'),
          kind: 'select',
          options: [{ value: 'true', label: say('有问题的', 'failing') }],
        },
      ]}
      whenEmpty={say('还没有登记数据库实例。', 'No instance is registered yet.')}
      columns={[
        {
          key: 'name',
          title: say('实例', 'Instance'),
          render: ({ name, host, port, product, version, engine }) => (
            <>
              <Go to={addressOf('/databases', { tab: 'accounts', instance: name })}>{name}</Go>
              <div className="quiet">
                {product ?? engine} {version?.split('-')[0]}
              </div>
              <div className="quiet">
                {host}:{port}
              </div>
            </>
          ),
        },
        {
          key: 'state',
          title: say('状态', 'State'),
          render: ({ state }) => <State of="instance" value={state} />,
        },
        { key: 'accounts', title: say('账号', 'Accounts'), render: ({ accountCount }) => accountCount },
        {
          key: 'sync',
          title: say('上次采集', 'Last sync'),
          render: ({ lastSync }) =>
            lastSync ? (
              <>
                <Go to={`/runs/${lastSync.run.runId}`}>
                  <When at={lastSync.startedAt} />
                </Go>{' '}
                <State of="runItem" value={lastSync.status} />
                <Explain failure={lastSync.error} />
              </>
            ) : (
              '–'
            ),
        },
        {
          key: 'why',
          title: say('说明', 'Explanation'),
          render: ({ explanation }) => <div className="explain">{explanation}</div>,
        },
        {
          key: 'coverage',
          title: say('可读范围', 'Coverage'),
          render: ({ coverage }) => <Coverage of={coverage} />,
        },
        { key: 'do', title: '', render: (instance) => <OneInstance instance={instance} /> },
      ]}
    />
  );
}
