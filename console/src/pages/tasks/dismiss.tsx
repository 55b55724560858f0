import { call } from '../../api/call.ts';
import { DismissTasksDocument, type TaskFilter } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { systemName } from '../../text/systems.ts';

/** Puts away failures that nobody will settle, or brings them back, after showing how many. */
export function Dismiss({
  filter,
  disabledBecause,
}: {
  readonly filter: TaskFilter;
  readonly disabledBecause: string | false;
}) {
  const say = useSay();
  const inputOf = (values: Readonly<Record<string, string | undefined>>) => ({
    filter,
    reason: values['reason'] ?? '',
    restore: values['restore'] === 'true',
  });
  return (
    <Action
      label={say('不再提示', 'Dismiss')}
      disabledBecause={disabledBecause}
      description={say(
        '总览和 status 不再提示筛选出的失败，直到任务再次变化；仍可重试，也可恢复。',
        'Overview and status leave the failures of this filter out until a task changes again. They can still be retried, and brought back.',
      )}
      fields={[
        { name: 'reason', label: say('原因', 'Reason'), required: true },
        { name: 'restore', label: say('恢复提示', 'Bring back what was dismissed'), kind: 'switch' },
      ]}
      preview={async (values) => {
        const { dismissTasks } = await call(DismissTasksDocument, {
          input: { ...inputOf(values), mode: 'DRY_RUN' },
        });
        const { matched, dismissedItems, groups, userErrors } = dismissTasks;
        const verb = values['restore'] === 'true' ? say('恢复', 'Bring back') : say('不再提示', 'Dismiss');
        return {
          count: matched,
          errors: userErrors,
          button: say(
            `${verb} ${matched + dismissedItems} 项`,
            `${verb} ${matched + dismissedItems} failures`,
          ),
          shown: (
            <div aria-live="polite">
              <p>
                {say(
                  `${matched} 个任务，${dismissedItems} 名没有任务的人员`,
                  `${matched} tasks, and ${dismissedItems} people without a task`,
                )}
              </p>
              <ul className="plain">
                {groups.map(({ system, code, count }) => (
                  <li key={`${system} ${code}`}>
                    {systemName(system)} <code>{code}</code>: {count}
                  </li>
                ))}
              </ul>
            </div>
          ),
        };
      }}
      run={(values, expectedCount) =>
        call(
          DismissTasksDocument,
          { input: { ...inputOf(values), mode: 'RUN', expectedCount } },
          { repeatable: false },
        )
      }
      errorsOf={({ dismissTasks }) => dismissTasks.userErrors}
      done={({ dismissTasks: { dismissedTasks, dismissedItems } }) =>
        say(
          `已处理 ${dismissedTasks} 个任务、${dismissedItems} 名人员`,
          `${dismissedTasks} tasks and ${dismissedItems} people changed`,
        )
      }
    />
  );
}
