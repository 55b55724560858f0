import type { OverviewQuery } from '../../api/generated/graphql.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Explain } from '../../parts/explain.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Rows } from '../../parts/rows.tsx';
import type { Column } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';
import { RetryCause } from './system-strip.tsx';

type Failure = OverviewQuery['overview']['failures'][number];

/** Failures by cause: each leads to its tasks. */
export function Failures({ failures }: { readonly failures: readonly Failure[] }) {
  const say = useSay();
  if (failures.length === 0) return <p className="quiet">{say('没有失败', 'Nothing failed')}</p>;
  return (
    <Rows<Failure>
      label={say('失败原因', 'Failures by cause')}
      rowKey={({ system, code }) => `${system} ${code}`}
      rows={failures}
      columns={columnsOf(say)}
    />
  );
}

function columnsOf(say: Say): readonly Column<Failure>[] {
  return [
    { key: 'why', title: say('原因', 'Cause'), render: (failure) => <Explain failure={failure} /> },
    {
      key: 'system',
      title: say('系统', 'System'),
      isShort: true,
      render: ({ system }) => systemName(system),
    },
    {
      key: 'tasks',
      title: say('任务', 'Tasks'),
      isNumber: true,
      render: ({ system, code, tasks }) => (
        <Go to={addressOf('/tasks', { errorCode: code, system: system ?? undefined })}>{tasks}</Go>
      ),
    },
    {
      key: 'people',
      title: say('人数', 'People'),
      isNumber: true,
      render: ({ code, people }) => <Go to={addressOf('/items', { errorCode: code })}>{people}</Go>,
    },
    { key: 'retrying', title: say('重试中', 'Retrying'), isNumber: true, render: ({ retrying }) => retrying },
    {
      key: 'at',
      title: say('最近、最早', 'Last, first'),
      render: ({ firstAt, lastAt }) => (
        <>
          <div>
            <When at={lastAt} />
          </div>
          <span className="quiet">
            <When at={firstAt} />
          </span>
        </>
      ),
    },
    {
      key: 'do',
      title: '',
      render: ({ system, code, tasks, retrying }) => (
        <RetryCause system={system ?? null} code={code} tasks={tasks - retrying} />
      ),
    },
  ];
}
