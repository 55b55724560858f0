import { Alert, Space } from 'antd';
import { ActivityDocument, OverviewDocument, type OverviewQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Advised } from '../../parts/explain.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Loaded, Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { seconds, When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';
import { Activity } from './activity.tsx';
import { Failures } from './failures.tsx';
import { HOURS } from './hours.ts';
import { OpenWork } from './open-work.tsx';
import { SystemStrip } from './system-strip.tsx';

type Overview = OverviewQuery['overview'];

/** Charts of hours change little between two looks at what is wrong. */
const CHARTS_MS = 60_000;

/** Present problems, since when they stand, and whose turn it is. */
export function View() {
  const say = useSay();
  const may = useMay();
  const query = useData(OverviewDocument, {}, { pollMs: POLL_MS, enabled: may('operate') });
  if (!may('operate')) return <Welcome />;
  return (
    <Page title={say('总览', 'Overview')}>
      <Loaded query={query}>{({ overview }) => <Whole overview={overview} />}</Loaded>
    </Page>
  );
}

/** For those who may not see how everything is: where they can go. */
function Welcome() {
  const say = useSay();
  const may = useMay();
  return (
    <Page title="AccountSync">
      <Section title={say('您可以', 'You may')}>
        <Space orientation="vertical">
          {may('requests:read') && <Go to="/requests">{say('查看请求', 'look at requests')}</Go>}
          {may('requests:write') && <Go to="/requests/new">{say('申请账号', 'ask for accounts')}</Go>}
          {may('people:read') && <Go to="/people">{say('查找人员', 'look people up')}</Go>}
          <Go to="/developer">{say('查看权限和限额', 'see your scopes and limits')}</Go>
        </Space>
      </Section>
    </Page>
  );
}

function Whole({ overview }: { readonly overview: Overview }) {
  const say = useSay();
  // What is wrong does not wait for the charts.
  const { data } = useData(ActivityDocument, { hours: HOURS }, { pollMs: CHARTS_MS });
  const activity = data?.activity ?? [];
  return (
    <>
      <Reasons overview={overview} />
      <SystemStrip systems={overview.systems} />
      <Activity activity={activity} />
      <div className="grid">
        <OpenWork overview={overview} activity={activity} />
        <Waiting overview={overview} />
      </div>
      <Section title={say('失败原因', 'Failures by cause')}>
        <Failures failures={overview.failures} />
      </Section>
    </>
  );
}

function Reasons({ overview }: { readonly overview: Overview }) {
  const say = useSay();
  if (overview.reasons.length === 0)
    return (
      <Alert
        className="reason"
        type="success"
        showIcon
        title={say('一切正常', 'Everything is well')}
        role="status"
      />
    );
  return (
    <div className="reasons" aria-live="polite">
      {overview.reasons.map((reason) => (
        <Alert
          key={`${reason.code} ${reason.system} ${reason.setting}`}
          className="reason"
          type={reason.level === 'BROKEN' ? 'error' : 'warning'}
          showIcon
          title={reason.message}
          description={
            <>
              {reason.whatToDo}{' '}
              <span className="quiet">
                <Word of="fixBy" value={reason.fixBy} /> · <code>{reason.code}</code>
              </span>{' '}
              <Advised advice={reason.advice} />{' '}
              {reason.runId && <Go to={`/runs/${reason.runId}`}>{say('查看运行', 'See the run')}</Go>}{' '}
              {reason.setting && (
                <Go to={addressOf('/settings', { key: reason.setting })}>{reason.setting}</Go>
              )}{' '}
              {reason.system && <Go to="/systems">{systemName(reason.system)}</Go>}
            </>
          }
        />
      ))}
    </div>
  );
}

function Waiting({ overview }: { readonly overview: Overview }) {
  const say = useSay();
  const { oldestReady, awaitingConfirmation, deadLetters, uncertainTasks, lastHrSync } = overview;
  const dead = deadLetters.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section title={say('等待中', 'Waiting')}>
      <ul className="tree">
        <li>
          {say('最久的待处理任务', 'Oldest ready task')}:{' '}
          {oldestReady ? (
            <Go to={`/tasks/${encodeURIComponent(oldestReady.taskId)}`}>
              {seconds(oldestReady.ageSeconds)} ({systemName(oldestReady.system)})
            </Go>
          ) : (
            say('无', 'none')
          )}
        </li>
        <li>
          {say('等待确认的运行', 'Runs that await confirmation')}:{' '}
          {awaitingConfirmation.length === 0
            ? say('无', 'none')
            : awaitingConfirmation.map(({ runId, kind }) => (
                <Go key={runId} to={`/runs/${runId}`}>
                  <Word of="runKind" value={kind} />{' '}
                </Go>
              ))}
        </li>
        <li>
          {say('结果未知的任务', 'Uncertain tasks')}: <Go to="/tasks?status=UNCERTAIN">{uncertainTasks}</Go>
        </li>
        <li>
          {say('死信', 'Dead letters')}: <Go to="/poison">{dead}</Go>
        </li>
        <li>
          {say('最近的人事同步', 'Last HR sync')}:{' '}
          {lastHrSync ? (
            <>
              <Go to={`/runs/${lastHrSync.runId}`}>
                <When at={lastHrSync.startedAt} />
              </Go>{' '}
              <State of="run" value={lastHrSync.status} />
            </>
          ) : (
            say('还没有', 'none yet')
          )}
        </li>
        {overview.switchesOff.length > 0 && (
          <li>
            {say('关闭的开关', 'Switches that are off')}:{' '}
            {overview.switchesOff.map((key) => (
              <Go key={key} to={addressOf('/settings', { key })}>
                {key}{' '}
              </Go>
            ))}
          </li>
        )}
        {overview.sandboxed.length > 0 && (
          <li className="quiet">
            {say('沙箱扮演', 'Played by the sandbox')}: {overview.sandboxed.map(systemName).join(', ')}
          </li>
        )}
      </ul>
    </Section>
  );
}
