import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  type AccountSystem,
  CheckUpstreamDocument,
  PauseSystemDocument,
  type SystemFactsFragment,
  SystemsDocument,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Facts } from '../../parts/facts.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Loaded, Page, Section } from '../../parts/page.tsx';
import { Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { SystemState } from '../overview/system-strip.tsx';
import { Installation } from './installation.tsx';

/** Every system: whether it answers, what is wrong with it, and how fast we call it. */
export function View() {
  const say = useSay();
  const query = useData(SystemsDocument, {}, { pollMs: POLL_MS });
  return (
    <Page title={say('系统', 'Systems')}>
      <Loaded query={query}>
        {({ systems }) => (
          <div className="grid">
            {systems.map((system) => (
              <OneSystem key={system.code} system={system} />
            ))}
          </div>
        )}
      </Loaded>
      <Installation />
    </Page>
  );
}

function OneSystem({ system }: { readonly system: SystemFactsFragment }) {
  const say = useSay();
  const { circuit, lastCheck, lastError, paused } = system;
  return (
    <Section title={system.displayName} extra={<SystemState system={system} />}>
      {system.explanation && <p className="explain">{system.explanation}</p>}
      {circuit.reason && !system.explanation?.includes(circuit.reason.message) && (
        <Explain failure={circuit.reason} />
      )}
      <Facts
        of={[
          [say('用途', 'For'), <Word key="facet" of="facet" value={system.facet} />],
          [say('来源', 'Played by'), playedBy(system.sandboxed, say)],
          [say('已配置', 'Configured'), configuredText(system.configured, say)],
          [say('并发上限', 'Concurrency'), system.maxConcurrency],
          [say('每秒请求', 'Calls per second'), system.ratePerSecond || null],
          [say('上次成功', 'Last success'), <When key="success" at={system.lastSuccessAt} />],
          [say('熔断自', 'Open since'), circuit.since ? <When key="since" at={circuit.since} /> : null],
          [
            say('下次试探', 'Next trial'),
            circuit.nextTrialAt ? <When key="trial" at={circuit.nextTrialAt} /> : null,
          ],
          [
            say('限流至', 'Throttled until'),
            system.throttledUntil ? <When key="throttled" at={system.throttledUntil} /> : null,
          ],
          [say('暂停', 'Paused'), paused ? `${paused.reason}` : null],
          [say('暂停至', 'Paused until'), paused?.until ? <When key="until" at={paused.until} /> : null],
        ]}
      />
      {lastError && (
        <div className="explain below">
          {say('最近的错误', 'Last error')} <When at={lastError.at} />
          <Explain failure={lastError} />
        </div>
      )}
      {lastCheck && (
        <div className="explain below">
          {say('最近的检查', 'Last check')} <When at={lastCheck.checkedAt} />: {lastCheck.host},{' '}
          {lastCheck.latencyMs} ms {lastCheck.detail}
          <Explain failure={lastCheck.error} />
        </div>
      )}
      <SystemActions system={system} />
    </Section>
  );
}

function playedBy(sandboxed: boolean | null | undefined, say: Say): string | null {
  if (sandboxed === null || sandboxed === undefined) return null;
  return sandboxed ? say('沙箱', 'sandbox') : say('真实系统', 'the real system');
}

function configuredText(configured: boolean | null | undefined, say: Say): string | null {
  if (configured === null || configured === undefined) return null;
  return configured ? say('是', 'yes') : say('否', 'no');
}

function SystemActions({ system }: { readonly system: SystemFactsFragment }) {
  const say = useSay();
  const { system: code } = system;
  return (
    <Space wrap className="below">
      <Action
        label={say('检查', 'Check')}
        size="small"
        description={say('登录并读取一条数据，不写入。', 'Signs in and reads one record; writes nothing.')}
        run={async () =>
          (await call(CheckUpstreamDocument, { input: { code: system.code } }, { repeatable: false }))
            .checkUpstream
        }
        errorsOf={({ userErrors, check }) => [
          ...userErrors,
          ...(check?.error ? [{ code: check.error.code, message: check.error.message }] : []),
        ]}
        done={({ check }) =>
          say(`正常，${check?.latencyMs ?? 0} 毫秒`, `It answers, ${check?.latencyMs ?? 0} ms`)
        }
      />
      {code && <Pause system={code} isPaused={system.paused !== null} />}
      {code && (
        <Go to={addressOf('/tasks', { system: code, status: 'PENDING,WAITING,PROCESSING,RETRY,UNCERTAIN' })}>
          {say('未完成的任务', 'Open tasks')}
        </Go>
      )}
    </Space>
  );
}

function Pause({ system, isPaused }: { readonly system: AccountSystem; readonly isPaused: boolean }) {
  const say = useSay();
  const label = isPaused ? say('恢复', 'Resume') : say('暂停', 'Pause');
  return (
    <Action
      label={label}
      size="small"
      danger={!isPaused}
      description={
        isPaused
          ? say('任务立即继续。', 'Its tasks go on at once.')
          : say(
              '不再开始新的任务；请求照常受理，恢复后继续。',
              'No task is started; requests are accepted, and go on afterwards.',
            )
      }
      fields={
        isPaused
          ? []
          : [
              { name: 'reason', label: say('原因', 'Reason'), required: true },
              {
                name: 'until',
                label: say('到何时（UTC，可选）', 'Until when (UTC), if known'),
                placeholder: '2026-12-01T08:00:00Z',
              },
            ]
      }
      run={(values) =>
        call(
          PauseSystemDocument,
          {
            input: {
              system,
              ...(!isPaused && { reason: values['reason'] ?? null, until: values['until'] || null }),
            },
          },
          { repeatable: false },
        )
      }
      errorsOf={({ pauseSystem }) => pauseSystem.userErrors}
      done={() => (isPaused ? say('已恢复', 'Resumed') : say('已暂停', 'Paused'))}
    />
  );
}
