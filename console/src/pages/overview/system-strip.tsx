import { call } from '../../api/call.ts';
import type { OverviewQuery } from '../../api/generated/graphql.ts';
import { RetryTasksDocument } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { Go } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';

type System = OverviewQuery['overview']['systems'][number];

/** In one word: whether it is called, and if not, why. */
export function SystemState({
  system: { enabled, configured, circuit },
}: {
  readonly system: Pick<System, 'enabled' | 'configured' | 'circuit'>;
}) {
  if (configured === false) return <State of="configured" value={false} />;
  return enabled ? <State of="circuit" value={circuit.state} /> : <State of="enabled" value={false} />;
}

/** How every system stands, side by side. */
export function SystemStrip({ systems }: { readonly systems: readonly System[] }) {
  const say = useSay();
  return (
    <div className="strip">
      {systems.map((system) => (
        <Go key={system.code} to="/systems" className={`tile ${toneOf(system)}`}>
          <strong>{system.displayName}</strong>
          <SystemState system={system} />
          {system.paused && <span>{say('已暂停', 'paused')}</span>}
          {system.throttledUntil && (
            <span>
              {say('限流至', 'throttled until')} <When at={system.throttledUntil} />
            </span>
          )}
          <span className="quiet">
            {say('上次成功', 'last success')} <When at={system.lastSuccessAt} />
          </span>
        </Go>
      ))}
    </div>
  );
}

function toneOf({ circuit, enabled, configured, paused, throttledUntil }: System): string {
  if (circuit.state === 'OPEN') return 'is-bad';
  if (configured === false) return 'is-idle';
  return !enabled || paused || throttledUntil ? 'is-warn' : 'is-ok';
}

/** Retries what failed for one cause. */
export function RetryCause({
  system,
  code,
  tasks,
}: {
  readonly system: System['system'] | null;
  readonly code: string;
  readonly tasks: number;
}) {
  const say = useSay();
  const may = useMay();
  if (!may('operate')) return null;
  const filter = { errorCode: [code], status: ['FAILED' as const], ...(system && { system: [system] }) };
  return (
    <Action
      label={say('重试', 'Retry')}
      size="small"
      disabledBecause={tasks === 0 && say('没有失败的任务', 'None of them failed')}
      preview={async () => {
        const { retryTasks } = await call(RetryTasksDocument, { input: { filter, mode: 'DRY_RUN' } });
        const { matched, people, requests, userErrors } = retryTasks;
        return {
          count: matched,
          errors: userErrors,
          button: say(`重试 ${matched} 个任务`, `Retry ${matched} tasks`),
          shown: (
            <p>
              {say(
                `${matched} 个任务，${people} 人，${requests} 个请求`,
                `${matched} tasks of ${people} people in ${requests} requests`,
              )}
            </p>
          ),
        };
      }}
      run={(_, expectedCount) =>
        call(RetryTasksDocument, { input: { filter, mode: 'RUN', expectedCount } }, { repeatable: false })
      }
      errorsOf={({ retryTasks }) => retryTasks.userErrors}
      done={({ retryTasks }) =>
        say(`${retryTasks.requeuedTasks} 个任务重新排队`, `${retryTasks.requeuedTasks} tasks queued again`)
      }
    />
  );
}
