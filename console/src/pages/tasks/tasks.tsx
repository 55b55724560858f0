import { Space } from 'antd';
import { useState } from 'react';
import {
  TaskCountsDocument,
  type TaskFilter,
  type TaskRowFragment,
  TasksDocument,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { byStatus, Legend, StateBar } from '../../parts/bar.tsx';
import { CsvFile } from '../../parts/csv-file.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Page } from '../../parts/page.tsx';
import { SavedViews } from '../../parts/saved-views.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { systemName, systemOptions, systems } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';
import { BulkActions } from './bulk.tsx';
import { taskFilterOf } from './task-filter.ts';

/** All tasks, and what can be done with those that a filter finds. */
export function View() {
  const say = useSay();
  const may = useMay();
  const { zone, language } = usePreferences();
  const [search, change] = useSearch();
  const filter = taskFilterOf(search, zone);
  const query = useData(TasksDocument, { ...pageOf(search), filter }, { pollMs: POLL_MS });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (taskId: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(taskId)) after.add(taskId);
      return after;
    });
  // What is chosen by hand narrows the filter, so that the preview shows just that.
  const touched = chosen.size === 0 ? filter : { ...filter, taskIds: [...chosen] };
  return (
    <Page
      title={say('任务', 'Tasks')}
      extra={
        <>
          <Go to="/attempts">{say('所有尝试', 'All attempts')}</Go>
          {may('operate') && <BulkActions filter={touched} chosen={chosen.size} />}
        </>
      }
    >
      <Stats filter={filter} />
      <DataList
        label={say('任务', 'Tasks')}
        query={{ ...query, data: query.data?.tasks }}
        columns={taskColumns(say)}
        rowKey={({ taskId }) => taskId}
        {...(may('operate') && {
          selection: { chosen, toggle, label: (taskId: string) => say(`选中 ${taskId}`, `Choose ${taskId}`) },
        })}
        filters={[
          { name: 'number', label: say('工号', 'Employee number') },
          { name: 'requestId', label: say('请求', 'Request') },
          { name: 'system', label: say('系统', 'System'), kind: 'several', options: systemOptions },
          {
            name: 'status',
            label: say('状态', 'Status'),
            kind: 'several',
            options: optionsOf('task', language),
          },
          { name: 'errorCode', label: say('错误码', 'Error code') },
          {
            name: 'waitingFor',
            label: say('等待的系统', 'Waiting for'),
            kind: 'select',
            options: systemOptions,
          },
          { name: 'from', label: say('更新自', 'Updated from'), kind: 'day' },
          { name: 'to', label: say('更新至', 'Updated to'), kind: 'day' },
        ]}
        whenEmpty={say(
          '还没有任务。请求受理后会自动产生。',
          'There is no task yet. They come with the first request.',
        )}
        extra={
          <Space wrap>
            <SavedViews list="tasks" builtIn={builtIn(say)} onPick={change} />
            <CsvFile list="tasks" filter={touched} />
          </Space>
        }
      />
    </Page>
  );
}

function Stats({ filter }: { readonly filter: TaskFilter }) {
  const say = useSay();
  const may = useMay();
  const { data } = useData(
    TaskCountsDocument,
    { filter },
    { pollMs: POLL_MS, enabled: may('requests:read') },
  );
  if (data === undefined) return null;
  return (
    <div className="systems-bars">
      {systems.map((system) => {
        const counts = data.taskCounts.filter((count) => count.system === system);
        return (
          <div key={system}>
            <span>
              {systemName(system)} {counts.reduce((sum, { count }) => sum + count, 0)}
            </span>
            <StateBar of="task" parts={counts} label={`${systemName(system)} ${say('任务', 'tasks')}`} />
            <Legend of="task" parts={byStatus(counts)} />
          </div>
        );
      })}
    </div>
  );
}

function taskColumns(say: Say): readonly Column<TaskRowFragment>[] {
  return [
    {
      key: 'id',
      title: say('任务、人员', 'Task, person'),
      render: ({ taskId, person }) => (
        <>
          <Id id={taskId} to={`/tasks/${encodeURIComponent(taskId)}`} />
          {person && (
            <div>
              <Go to={`/people/${encodeURIComponent(person.employeeNumber)}`}>
                {person.fullName} <span className="id">{person.employeeNumber}</span>
              </Go>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'system',
      title: say('系统', 'System'),
      isShort: true,
      render: ({ system }) => systemName(system),
    },
    {
      key: 'status',
      title: say('状态', 'Status'),
      render: ({ status, nextAttemptAt, attemptCount, maxAttempts }) => (
        <div>
          <State of="task" value={status} />
          <div className="quiet short">
            {say(`尝试 ${attemptCount} / ${maxAttempts}`, `attempts ${attemptCount} / ${maxAttempts}`)}
          </div>
          {nextAttemptAt && (
            <div className="quiet">
              {say('再试', 'again')} <When at={nextAttemptAt} />
            </div>
          )}
        </div>
      ),
    },
    { key: 'updated', title: say('更新时间', 'Updated'), render: ({ updatedAt }) => <When at={updatedAt} /> },
    {
      key: 'why',
      title: say('说明', 'Explanation'),
      render: ({ explanation, lastError, advice }) =>
        lastError === null ? (
          explanation && <div className="explain">{explanation}</div>
        ) : (
          <Explain failure={{ ...lastError, message: explanation ?? lastError.message, advice }} />
        ),
    },
  ];
}

function builtIn(say: Say) {
  const none = {
    number: undefined,
    requestId: undefined,
    system: undefined,
    errorCode: undefined,
    waitingFor: undefined,
    fixBy: undefined,
    origin: undefined,
    from: undefined,
    to: undefined,
  };
  return [
    { name: say('失败', 'Failed'), search: { ...none, status: 'FAILED' } },
    {
      name: say('等运维处理', 'The operator’s turn'),
      search: { ...none, status: undefined, fixBy: 'OPERATOR' },
    },
    { name: say('结果未知', 'Uncertain'), search: { ...none, status: 'UNCERTAIN' } },
    {
      name: say('未完成', 'Open'),
      search: { ...none, status: 'PENDING,WAITING,PROCESSING,RETRY,UNCERTAIN' },
    },
  ];
}
