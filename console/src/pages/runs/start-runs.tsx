import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  AdoptAccountsDocument,
  CreateAccountTasksDocument,
  DisableLeaversDocument,
  ProcessAccountTasksDocument,
  type RunAnswerFragment,
  type RunMode,
  SyncHrDocument,
  VerifyAccountsDocument,
} from '../../api/generated/graphql.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { type Field, several, type Values } from '../../parts/fields.tsx';
import { Go, useGo } from '../../parts/go.tsx';
import { systemOptions, systems } from '../../text/systems.ts';

interface Startable {
  readonly kind: string;
  readonly label: readonly [string, string];
  readonly fields?: (say: Say) => readonly Field[];
  readonly start: (values: Values, mode: RunMode) => Promise<RunAnswerFragment>;
}

const ONCE = { repeatable: false } as const;
const systemsOf = (values: Values) => {
  const chosen = several(values['systems'], systems);
  return chosen === undefined ? {} : { systems: [...chosen] };
};
const systemsField = (say: Say): Field => ({
  name: 'systems',
  label: say('系统（默认全部）', 'Systems, all by default'),
  kind: 'several',
  options: systemOptions,
});

/** The runs that an operator may start. */
export const startable: readonly Startable[] = [
  {
    kind: 'HR_SYNC',
    label: ['立即同步', 'Sync now'],
    fields: (say) => [{ name: 'full', label: say('全量同步', 'Full sync'), kind: 'switch' }],
    start: async (values, mode) =>
      (await call(SyncHrDocument, { input: { mode, forceFullSync: values['full'] === 'true' } }, ONCE))
        .syncHr,
  },
  {
    kind: 'TASK_CREATION',
    label: ['创建任务', 'Create tasks'],
    start: async (_, mode) =>
      (await call(CreateAccountTasksDocument, { input: { mode } }, ONCE)).createAccountTasks,
  },
  {
    kind: 'TASK_PROCESSING',
    label: ['执行任务', 'Process tasks'],
    start: async (_, mode) =>
      (await call(ProcessAccountTasksDocument, { input: { mode } }, ONCE)).processAccountTasks,
  },
  {
    kind: 'LEAVERS',
    label: ['停用离职账号', 'Disable leavers'],
    start: async (_, mode) => (await call(DisableLeaversDocument, { input: { mode } }, ONCE)).disableLeavers,
  },
  {
    kind: 'ACCOUNT_VERIFICATION',
    label: ['核对账号', 'Verify accounts'],
    fields: (say) => [systemsField(say)],
    start: async (values, mode) =>
      (await call(VerifyAccountsDocument, { input: { mode, ...systemsOf(values) } }, ONCE)).verifyAccounts,
  },
  {
    kind: 'ADOPTION',
    label: ['认领账号', 'Adopt accounts'],
    fields: (say) => [systemsField(say)],
    start: async (values, mode) =>
      (await call(AdoptAccountsDocument, { input: { mode, ...systemsOf(values) } }, ONCE)).adoptAccounts,
  },
];

/** Buttons that start runs: as a dry run unless said otherwise, as those show what would be touched. */
export function StartRuns({ kinds }: { readonly kinds?: readonly string[] }) {
  const shown = startable.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  return (
    <Space wrap>
      {shown.map((each) => (
        <StartRun key={each.kind} of={each} />
      ))}
      {shown.length === 0 && kinds?.map((kind) => <StartElsewhere key={kind} kind={kind} />)}
    </Space>
  );
}

/** Runs of other areas are started on their own pages. */
function StartElsewhere({ kind }: { readonly kind: string }) {
  const say = useSay();
  if (kind.startsWith('CALENDAR')) return <Go to="/calendars">{say('在“课程日历”页', 'on Calendars')}</Go>;
  if (kind.startsWith('DATABASE')) return <Go to="/databases">{say('在“数据库”页', 'on Databases')}</Go>;
  return <>–</>;
}

function StartRun({ of }: { readonly of: Startable }) {
  const say = useSay();
  const go = useGo();
  const label = say(of.label[0], of.label[1]);
  return (
    <Action
      label={label}
      size="small"
      fields={[
        ...(of.fields?.(say) ?? []),
        {
          name: 'dry',
          label: say('试运行：只显示会做什么', 'Dry run: only show what would be done'),
          kind: 'switch',
        },
      ]}
      initial={{ dry: 'true' }}
      run={(values) => of.start(values, values['dry'] === 'true' ? 'DRY_RUN' : 'RUN')}
      errorsOf={({ userErrors }) => userErrors}
      done={({ joined }) =>
        joined ? say('已加入正在进行的运行', 'Joined the one that runs') : say('已开始', 'Started')
      }
      onDone={({ run }) => {
        if (run) go(`/runs/${run.runId}`);
      }}
    />
  );
}
