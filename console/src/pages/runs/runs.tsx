import {
  type RunKind,
  type RunRowFragment,
  type RunStatus,
  RunsDocument,
  type RunTrigger,
  SyncStatusDocument,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { type Column, DataList, pageOf } from '../../parts/data-list.tsx';
import { dayBounds } from '../../parts/days.ts';
import { oneOf, several } from '../../parts/fields.tsx';
import { Go, type Search, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { duration, When } from '../../parts/when.tsx';
import { optionsOf, wordOf } from '../../text/words.ts';
import { StartRuns } from './start-runs.tsx';
import { SummaryLine } from './summary.tsx';

const kinds = [
  'HR_SYNC',
  'TASK_CREATION',
  'TASK_PROCESSING',
  'LEAVERS',
  'ACCOUNT_VERIFICATION',
  'CALENDAR_FULL',
  'CALENDAR_INCREMENTAL',
  'CALENDAR_USERS',
  'DATABASE_ACCOUNTS',
] as const satisfies readonly RunKind[];
const statuses = [
  'RUNNING',
  'AWAITING_CONFIRMATION',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly RunStatus[];
const triggers = [
  'MANUAL_SINGLE',
  'MANUAL_BATCH',
  'MANUAL_TASK',
  'SCHEDULED_TASK',
  'EVENT',
] as const satisfies readonly RunTrigger[];

/** All runs, and the state of each kind of sync. */
export function View() {
  const say = useSay();
  const { zone, language } = usePreferences();
  const [search] = useSearch();
  const query = useData(
    RunsDocument,
    { ...pageOf(search), filter: filterOf(search, zone) },
    { pollMs: POLL_MS },
  );
  return (
    <Page title={say('运行记录', 'Runs')} extra={<StartRuns />}>
      <Status />
      <DataList
        label={say('运行记录', 'Runs')}
        query={{ ...query, data: query.data?.runs }}
        columns={columnsOf(say)}
        rowKey={({ id }) => id}
        filters={[
          {
            name: 'kind',
            label: say('种类', 'Kind'),
            kind: 'several',
            options: optionsOf('runKind', language),
          },
          {
            name: 'status',
            label: say('状态', 'Status'),
            kind: 'several',
            options: optionsOf('run', language),
          },
          {
            name: 'mode',
            label: say('方式', 'Mode'),
            kind: 'select',
            options: optionsOf('runMode', language),
          },
          {
            name: 'trigger',
            label: say('触发', 'Trigger'),
            kind: 'several',
            options: optionsOf('trigger', language),
          },
          { name: 'by', label: say('发起人', 'Started by') },
          { name: 'from', label: say('开始自', 'Started from'), kind: 'day' },
          { name: 'to', label: say('开始至', 'Started to'), kind: 'day' },
        ]}
        whenEmpty={say('还没有运行。', 'Nothing has run yet.')}
      />
    </Page>
  );
}

function Status() {
  const say = useSay();
  const { language } = usePreferences();
  const { data } = useData(SyncStatusDocument, {}, { pollMs: POLL_MS });
  if (data === undefined) return null;
  const shown = data.syncStatus.filter(({ configured }) => configured);
  return (
    <div className="grid systems">
      {shown.map((status) => (
        <Section
          key={status.kind}
          title={wordOf('runKind', status.kind, language).text}
          extra={status.enabled ? null : <State of="enabled" value={false} />}
        >
          {status.lastRun && (
            <div>
              <Go to={`/runs/${status.lastRun.runId}`}>
                <When at={status.lastRun.startedAt} />
              </Go>{' '}
              <State of="run" value={status.lastRun.status} />
            </div>
          )}
          {status.nextFiringAt && (
            <div className="quiet">
              {say('下次', 'next')} <When at={status.nextFiringAt} />
            </div>
          )}
          {status.awaitingConfirmation && (
            <Go to={`/runs/${status.awaitingConfirmation.runId}`}>
              {say('等待确认', 'awaits confirmation')}
            </Go>
          )}
        </Section>
      ))}
    </div>
  );
}

function filterOf(search: Search, zone: string) {
  const kind = several(search['kind'], kinds);
  const status = several(search['status'], statuses);
  const trigger = several(search['trigger'], triggers);
  const mode = oneOf(search['mode'], ['RUN', 'DRY_RUN'] as const);
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  return {
    ...(kind && { kind: [...kind] }),
    ...(status && { status: [...status] }),
    ...(trigger && { trigger: [...trigger] }),
    ...(mode && { mode }),
    ...(search['by'] && { createdBy: search['by'] }),
    ...(from && { startedAfter: from }),
    ...(to && { startedBefore: to }),
  };
}

function columnsOf(say: Say): readonly Column<RunRowFragment>[] {
  return [
    { key: 'id', title: say('运行', 'Run'), render: ({ runId }) => <Id id={runId} to={`/runs/${runId}`} /> },
    {
      key: 'kind',
      title: say('种类', 'Kind'),
      isShort: true,
      render: ({ kind, mode }) => (
        <>
          <Word of="runKind" value={kind} />
          <div className="quiet">
            <Word of="runMode" value={mode} />
          </div>
        </>
      ),
    },
    {
      key: 'trigger',
      title: say('触发', 'Trigger'),
      isShort: true,
      render: ({ trigger, createdBy }) => (
        <>
          <Word of="trigger" value={trigger} />
          <div className="quiet">{createdBy}</div>
        </>
      ),
    },
    {
      key: 'status',
      title: say('状态', 'Status'),
      render: ({ status }) => <State of="run" value={status} />,
    },
    {
      key: 'at',
      title: say('开始、用时', 'Started, took'),
      isShort: true,
      render: ({ startedAt, finishedAt }) => (
        <>
          <When at={startedAt} />
          {finishedAt && <div className="quiet">{duration(startedAt, finishedAt)}</div>}
        </>
      ),
    },
    {
      key: 'summary',
      title: say('结果', 'Summary'),
      render: (run) => <SummaryLine of={run.summary} error={run.error} />,
    },
  ];
}
