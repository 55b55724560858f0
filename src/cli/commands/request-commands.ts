import type { Command } from 'commander';
import type { RequestFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import { requestExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchRequest } from '../terminal/watch-request.ts';
import { isTaskId } from './retry-command.ts';
import { filterOf } from './task-commands.ts';

/** So many people of a request that failed are shown; `--json` has them all. */
const ITEMS_SHOWN = 50;

/** User errors are printed here, not thrown. */
const asked = { throwOnUserErrors: false };

interface CancelFlags {
  readonly system?: readonly string[];
  readonly errorCode?: readonly string[];
  readonly dryRun?: boolean;
}

/** `watch`, `request`, `cancel`. */
export function addRequestCommands(program: Command, terminal: Terminal): void {
  const { client, print, say } = terminal;
  program
    .command('watch <request-id>')
    .description(say('跟踪一个请求直到结束', 'follow a request to its end'))
    .action((requestId: string) => followRequest(requestId, terminal));
  program
    .command('request <request-id>')
    .description(say('查看一个请求及其失败的人员', 'show a request and who failed in it'))
    .action(async (requestId: string) => {
      const request = await client().request(requestId);
      if (request === null)
        throw new UsageError(say(`没有请求 ${requestId}。`, `There is no request ${requestId}.`));
      const failed = await take(client().requestItems(requestId, { status: ['FAILED'] }), ITEMS_SHOWN);
      const people = failed.map((item) => [item.employeeNumber, item.employeeName, item.explanation ?? '']);
      print({ ...request, failed }, `${requestText(request, terminal)}${table(people)}`);
    });
  program
    .command('cancel [id]')
    .description(
      say(
        '取消请求或任务中尚未发送的部分（已创建的账号保留），停止一次运行，或按系统和错误码批量取消',
        'stop what a request or a task still wants (accounts that exist stay), or a run, or tasks by system and error',
      ),
    )
    .option('--system <system...>', say('只取消这些系统的任务', 'tasks of these systems'))
    .option('--error-code <code...>', say('只取消有这些错误的任务', 'tasks with these errors'))
    .option('--dry-run', say('只显示会取消什么', 'say what it would do; change nothing'))
    .action((id: string | undefined, flags: CancelFlags) => cancel(id, flags, terminal));
}

async function cancel(id: string | undefined, flags: CancelFlags, terminal: Terminal): Promise<void> {
  const { client, print, report } = terminal;
  if (id?.startsWith('run_')) {
    const answer = await client().cancelRun({ runId: id }, asked);
    report(answer.userErrors);
    const { run } = answer;
    return print(answer, run === null ? '' : table([[run.runId, run.kind, run.status]]));
  }
  if (id !== undefined && !isTaskId(id)) {
    const answer = await client().cancelRequest({ requestId: id }, asked);
    report(answer.userErrors);
    const { request } = answer;
    return print(answer, request === null ? '' : table([[request.requestId, request.statusDisplay]]));
  }
  await cancelTasks(id, flags, terminal);
}

async function cancelTasks(
  taskId: string | undefined,
  flags: CancelFlags,
  { client, print, report, say }: Terminal,
): Promise<void> {
  // The person's task of that system that is open: there is one at most.
  const [, employee, system] = /^(.*)_([A-Z]+)_[0-9a-f]{8}$/.exec(taskId ?? '') ?? [];
  const asking = system === undefined ? flags : { system: [system], employee: employee ?? '' };
  if (asking.system === undefined && flags.errorCode === undefined)
    throw new UsageError(
      say(
        '请给出编号，或 --system、--error-code。',
        'Give the id of a request, task or run, or --system, --error-code.',
      ),
    );
  const mode = flags.dryRun === true ? 'DRY_RUN' : 'RUN';
  const answer = await client().cancelTasks({ filter: filterOf(asking, say), mode }, asked);
  report(answer.userErrors);
  const { matched, cancelledTasks, groups } = answer;
  const head = [
    say(`符合的任务 ${matched}`, `${matched} tasks`),
    mode === 'RUN'
      ? say(`已取消 ${cancelledTasks}`, `${cancelledTasks} cancelled`)
      : say('预览：没有改变', 'nothing was changed'),
  ];
  print(
    answer,
    table([head, ...groups.map((group) => [group.system, `${group.code ?? '–'} × ${group.count}`])]),
  );
}

/** Shows a request until it is final, then its result. */
export async function followRequest(requestId: string, terminal: Terminal): Promise<void> {
  const { client, print, end, say } = terminal;
  const output = terminal.progressOutput();
  const { request } = await watchRequest({ client: client(), requestId, output, say });
  print(request, requestText(request, terminal));
  end(requestExitStatus(request.status));
}

/** Counts and the kinds of failures. */
export function requestText(request: RequestFieldsFragment, { say, time }: Terminal): string {
  const { requestId, statusDisplay, completedUsers, totalUsers, failedUsers, errorSummary } = request;
  const head = [
    requestId,
    statusDisplay,
    say(`完成 ${completedUsers}/${totalUsers}`, `${completedUsers} of ${totalUsers} done`),
    say(`失败 ${failedUsers}`, `${failedUsers} failed`),
    `${request.originSystem} ${request.businessKey}`,
    time(request.createdAt),
  ];
  const why = request.explanation === null ? '' : table([[request.explanation]]);
  const failures = errorSummary.map(({ system, code, count, fixBy, message }) => [
    system ?? '–',
    `${code} × ${count}`,
    fixBy,
    message,
  ]);
  return `${table([head])}${errorSummary.length > 0 ? table(failures) : why}`;
}
