import { type Command, InvalidArgumentError } from 'commander';
import type { Run, RunPayloadFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { systemOf } from '../arguments/systems.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import { runExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchRun } from '../terminal/watch-run.ts';

/** Records of a run that are shown; the API has them all. */
const RECORDS_SHOWN = 20;
const RUNS_SHOWN = 20;

/** User errors are printed here, not thrown. */
const asked = { throwOnUserErrors: false };

/** Flags of every command that starts a run. */
interface StartFlags {
  readonly dryRun?: boolean;
  /** commander's form of `--no-wait`. */
  readonly wait: boolean;
}

/** Commands that start a run: `sync-hr`, `create-account-tasks`, `process-account-tasks`, `adopt-accounts` and the like. */
export function addStartCommands(program: Command, terminal: Terminal): void {
  const { client, say } = terminal;
  startCommand(program, 'sync-hr', terminal)
    .description(say('从 HR 同步人员', 'sync people from HR'))
    .option('--force-full-sync', say('读取所有人，而不只是变化的', 'read everybody, not only who changed'))
    .action(async (flags: StartFlags & { readonly forceFullSync?: boolean }) => {
      const forceFullSync = flags.forceFullSync === true;
      const input = { mode: modeOf(flags), forceFullSync };
      await followStarted(await client().syncHr(input, asked), flags, terminal);
    });
  startCommand(program, 'create-account-tasks', terminal)
    .description(say('为缺少账号的人员创建任务', 'plan tasks for everybody who lacks accounts'))
    .option(
      '--employee-status <status...>',
      say(
        'HR 人员的状态，默认见设置 valid_employee_statuses',
        'people of HR with these statuses; default: Setting valid_employee_statuses',
      ),
    )
    .action(async (flags: StartFlags & { readonly employeeStatus?: readonly string[] }) => {
      const input = { mode: modeOf(flags), employeeStatus: flags.employeeStatus };
      await followStarted(await client().createAccountTasks(input, asked), flags, terminal);
    });
  startCommand(program, 'process-account-tasks', terminal)
    .description(say('执行一批就绪的任务，每个一次', 'run a number of ready tasks, each once'))
    .option(
      '--max-tasks <count>',
      say(
        '最多多少个，默认见设置 max_tasks_per_batch',
        'most tasks of the run; default: Setting max_tasks_per_batch',
      ),
      countOf,
    )
    .action(async (flags: StartFlags & { readonly maxTasks?: number }) => {
      const input = { mode: modeOf(flags), maxTasks: flags.maxTasks };
      await followStarted(await client().processAccountTasks(input, asked), flags, terminal);
    });
  startCommand(program, 'adopt-accounts', terminal)
    .description(
      say('首次导入：认领 HR 人员已有的账号', 'first import: accounts that people of HR have already'),
    )
    .option('--system <system...>', say('只限这些系统', 'only these systems'))
    .action(async (flags: StartFlags & { readonly system?: readonly string[] }) => {
      const systems = flags.system?.map((name) => systemOf(name, say));
      const answer = await client().adoptAccounts({ mode: modeOf(flags), systems }, asked);
      await followStarted(answer, flags, terminal);
    });
  startCommand(program, 'verify-accounts [systems...]', terminal)
    .description(say('核对账号在各系统是否还在', 'whether accounts are still there at their systems'))
    .option('--system <system...>', say('只限这些系统', 'only these systems'))
    .action(async (named: readonly string[], flags: StartFlags & { readonly system?: readonly string[] }) => {
      const wanted = [...named, ...(flags.system ?? [])];
      const systems = wanted.length === 0 ? undefined : wanted.map((name) => systemOf(name, say));
      const answer = await client().verifyAccounts({ mode: modeOf(flags), systems }, asked);
      await followStarted(answer, flags, terminal);
    });
  startCommand(program, 'disable-leavers', terminal)
    .description(say('停用已离职人员的账号', 'disable the accounts of people who left'))
    .action(async (flags: StartFlags) => {
      const input = { mode: modeOf(flags) };
      await followStarted(await client().disableLeavers(input, asked), flags, terminal);
    });
}

/** `runs`, `run`, `schedules`, `confirm`, `reject`. */
export function addRunCommands(program: Command, terminal: Terminal): void {
  const { client, print, say, time } = terminal;
  program
    .command('runs')
    .description(say('列出最近的运行', 'list the latest runs'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, RUNS_SHOWN)
    .action(async ({ first }: { readonly first: number }) => {
      const runs = await take(client().runs(), first);
      const rows = runs.map((run) => [
        run.runId,
        run.kind,
        ...(run.mode === 'DRY_RUN' ? [`${run.status} (DRY_RUN)`] : [run.status]),
        time(run.startedAt),
        run.createdBy ?? run.trigger,
        run.error ?? summaryText(run),
      ]);
      print(runs, table(rows));
    });
  program
    .command('run <run-id>')
    .description(say('查看一次运行及其记录', 'show a run and its records'))
    .option('--first <count>', say('列出多少条记录', 'how many records'), countOf, RECORDS_SHOWN)
    .action(async (runId: string, { first }: { readonly first: number }) => {
      const run = await client().run(runId);
      if (run === null) throw new UsageError(say(`没有运行 ${runId}。`, `There is no run ${runId}.`));
      await printRun(run, terminal, first);
    });
  program
    .command('schedules')
    .description(say('定时任务及下次执行时间', 'what fires by itself, and when next'))
    .action(async () => {
      const schedules = await client().schedules();
      const rows = schedules.map(({ name, enabled, intervalMinutes, lastFiredAt, nextFiringAt }) => [
        name,
        enabled ? say(`每 ${intervalMinutes} 分钟`, `every ${intervalMinutes} min`) : say('已关闭', 'off'),
        `${say('上次', 'last')} ${time(lastFiredAt)}`,
        `${say('下次', 'next')} ${time(nextFiringAt)}`,
      ]);
      print(schedules, table(rows));
    });
  program
    .command('confirm <run-id>')
    .description(say('让等待确认的运行继续', 'let a run go on that waits for a confirmation'))
    .option('--no-wait', say('不等待结束', 'do not wait for its end'))
    .action(async (runId: string, flags: StartFlags) => {
      await followStarted(await client().confirmRun({ runId }, asked), flags, terminal);
    });
  program
    .command('resume <run-id>')
    .description(
      say('让失败或被停止的运行从断点继续', 'let a run that failed or was stopped go on at its checkpoint'),
    )
    .option('--no-wait', say('不等待结束', 'do not wait for its end'))
    .action(async (runId: string, flags: StartFlags) => {
      await followStarted(await client().resumeRun({ runId }, asked), flags, terminal);
    });
  program
    .command('retry-items <run-id>')
    .description(say('重试一次运行中失败的记录', 'try the failed records of a run again'))
    .option('--no-wait', say('不等待结束', 'do not wait for its end'))
    .action(async (runId: string, flags: StartFlags) => {
      await followStarted(await client().retryFailedItems({ runId }, asked), flags, terminal);
    });
  program
    .command('reject <run-id>')
    .description(
      say('拒绝等待确认的运行：什么也不做', 'refuse a run that waits for a confirmation: it does nothing'),
    )
    .option('--reason <text>', say('原因', 'the reason, kept with the run'))
    .action(async (runId: string, { reason }: { readonly reason?: string }) => {
      const { run, userErrors, ...answer } = await client().rejectRun({ runId, reason }, asked);
      terminal.report(userErrors);
      print({ run, userErrors, ...answer }, run === null ? '' : table([[run.runId, run.kind, run.status]]));
    });
}

/** A command that starts a run and follows it. */
export function startCommand(program: Command, name: string, { say }: Terminal): Command {
  return program
    .command(name)
    .option('--dry-run', say('只显示会做什么，不写入', 'say what it would do; write nothing'))
    .option('--no-wait', say('启动后立即返回', 'return as soon as it is started'));
}

/** The mode that the flags ask for. */
export function modeOf({ dryRun }: StartFlags): 'RUN' | 'DRY_RUN' {
  return dryRun === true ? 'DRY_RUN' : 'RUN';
}

/** Shows a run that was started until it ends or waits for a person. */
export async function followStarted(
  { run, joined, userErrors }: RunPayloadFieldsFragment,
  { wait }: StartFlags,
  terminal: Terminal,
): Promise<void> {
  const { client, print, report, end, note, say } = terminal;
  report(userErrors);
  if (run === null || userErrors.length > 0) return print({ run, joined, userErrors }, '');
  if (joined) note(say(`已加入正在进行的 ${run.runId}`, `joined ${run.runId}, which is under way`));
  if (!wait) return print({ run, joined, userErrors }, table([[run.runId, run.kind, run.status]]));
  const output = terminal.progressOutput();
  const last = await watchRun({ client: client(), runId: run.runId, output, say });
  await printRun(last, terminal);
  end(runExitStatus(last.status));
}

async function printRun(run: Run, terminal: Terminal, shown = RECORDS_SHOWN): Promise<void> {
  const { client, print, say, time } = terminal;
  const records = await take(client().runItems(run.runId), shown);
  const head = [run.runId, run.kind, run.mode === 'DRY_RUN' ? `${run.status} (DRY_RUN)` : run.status];
  const rows = records.map(({ key, outcome, errorCode, message, details }) => [
    key,
    outcome,
    errorCode ?? '',
    message ?? detailsText(details),
  ]);
  const text = [
    table([[...head, time(run.startedAt)]]),
    run.error === null ? '' : table([[run.error]]),
    table([[summaryText(run)]]),
    table(rows),
    rows.length < shown
      ? ''
      : `  ${say('……更多', '… more')}: accountsync run ${run.runId} --first ${shown * 10}\n`,
    run.status === 'AWAITING_CONFIRMATION'
      ? `  ${say('等待确认', 'waits for you')}: accountsync confirm ${run.runId} | reject ${run.runId}\n`
      : '',
  ];
  print({ ...run, records }, text.join(''));
}

/** Counts of calendar runs in the order of the work; Postgres keeps them by the length of their names. */
const COUNTS = [
  ...['lessons', 'blocks', 'rejected', 'conflicts', 'calendars', 'events', 'members', 'calls'],
  ...['total', 'created', 'updated', 'deleted', 'unchanged', 'failed', 'missing'],
];

/** `fetched 12  inserted 3  tasks IDAAS 1, EMAIL 2`; zeros of groups, and what is no count, are left to `--json`. */
function summaryText({ summary }: Run): string {
  return namedCounts(summary, () => true).join('  ');
}

function namedCounts(value: unknown, isShown: (count: number) => boolean): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const ordered = Object.entries(value).toSorted(([a], [b]) => COUNTS.indexOf(a) - COUNTS.indexOf(b));
  return ordered.flatMap(([name, part]) => {
    if (typeof part === 'number') return isShown(part) ? [`${name} ${part}`] : [];
    const inner = namedCounts(part, (count) => count !== 0);
    return inner.length === 0 ? [] : [`${name} ${inner.join(', ')}`];
  });
}

/** `systems IDAAS WELINK`, for people. */
function detailsText(details: unknown): string {
  const entries = typeof details === 'object' && details !== null ? Object.entries(details) : [];
  return entries
    .map(([name, value]) => {
      const words = Array.isArray(value) ? value.map(String).join(' ') : JSON.stringify(value);
      return `${name} ${words}`;
    })
    .join('  ');
}

/** A positive whole number. */
export function countOf(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
