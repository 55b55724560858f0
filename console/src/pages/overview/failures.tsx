import { Table } from 'antd';
import type { OverviewQuery } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Explain } from '../../parts/explain.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';
import { RetryCause } from './system-strip.tsx';

type Failure = OverviewQuery['overview']['failures'][number];

/** What failed, by cause: each leads to its tasks. */
export function Failures({ failures }: { readonly failures: readonly Failure[] }) {
  const say = useSay();
  if (failures.length === 0) return <p className="quiet">{say('没有失败', 'Nothing failed')}</p>;
  return (
    <Table<Failure>
      size="small"
      aria-label={say('失败原因', 'Failures by cause')}
      rowKey={({ system, code }) => `${system} ${code}`}
      dataSource={[...failures]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'why', title: say('原因', 'Cause'), render: (_, failure) => <Explain failure={failure} /> },
        { key: 'system', title: say('系统', 'System'), render: (_, { system }) => systemName(system) },
        {
          key: 'tasks',
          title: say('任务', 'Tasks'),
          render: (_, { system, code, tasks }) => (
            <Go to={addressOf('/tasks', { errorCode: code, system: system ?? undefined })}>{tasks}</Go>
          ),
        },
        { key: 'people', title: say('人数', 'People'), render: (_, { people }) => people },
        { key: 'retrying', title: say('重试中', 'Retrying'), render: (_, { retrying }) => retrying },
        { key: 'first', title: say('最早', 'First'), render: (_, { firstAt }) => <When at={firstAt} /> },
        { key: 'last', title: say('最近', 'Last'), render: (_, { lastAt }) => <When at={lastAt} /> },
        {
          key: 'do',
          title: '',
          render: (_, { system, code, tasks, retrying }) => (
            <RetryCause system={system ?? null} code={code} tasks={tasks - retrying} />
          ),
        },
      ]}
    />
  );
}
