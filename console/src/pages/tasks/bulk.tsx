import { call } from '../../api/call.ts';
import { CancelTasksDocument, RetryTasksDocument, type TaskFilter } from '../../api/generated/graphql.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Action, type Preview } from '../../parts/action.tsx';
import { systemName } from '../../text/systems.ts';
import { Dismiss } from './dismiss.tsx';

interface Touched {
  readonly matched: number;
  readonly people: number;
  readonly requests: number;
  readonly groups: readonly {
    readonly system: string;
    readonly code?: string | null;
    readonly count: number;
  }[];
  readonly userErrors: Preview['errors'] & object;
}

/** Retries or cancels what the filter finds, after showing what that is. */
export function BulkActions({
  filter,
  chosen,
}: {
  readonly filter: TaskFilter;
  /** How many were chosen by hand; 0: all that the filter finds. */
  readonly chosen: number;
}) {
  const say = useSay();
  const tooWide = Object.keys(filter).length === 0 && say('请先筛选', 'Filter first');
  return (
    <>
      <Action
        label={
          chosen === 0
            ? say('批量重试', 'Retry all')
            : say(`重试选中的 ${chosen} 个`, `Retry ${chosen} chosen`)
        }
        disabledBecause={tooWide}
        description={say(
          '重新排队筛选出的失败和取消的任务。',
          'Queues the failed and cancelled tasks of this filter again.',
        )}
        preview={async () => {
          const { retryTasks } = await call(RetryTasksDocument, { input: { filter, mode: 'DRY_RUN' } });
          return previewOf(retryTasks, say, say('重试', 'Retry'));
        }}
        run={(_, count) =>
          call(
            RetryTasksDocument,
            { input: { filter, mode: 'RUN', expectedCount: count } },
            { repeatable: false },
          )
        }
        errorsOf={({ retryTasks }) => retryTasks.userErrors}
        done={({ retryTasks: { requeuedTasks, remaining } }) =>
          say(`${requeuedTasks} 个任务重新排队`, `${requeuedTasks} tasks queued again`) +
          restOf(remaining, say)
        }
      />
      <Action
        label={
          chosen === 0
            ? say('批量取消', 'Cancel all')
            : say(`取消选中的 ${chosen} 个`, `Cancel ${chosen} chosen`)
        }
        danger
        disabledBecause={tooWide}
        description={say(
          '取消筛选出的未完成任务；已发出的会等到答复。',
          'Cancels the open tasks of this filter; what was sent is waited for.',
        )}
        preview={async () => {
          const { cancelTasks } = await call(CancelTasksDocument, { input: { filter, mode: 'DRY_RUN' } });
          return previewOf(cancelTasks, say, say('取消', 'Cancel'));
        }}
        run={(_, count) =>
          call(
            CancelTasksDocument,
            { input: { filter, mode: 'RUN', expectedCount: count } },
            { repeatable: false },
          )
        }
        errorsOf={({ cancelTasks }) => cancelTasks.userErrors}
        done={({ cancelTasks: { cancelledTasks, remaining } }) =>
          say(`${cancelledTasks} 个任务已取消`, `${cancelledTasks} tasks cancelled`) + restOf(remaining, say)
        }
      />
      <Dismiss filter={filter} disabledBecause={tooWide} />
    </>
  );
}

function restOf(remaining: number, say: Say): string {
  return remaining === 0
    ? ''
    : say(`，还有 ${remaining} 个，请再执行一次`, `; ${remaining} remain: do it again`);
}

function previewOf(touched: Touched, say: Say, verb: string): Preview {
  const { matched, people, requests, groups, userErrors } = touched;
  return {
    count: matched,
    errors: userErrors,
    button: say(`${verb} ${matched} 个任务`, `${verb} ${matched} tasks`),
    shown: (
      <div aria-live="polite">
        <p>
          {say(
            `${matched} 个任务，涉及 ${people} 人、${requests} 个请求`,
            `${matched} tasks, of ${people} people in ${requests} requests`,
          )}
        </p>
        <ul className="plain">
          {groups.map(({ system, code, count }) => (
            <li key={`${system} ${code}`}>
              {systemName(system)} {code !== null && code !== undefined && <code>{code}</code>}: {count}
            </li>
          ))}
        </ul>
      </div>
    ),
  };
}
