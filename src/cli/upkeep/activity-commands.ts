import { Argument, type Command } from 'commander';
import type { AttemptOutcome } from '../../../clients/typescript/src/accountsync-client.ts';
import { choiceOf } from '../arguments/choice.ts';
import { momentOf } from '../arguments/since.ts';
import { systemOf } from '../arguments/systems.ts';
import { take } from '../arguments/take.ts';
import { countOf } from '../commands/run-commands.ts';
import { filterPairs, savePieces } from '../files/save-pieces.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

const SHOWN = 50;
const HOURS = 24;
const lists = ['requests', 'tasks', 'people'] as const;
const outcomes: readonly AttemptOutcome[] = [
  'CREATED',
  'ADOPTED',
  'NOT_NEEDED',
  'NOT_VISIBLE_YET',
  'RETRYABLE',
  'THROTTLED',
  'CREDENTIALS',
  'UNCERTAIN',
  'REJECTED',
  'CONFLICT',
  'ERROR',
  'LOST',
];

interface AttemptFlags {
  readonly system?: readonly string[];
  readonly outcome?: readonly string[];
  readonly errorCode?: readonly string[];
  readonly employee?: string;
  readonly since?: string;
  readonly open?: boolean;
  readonly first: number;
}

/** `attempts`, `activity`, `export`. */
export function addActivityCommands(program: Command, terminal: Terminal): void {
  addAttempts(program, terminal);
  addActivity(program, terminal);
  addExport(program, terminal);
}

function addAttempts(program: Command, { client, print, say, time }: Terminal): void {
  program
    .command('attempts')
    .description(say('列出所有任务的尝试，最新的在前', 'list attempts at all tasks, newest first'))
    .option('--system <system...>', say('只限这些系统', 'only at these systems'))
    .option('--outcome <outcome...>', say('只限这些结果', 'that ended in one of these ways'))
    .option('--error-code <code...>', say('只限这些错误', 'with these errors'))
    .option('--employee <number>', say('只限此人', 'of this person'))
    .option('--since <moment>', say('此后开始的，如 24h、7d', 'that began after this, such as 24h or 7d'))
    .option('--open', say('只限进行中的', 'only those under way'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, SHOWN)
    .action(async (flags: AttemptFlags) => {
      const filter = {
        system: flags.system?.map((name) => systemOf(name, say)),
        outcome: flags.outcome?.map((name) => choiceOf(name, outcomes, say)),
        errorCode: flags.errorCode === undefined ? undefined : [...flags.errorCode],
        employeeNumber: flags.employee,
        startedAfter: flags.since === undefined ? undefined : momentOf(flags.since, Date.now(), say),
        open: flags.open === true ? true : undefined,
      };
      const found = await take(client().attempts(filter), flags.first);
      const rows = found.map((attempt) => [
        attempt.task?.taskId ?? '–',
        `#${attempt.executionAttempt}`,
        attempt.outcome ?? say('进行中', 'under way'),
        time(attempt.startedAt),
        attempt.errorCode ?? '',
        attempt.errorMessage ?? '',
      ]);
      print(found, table(rows));
    });
}

function addActivity(program: Command, { client, print, say, time }: Terminal): void {
  program
    .command('activity')
    .description(
      say(
        '每小时各系统的吞吐、错误和任务增减',
        'throughput, errors and tasks that came and ended, by hour and system',
      ),
    )
    .option('--hours <count>', say('多少小时，最多 168', 'how many hours, at most 168'), countOf, HOURS)
    .action(async (flags: { readonly hours: number }) => {
      const found = await client().activity(flags.hours);
      const rows = found.map(({ hour, system, created, ended, done, retried, failed }) => [
        time(hour),
        system,
        say(`新任务 ${created}`, `${created} new tasks`),
        say(`结束 ${ended}`, `${ended} ended`),
        say(`成功 ${done}`, `${done} done`),
        say(`将重试 ${retried}`, `${retried} to be retried`),
        say(`失败 ${failed}`, `${failed} failed`),
      ]);
      print(found, table(rows));
    });
}

function addExport(program: Command, terminal: Terminal): void {
  const { client, say } = terminal;
  program
    .command('export')
    .description(
      say(
        '以 CSV 导出全部请求、任务或人员；条件与控制台列表及 API 的 filter 同名',
        'requests, tasks or people as CSV, all of them; filters are named as those of the API',
      ),
    )
    .addArgument(new Argument('<list>', lists.join(', ')).choices([...lists]))
    .option(
      '--filter <name=value...>',
      say('列表的筛选条件，如 status=FAILED', 'filters of the list, such as status=FAILED'),
    )
    .option('--out <file>', say('写入的文件，须不存在', 'the file, which must not exist yet'))
    .action(
      async (
        list: (typeof lists)[number],
        { filter = [], out }: { readonly filter?: string[]; readonly out?: string },
      ) => savePieces(client().exportList(list, filterPairs(filter, say)), out, terminal),
    );
}
