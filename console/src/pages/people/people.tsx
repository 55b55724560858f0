import { Space } from 'antd';
import { PeopleDocument, type PeopleQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { CsvFile } from '../../parts/csv-file.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { oneOf } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { systemName, systemOptions, systems } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';

type Person = PeopleQuery['people']['nodes'][number];

/** All people known from HR or requests. */
export function View() {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const filter = filterOf(search);
  const query = useData(PeopleDocument, { ...pageOf(search), filter });
  return (
    <Page title={say('人员', 'People')}>
      <DataList
        label={say('人员', 'People')}
        query={{ ...query, data: query.data?.people }}
        columns={columnsOf(say)}
        rowKey={({ id }) => id}
        filters={[
          { name: 'search', label: say('姓名、工号或邮箱', 'Name, number or e-mail') },
          { name: 'department', label: say('部门编码', 'Department') },
          { name: 'status', label: say('人员状态', 'Employee status') },
          {
            name: 'source',
            label: say('来源', 'Source'),
            kind: 'select',
            options: optionsOf('source', language),
          },
          { name: 'system', label: say('系统', 'System'), kind: 'select', options: systemOptions },
          {
            name: 'state',
            label: say('账号状态', 'Account state'),
            kind: 'select',
            options: optionsOf('account', language).filter(({ value }) => value !== 'NONE'),
          },
          {
            name: 'without',
            label: say('没有账号的系统', 'Without account in'),
            kind: 'select',
            options: systemOptions,
          },
        ]}
        whenEmpty={say('还没有人员。同步人事系统，或创建请求。', 'Nobody yet. Sync HR, or make a request.')}
        extra={<CsvFile list="people" filter={filter} />}
      />
    </Page>
  );
}

function filterOf(search: Search) {
  const source = oneOf(search['source'], ['HR', 'REQUEST'] as const);
  const system = oneOf(search['system'], systems);
  const accountState = oneOf(search['state'], ['PLANNED', 'ACTIVE', 'DISABLED'] as const);
  const withoutAccountIn = oneOf(search['without'], systems);
  return {
    ...(search['search'] && { search: search['search'] }),
    ...(search['department'] && { departmentCode: search['department'] }),
    ...(search['status'] && { employeeStatus: search['status'].split(',') }),
    ...(source && { source }),
    ...(system && { system }),
    ...(accountState && { accountState }),
    ...(withoutAccountIn && { withoutAccountIn }),
  };
}

function columnsOf(say: Say): readonly Column<Person>[] {
  return [
    {
      key: 'number',
      title: say('工号', 'Number'),
      render: ({ employeeNumber }) => (
        <Go to={`/people/${encodeURIComponent(employeeNumber)}`}>{employeeNumber}</Go>
      ),
    },
    { key: 'name', title: say('姓名', 'Name'), render: ({ fullName }) => fullName },
    {
      key: 'department',
      title: say('部门', 'Department'),
      render: ({ departmentCode }) => departmentCode ?? '–',
    },
    { key: 'type', title: say('类型', 'Type'), render: ({ personType }) => personType },
    { key: 'status', title: say('人员状态', 'Status'), render: ({ employeeStatus }) => employeeStatus },
    { key: 'mail', title: say('邮箱', 'E-mail'), render: ({ emailAddress }) => emailAddress ?? '–' },
    {
      key: 'source',
      title: say('来源', 'Source'),
      render: ({ source }) => <Word of="source" value={source} />,
    },
    {
      key: 'accounts',
      title: say('账号', 'Accounts'),
      render: ({ accounts }) => (
        <Space size={[12, 2]} wrap>
          {systems.map((system) => {
            const account = accounts.find((each) => each.system === system);
            return (
              <span key={system}>
                {systemName(system)} <State of="account" value={account?.state ?? 'NONE'} />
              </span>
            );
          })}
        </Space>
      ),
    },
  ];
}
