import { DatabaseAccountsDocument, type DatabaseAccountsQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { several } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

type Account = DatabaseAccountsQuery['databaseAccounts']['nodes'][number];

/** Accounts of all databases. */
export function Accounts() {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const query = useData(DatabaseAccountsDocument, { ...pageOf(search), filter: filterOf(search) });
  return (
    <DataList<Account>
      label={say('账号', 'Accounts')}
      query={{ ...query, data: query.data?.databaseAccounts }}
      rowKey={({ id }) => id}
      filters={[
        { name: 'search', label: say('账号名', 'Name') },
        { name: 'instance', label: say('实例', 'Instance') },
        { name: 'number', label: say('工号', 'Employee number') },
        {
          name: 'capability',
          label: say('能力', 'Capability'),
          kind: 'several',
          options: optionsOf('capability', language),
        },
        {
          name: 'state',
          label: say('状态', 'State'),
          kind: 'several',
          options: optionsOf('databaseAccount', language),
        },
        {
          name: 'match',
          label: say('归属', 'Belongs'),
          kind: 'several',
          options: optionsOf('personMatch', language),
        },
        { name: 'classification', label: say('分类', 'Classification') },
      ]}
      whenEmpty={say('还没有账号。采集一次即可看到。', 'None yet: a sync shows them.')}
      columns={[
        {
          key: 'name',
          title: say('账号', 'Account'),
          render: ({ id, displayName, isRole }) => (
            <>
              <Go to={`/databases/${encodeURIComponent(id)}`}>{displayName}</Go>{' '}
              {isRole && <span className="quiet">{say('角色', 'role')}</span>}
            </>
          ),
        },
        { key: 'instance', title: say('实例', 'Instance'), render: ({ instance }) => instance.name },
        {
          key: 'person',
          title: say('人员', 'Person'),
          render: ({ person, personMatch }) => (
            <>
              {person && (
                <Go to={`/people/${encodeURIComponent(person.employeeNumber)}`}>{person.fullName}</Go>
              )}{' '}
              <State of="personMatch" value={personMatch} />
            </>
          ),
        },
        {
          key: 'state',
          title: say('状态', 'State'),
          render: ({ state }) => <State of="databaseAccount" value={state} />,
        },
        {
          key: 'can',
          title: say('能力', 'Capabilities'),
          render: ({ capabilities }) =>
            capabilities.map((capability) => (
              <div key={capability}>
                <Word of="capability" value={capability} />
              </div>
            )),
        },
        {
          key: 'class',
          title: say('分类', 'Classes'),
          render: ({ classifications }) => classifications.map(({ name }) => name).join(', '),
        },
        {
          key: 'login',
          title: say('上次登录', 'Last login'),
          render: ({ lastLoginAt }) => <When at={lastLoginAt} />,
        },
        {
          key: 'seen',
          title: say('上次看到', 'Last seen'),
          render: ({ lastSeenAt }) => <When at={lastSeenAt} />,
        },
      ]}
    />
  );
}

function filterOf(search: Search) {
  const capability = several(search['capability'], ['SUPERUSER', 'GRANT_ADMIN', 'LOCKED'] as const);
  const state = several(search['state'], ['ACTIVE', 'DISAPPEARED'] as const);
  const match = several(search['match'], ['MATCHED', 'DOUBTFUL', 'UNMATCHED', 'IGNORED'] as const);
  return {
    ...(search['search'] && { search: search['search'] }),
    ...(search['instance'] && { instance: [search['instance']] }),
    ...(search['number'] && { employeeNumber: search['number'] }),
    ...(search['classification'] && { classification: search['classification'].split(',') }),
    ...(capability && { capability: [...capability] }),
    ...(state && { state: [...state] }),
    ...(match && { personMatch: [...match] }),
  };
}
