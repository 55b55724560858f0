import type { Command } from 'commander';
import { systemOf } from '../arguments/systems.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface RetryFlags {
  readonly system?: readonly string[];
  readonly errorCode?: readonly string[];
  readonly dryRun?: boolean;
}

const asked = { throwOnUserErrors: false };

/** `retry REQUEST_ID`, or `retry --system S --error-code C` for tasks of any request. */
export function addRetryCommand(program: Command, terminal: Terminal): void {
  program
    .command('retry [id]')
    .description(
      terminal.say(
        '重试一个请求中失败的部分或一个任务，或按系统和错误码批量重试',
        'try again what failed in a request, or a task, or by system and error in all of them',
      ),
    )
    .option('--system <system...>', terminal.say('只重试这些系统', 'only these systems'))
    .option('--error-code <code...>', terminal.say('只重试这些错误', 'only what failed with these errors'))
    .option('--dry-run', terminal.say('只显示会重试什么', 'say what it would do; change nothing'))
    .action((requestId: string | undefined, flags: RetryFlags) =>
      requestId !== undefined && isTaskId(requestId)
        ? retryTask(requestId, terminal)
        : requestId !== undefined && flags.errorCode === undefined && flags.dryRun !== true
          ? retryRequest(requestId, flags, terminal)
          : retryTasks(requestId, flags, terminal),
    );
}

/** `<employee number>_<system>_<8 hex>`. */
export function isTaskId(id: string): boolean {
  return /_[A-Z]+_[0-9a-f]{8}$/.test(id);
}

async function retryTask(taskId: string, { client, print, report }: Terminal): Promise<void> {
  const answer = await client().retryTask({ taskId }, asked);
  report(answer.userErrors);
  const { task } = answer;
  print(answer, task === null ? '' : table([[task.taskId, task.statusDisplay, task.explanation ?? '']]));
}

async function retryRequest(requestId: string, { system }: RetryFlags, terminal: Terminal): Promise<void> {
  const { client, print, report, say } = terminal;
  const systems = system?.map((name) => systemOf(name, say)) ?? null;
  const answer = await client().retryRequest({ requestId, systems }, asked);
  report(answer.userErrors);
  const { request, requeuedTasks } = answer;
  const tasks = say(`重新排队的任务 ${requeuedTasks}`, `${requeuedTasks} tasks queued again`);
  print(answer, request === null ? '' : table([[request.requestId, request.statusDisplay, tasks]]));
}

async function retryTasks(
  requestId: string | undefined,
  flags: RetryFlags,
  terminal: Terminal,
): Promise<void> {
  const { client, print, report, end, say } = terminal;
  const { system, errorCode } = flags;
  if (requestId === undefined && system === undefined && errorCode === undefined)
    throw new UsageError(
      say(
        '请给出请求号，或 --system、--error-code。',
        'Give the id of a request, or --system, --error-code.',
      ),
    );
  const filter = {
    ...(requestId !== undefined && { requestId }),
    ...(system !== undefined && { system: system.map((name) => systemOf(name, say)) }),
    ...(errorCode !== undefined && { errorCode }),
  };
  const mode = flags.dryRun === true ? 'DRY_RUN' : 'RUN';
  const first = await client().retryTasks({ filter, mode }, asked);
  let { requeuedTasks, remaining, userErrors } = first;
  // One call stops after some seconds; what it did not come to takes another.
  while (mode === 'RUN' && remaining > 0 && userErrors.length === 0) {
    const next = await client().retryTasks({ filter, mode }, asked);
    requeuedTasks += next.requeuedTasks;
    ({ remaining, userErrors } = next);
    if (next.requeuedTasks === 0) break;
  }
  report(userErrors);
  if (mode === 'RUN' && remaining > 0) end(exitStatus.failed);
  const { matched, people, requests, groups } = first;
  const head = [
    say(`符合的任务 ${matched}`, `${matched} tasks`),
    say(`涉及 ${people} 人、${requests} 个请求`, `of ${people} people in ${requests} requests`),
    mode === 'RUN'
      ? say(`重新排队 ${requeuedTasks}`, `${requeuedTasks} queued again`)
      : say('预览：没有改变', 'nothing was changed'),
  ];
  const rows = groups.map((group) => [group.system, `${group.code ?? '–'} × ${group.count}`]);
  print({ ...first, requeuedTasks, remaining, userErrors }, table([head]) + table(rows));
}
