import { WhoCanDocument, type WhoCanQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Go, useSearch } from '../../parts/go.tsx';

type Row = WhoCanQuery['whoCan']['nodes'][number];

const NOTHING: WhoCanQuery['whoCan'] = {
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

/** Which accounts may do something somewhere, directly or through roles. */
export function WhoCan() {
  const say = useSay();
  const [search] = useSearch();
  const [instance, privilege] = [search['instance'] ?? '', search['privilege'] ?? ''];
  const isAsked = instance !== '' && privilege !== '';
  const variables = {
    instance,
    privilege,
    ...pageOf(search),
    ...(search['scope'] && { scope: search['scope'] }),
    ...(search['object'] && { object: search['object'] }),
  };
  const query = useData(WhoCanDocument, variables, { enabled: isAsked });
  return (
    <DataList<Row>
      label={say('谁能做什么', 'Who can')}
      query={{ ...query, data: isAsked ? query.data?.whoCan : NOTHING }}
      rowKey={({ account, scope, object, via }) => `${account.id} ${scope} ${object} ${via.join(' ')}`}
      filters={[
        { name: 'instance', label: say('实例', 'Instance') },
        { name: 'privilege', label: say('权限，如 SELECT', 'Privilege, as SELECT') },
        { name: 'scope', label: say('库或模式', 'Database or schema') },
        { name: 'object', label: say('对象，如 sales.orders', 'Object, as sales.orders') },
      ]}
      whenEmpty={say('填写实例和权限。', 'Name an instance and a privilege.')}
      columns={[
        {
          key: 'account',
          title: say('账号', 'Account'),
          render: ({ account }) => (
            <Go to={`/databases/${encodeURIComponent(account.id)}`}>{account.displayName}</Go>
          ),
        },
        {
          key: 'where',
          title: say('范围', 'Where'),
          render: ({ scope, object }) => <code>{[scope, object].filter(Boolean).join('.')}</code>,
        },
        { key: 'privilege', title: say('权限', 'Privilege'), render: (row) => row.privilege },
        {
          key: 'via',
          title: say('来自', 'Came by'),
          render: ({ via }) => (via.length === 0 ? say('直接', 'direct') : via.join(' ← ')),
        },
        {
          key: 'grantable',
          title: say('可转授', 'May grant'),
          render: ({ grantable }) => (grantable ? say('是', 'yes') : '–'),
        },
      ]}
    />
  );
}
