import { useParams } from '@tanstack/react-router';
import { Collapse, Timeline } from 'antd';
import { call } from '../../api/call.ts';
import {
  ResolveTaskDocument,
  RetryTaskDocument,
  TaskDocument,
  type TaskQuery,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { Advised, Explain } from '../../parts/explain.tsx';
import { Facts, Json } from '../../parts/facts.tsx';
import { oneOf } from '../../parts/fields.tsx';
import { Go } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { duration, When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';

type Task = NonNullable<TaskQuery['task']>;

/** One task: why it is where it is, what it waits for, and every attempt. */
export function View() {
  const { id = '' } = useParams({ strict: false });
  const taskId = decodeURIComponent(id);
  const say = useSay();
  const may = useMay();
  const query = useData(TaskDocument, { taskId, operate: may('operate') }, { pollMs: POLL_MS });
  const task = query.data?.task ?? null;
  const title =
    task === null ? say('任务', 'Task') : `${systemName(task.system)} · ${task.person?.fullName ?? taskId}`;
  return (
    <Page title={title} extra={task && <Actions task={task} />}>
      <Loaded query={query}>
        {({ task: found }) => (found === null ? <NotThere id={taskId} /> : <Whole task={found} />)}
      </Loaded>
    </Page>
  );
}

function Whole({ task }: { readonly task: Task }) {
  const say = useSay();
  const { person } = task;
  return (
    <>
      <Section title={say('状态', 'State')} extra={<State of="task" value={task.status} />}>
        {task.explanation && <p className="explain">{task.explanation}</p>}
        <Advised advice={task.advice} />
        {task.lastError && (
          <Explain failure={task.lastError} isSaid={task.explanation?.startsWith(task.lastError.message)} />
        )}
        <Facts
          of={[
            [say('任务', 'Task'), <Id key="id" id={task.taskId} />],
            [
              say('人员', 'Person'),
              person && (
                <Go key="person" to={`/people/${encodeURIComponent(person.employeeNumber)}`}>
                  {person.fullName} {person.employeeNumber}
                </Go>
              ),
            ],
            [
              say('账号', 'Account'),
              task.accountIdentifier && <Id key="account" id={task.accountIdentifier} />,
            ],
            [say('尝试', 'Attempts'), `${task.attemptCount} / ${task.maxAttempts}`],
            [
              say('下次尝试', 'Next attempt'),
              task.nextAttemptAt ? <When key="next" at={task.nextAttemptAt} /> : null,
            ],
            [say('创建时间', 'Created'), <When key="created" at={task.createdAt} />],
            [say('更新时间', 'Updated'), <When key="updated" at={task.updatedAt} />],
            [
              say('完成时间', 'Completed'),
              task.completedAt ? <When key="done" at={task.completedAt} /> : null,
            ],
          ]}
        />
      </Section>
      {task.dependsOn.length > 0 && (
        <Section title={say('依赖', 'Depends on')}>
          <ul className="tree">
            {task.dependsOn.map((other) => (
              <li key={other.taskId} className="row">
                <Id id={other.taskId} to={`/tasks/${encodeURIComponent(other.taskId)}`} />{' '}
                {systemName(other.system)} <State of="task" value={other.status} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Attempts task={task} />
      {task.result !== null && task.result !== undefined && (
        <Section title={say('结果', 'Result')}>
          <Json value={task.result} />
        </Section>
      )}
    </>
  );
}

function Attempts({ task }: { readonly task: Task }) {
  const say = useSay();
  return (
    <Section title={say('尝试', 'Attempts')}>
      {task.attempts.length === 0 ? (
        <p className="quiet">{say('还没有尝试', 'None yet')}</p>
      ) : (
        <Timeline
          items={task.attempts.map((attempt) => ({
            key: attempt.executionAttempt,
            content: (
              <>
                <div className="row">
                  #{attempt.executionAttempt} <When at={attempt.startedAt} exact />{' '}
                  {attempt.outcome ? (
                    <State of="outcome" value={attempt.outcome} />
                  ) : (
                    say('进行中', 'running')
                  )}{' '}
                  {attempt.finishedAt && (
                    <span className="quiet">{duration(attempt.startedAt, attempt.finishedAt)}</span>
                  )}
                </div>
                {attempt.errorMessage && (
                  <div className="explain">
                    {attempt.errorMessage} <code>{attempt.errorCode}</code>
                  </div>
                )}
                {attempt.errorDetails || attempt.executionContext ? (
                  <Collapse
                    size="small"
                    ghost
                    items={[
                      {
                        key: 'details',
                        label: say('详情', 'Details'),
                        children: (
                          <Json
                            value={{ ...Object(attempt.errorDetails), context: attempt.executionContext }}
                          />
                        ),
                      },
                    ]}
                  />
                ) : null}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}

function Actions({ task }: { readonly task: Task }) {
  const say = useSay();
  const may = useMay();
  const { taskId } = task;
  return (
    <>
      {may('requests:write', 'operate') && (
        <Action
          label={say('重试', 'Retry')}
          disabledBecause={
            !['FAILED', 'CANCELLED', 'RETRY'].includes(task.status) &&
            say(
              '只有失败、取消或等待重试的任务可以重试',
              'Only a task that failed, was cancelled or waits to be retried',
            )
          }
          description={say(
            `将重新排队 ${systemName(task.system)} 的这个任务。`,
            `This task at ${systemName(task.system)} will be queued again.`,
          )}
          run={() => call(RetryTaskDocument, { input: { taskId } }, { repeatable: false })}
          errorsOf={({ retryTask }) => retryTask.userErrors}
          done={() => say('已重新排队', 'Queued again')}
        />
      )}
      {may('operate') && (
        <Action
          label={say('登记结果', 'Resolve')}
          title={say('登记结果', 'Say what became of it')}
          disabledBecause={
            !['UNCERTAIN', 'FAILED', 'RETRY'].includes(task.status) &&
            say('只有结果未知、失败或等待重试的任务', 'Only what is uncertain, failed or waits to be retried')
          }
          fields={[
            {
              name: 'outcome',
              label: say('结果', 'Outcome'),
              kind: 'select',
              required: true,
              options: [
                { value: 'EXISTS', label: say('账号已存在', 'the account exists') },
                { value: 'SEND_AGAIN', label: say('账号不存在，再发一次', 'it does not: send it again') },
                { value: 'GIVE_UP', label: say('放弃', 'give up') },
              ],
            },
            { name: 'identifier', label: say('账号标识（已存在时）', 'Identifier, where it exists') },
            { name: 'remoteId', label: say('远端编号（可选）', 'Remote id, if known') },
            { name: 'reason', label: say('原因', 'Reason') },
          ]}
          run={(values) =>
            call(
              ResolveTaskDocument,
              {
                input: {
                  taskId,
                  attempt: task.attemptCount,
                  outcome:
                    oneOf(values['outcome'], ['EXISTS', 'SEND_AGAIN', 'GIVE_UP'] as const) ?? 'GIVE_UP',
                  identifier: values['identifier'] || null,
                  remoteId: values['remoteId'] || null,
                  reason: values['reason'] || null,
                },
              },
              { repeatable: false },
            )
          }
          errorsOf={({ resolveTask }) => resolveTask.userErrors}
          done={() => say('已记录', 'Recorded')}
        />
      )}
    </>
  );
}
