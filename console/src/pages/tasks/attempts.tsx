import { AttemptsDocument, type AttemptsQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { dayBounds } from '../../parts/days.ts';
import { oneOf, several } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { duration, When } from '../../parts/when.tsx';
import { systemName, systemOptions, systems } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';

type Attempt = AttemptsQuery['attempts']['nodes'][number];

const outcomes = [
  'CREATED',
  'ADOPTED',
  'NOT_NEEDED',
  'NOT_VISIBLE_YET',
  'RETRYABLE',
  'THROTTLED',
  'CREDENTIALS',
  'UNCERTAIN',
  'REJECTED',
  'CONFLICT',
  'ERROR',
  'LOST',
] as const;

/** Calls to the systems and their results, of all tasks. */
export function View() {
  const say = useSay();
  const { language, zone } = usePreferences();
  const [search] = useSearch();
  const query = useData(
    AttemptsDocument,
    { ...pageOf(search), filter: filterOf(search, zone) },
    { pollMs: POLL_MS },
  );
  return (
    <Page title={say('尝试', 'Attempts')}>
      <DataList<Attempt>
        label={say('尝试', 'Attempts')}
        query={{ ...query, data: query.data?.attempts }}
        columns={columnsOf(say)}
        rowKey={({ task, executionAttempt, startedAt }) => `${task?.taskId} ${executionAttempt} ${startedAt}`}
        filters={[
          { name: 'number', label: say('工号', 'Employee number') },
          { name: 'system', label: say('系统', 'System'), kind: 'several', options: systemOptions },
          {
            name: 'outcome',
            label: say('结果', 'Outcome'),
            kind: 'several',
            options: optionsOf('outcome', language),
          },
          { name: 'errorCode', label: say('错误码', 'Error code') },
          {
            name: 'open',
            label: say('进行中', 'Under way'),
            kind: 'select',
            options: [
              { value: 'true', label: say('进行中', 'under way') },
              { value: 'false', label: say('已结束', 'ended') },
            ],
          },
          { name: 'from', label: say('开始自', 'Began from'), kind: 'day' },
          { name: 'to', label: say('开始至', 'Began to'), kind: 'day' },
        ]}
        whenEmpty={say('还没有向任何系统发送过。', 'Nothing was sent to any system yet.')}
      />
    </Page>
  );
}

function filterOf(search: Search, zone: string) {
  const system = several(search['system'], systems);
  const outcome = several(search['outcome'], outcomes);
  const open = oneOf(search['open'], ['true', 'false'] as const);
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  return {
    ...(search['number'] && { employeeNumber: search['number'] }),
    ...(system && { system: [...system] }),
    ...(outcome && { outcome: [...outcome] }),
    ...(search['errorCode'] && { errorCode: search['errorCode'].split(',') }),
    ...(open && { open: open === 'true' }),
    ...(from && { startedAfter: from }),
    ...(to && { startedBefore: to }),
  };
}

function columnsOf(say: Say): readonly Column<Attempt>[] {
  return [
    {
      key: 'task',
      title: say('任务', 'Task'),
      render: ({ task, executionAttempt }) =>
        task && (
          <>
            <Go to={`/tasks/${encodeURIComponent(task.taskId)}`}>{task.taskId}</Go>{' '}
            <span className="quiet">#{executionAttempt}</span>
          </>
        ),
    },
    { key: 'system', title: say('系统', 'System'), render: ({ task }) => task && systemName(task.system) },
    {
      key: 'outcome',
      title: say('结果', 'Outcome'),
      render: ({ outcome }) =>
        outcome ? <State of="outcome" value={outcome} /> : say('进行中', 'under way'),
    },
    {
      key: 'why',
      title: say('原因', 'Why'),
      render: ({ errorMessage, errorCode }) =>
        errorCode && (
          <div className="explain">
            {errorMessage} <code>{errorCode}</code>
          </div>
        ),
    },
    { key: 'at', title: say('开始', 'Began'), render: ({ startedAt }) => <When at={startedAt} exact /> },
    {
      key: 'took',
      title: say('用时', 'Took'),
      isNumber: true,
      render: ({ startedAt, finishedAt }) => (finishedAt ? duration(startedAt, finishedAt) : '–'),
    },
  ];
}
