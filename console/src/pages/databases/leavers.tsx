import { LeaverFindingsDocument, type LeaverFindingsQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';

type Finding = LeaverFindingsQuery['leaverFindings']['nodes'][number];

/** People who left and still have something somewhere. */
export function Leavers() {
  const say = useSay();
  const [search] = useSearch();
  const query = useData(LeaverFindingsDocument, pageOf(search));
  return (
    <DataList<Finding>
      label={say('离职人员', 'Leavers')}
      query={{ ...query, data: query.data?.leaverFindings }}
      rowKey={({ person }) => person.employeeNumber}
      whenEmpty={say('没有离职人员还留有账号。', 'Nobody who left has anything.')}
      columns={[
        {
          key: 'person',
          title: say('人员', 'Person'),
          render: ({ person }) => (
            <Go to={`/people/${encodeURIComponent(person.employeeNumber)}`}>
              {person.fullName} {person.employeeNumber}
            </Go>
          ),
        },
        {
          key: 'why',
          title: say('说明', 'Why'),
          render: ({ reason }) => <div className="explain">{reason}</div>,
        },
        { key: 'since', title: say('自', 'Since'), render: ({ since }) => <When at={since} /> },
        {
          key: 'accounts',
          title: say('账号', 'Accounts'),
          render: ({ accounts }) =>
            accounts.map(({ id, system }) => <div key={id}>{systemName(system)}</div>),
        },
        {
          key: 'databases',
          title: say('数据库账号', 'Database accounts'),
          render: ({ databaseAccounts }) =>
            databaseAccounts.map(({ id, displayName, instance }) => (
              <div key={id}>
                <Go to={`/databases/${encodeURIComponent(id)}`}>{displayName}</Go> · {instance.name}
              </div>
            )),
        },
      ]}
    />
  );
}
