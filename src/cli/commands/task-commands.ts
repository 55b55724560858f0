import type { Command } from 'commander';
import type { RequestStatus, TaskStatus } from '../../../clients/typescript/src/accountsync-client.ts';
import { choiceOf } from '../arguments/choice.ts';
import { systemOf } from '../arguments/systems.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { countOf } from './run-commands.ts';

const SHOWN = 50;
const asked = { throwOnUserErrors: false };
const taskStatuses: readonly TaskStatus[] = [
  'PENDING',
  'WAITING',
  'PROCESSING',
  'RETRY',
  'UNCERTAIN',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
];
const requestStatuses: readonly RequestStatus[] = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'PARTIAL_FAILED',
  'FAILED',
  'CANCELLED',
];

interface Flags {
  readonly system?: readonly string[];
  readonly status?: readonly string[];
  readonly errorCode?: readonly string[];
  readonly employee?: string;
  readonly request?: string;
  readonly first: number;
}

interface DismissFlags extends Omit<Flags, 'status' | 'first'> {
  readonly reason: string;
  readonly restore?: boolean;
  readonly dryRun?: boolean;
}

/** `requests`, `tasks`, `dismiss`. */
export function addTaskCommands(program: Command, terminal: Terminal): void {
  addLists(program, terminal);
  addDismiss(program, terminal);
}

function addLists(program: Command, { client, print, say, time }: Terminal): void {
  program
    .command('requests')
    .description(say('列出请求，最新的在前', 'list requests, newest first'))
    .option('--status <status...>', say('只限这些状态', 'in these states'))
    .option('--origin-system <name>', say('只限此来源系统', 'of this origin system'))
    .option('--employee <number>', say('包含此工号', 'that have this employee number'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, SHOWN)
    .action(async (flags: Flags & { readonly originSystem?: string }) => {
      const filter = {
        status: flags.status?.map((name) => choiceOf(name, requestStatuses, say)),
        originSystem: flags.originSystem,
        employeeNumber: flags.employee,
      };
      const found = await take(client().requests(filter), flags.first);
      const rows = found.map((request) => [
        request.requestId,
        request.statusDisplay,
        `${request.completedUsers}/${request.totalUsers}`,
        say(`失败 ${request.failedUsers}`, `${request.failedUsers} failed`),
        `${request.originSystem} ${request.businessKey}`,
        time(request.createdAt),
      ]);
      print(found, table(rows));
    });
  program
    .command('tasks')
    .description(say('列出任务，最新的在前', 'list tasks, newest first'))
    .option('--system <system...>', say('只限这些系统', 'only in these systems'))
    .option('--status <status...>', say('只限这些状态', 'in these states'))
    .option('--error-code <code...>', say('只限这些错误', 'with these errors'))
    .option('--employee <number>', say('只限此人', 'of this person'))
    .option('--request <request-id>', say('只限此请求', 'of this request'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, SHOWN)
    .action(async (flags: Flags) => {
      const filter = {
        ...filterOf(flags, say),
        status: flags.status?.map((name) => choiceOf(name, taskStatuses, say)),
      };
      const found = await take(client().tasks(filter), flags.first);
      const rows = found.map((task) => [
        task.taskId,
        task.statusDisplay,
        task.lastError?.code ?? '',
        time(task.updatedAt),
        task.explanation ?? '',
      ]);
      print(found, table(rows));
    });
}

function addDismiss(program: Command, { client, print, report, say }: Terminal): void {
  program
    .command('dismiss')
    .description(
      say(
        '不再提示无人处理的失败（须写明原因），或恢复提示',
        'put away failures that nobody will settle, with a reason; or bring them back',
      ),
    )
    .requiredOption('--reason <text>', say('原因', 'why, for whoever reads it later'))
    .option('--system <system...>', say('只限这些系统', 'only in these systems'))
    .option('--error-code <code...>', say('只限这些错误', 'only with these errors'))
    .option('--employee <number>', say('只限此人', 'only of this person'))
    .option('--request <request-id>', say('只限此请求', 'only of this request'))
    .option('--restore', say('恢复提示', 'bring them back'))
    .option('--dry-run', say('只显示有多少', 'only say how many'))
    .action(async (flags: DismissFlags) => {
      const filter = filterOf(flags, say);
      if (Object.values(filter).every((value) => value === undefined))
        throw new UsageError(
          say(
            '请至少给出一个条件。',
            'Give at least one condition: --system, --error-code, --employee or --request.',
          ),
        );
      const mode = flags.dryRun === true ? 'DRY_RUN' : 'RUN';
      const input = { filter, reason: flags.reason, restore: flags.restore === true, mode } as const;
      const answer = await client().dismissTasks(input, asked);
      report(answer.userErrors);
      const { matched, dismissedTasks, dismissedItems, groups } = answer;
      const head = [
        say(`符合的任务 ${matched}`, `${matched} tasks`),
        say(`没有任务的人员 ${dismissedItems}`, `${dismissedItems} people without a task`),
        mode === 'RUN'
          ? say(`已处理任务 ${dismissedTasks}`, `${dismissedTasks} tasks changed`)
          : say('预览：没有改变', 'nothing was changed'),
      ];
      print(
        answer,
        table([head, ...groups.map((group) => [group.system, `${group.code ?? '–'} × ${group.count}`])]),
      );
    });
}

/** The conditions that were given. */
export function filterOf(
  flags: Pick<Flags, 'system' | 'errorCode' | 'employee' | 'request'>,
  say: Terminal['say'],
) {
  return {
    system: flags.system?.map((name) => systemOf(name, say)),
    errorCode: flags.errorCode === undefined ? undefined : [...flags.errorCode],
    employeeNumber: flags.employee,
    requestId: flags.request,
  };
}
