import type { Command } from 'commander';
import type { ImportFirstSystemInput, Run } from '../../../clients/typescript/src/accountsync-client.ts';
import { momentOf } from '../arguments/since.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { csvLine, UTF8_MARK } from '../files/csv-line.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchRun } from '../terminal/watch-run.ts';
import type { FirstSystemReader, OpenFirstSystem } from './first-system-reader.ts';
import { fieldOf, reportImport } from './first-system-report.ts';

interface Flags {
  readonly from?: string;
  readonly dryRun?: boolean;
  readonly report?: string;
  readonly compare?: boolean;
  readonly resubmitOpen?: boolean;
  readonly exportSince?: string;
  /** commander's form of `--no-wait`. */
  readonly wait: boolean;
}

/** Rows of one call. */
const ROWS = 1_000;
/** User errors are printed here, not thrown. */
const asked = { throwOnUserErrors: false };

/** `import-first-system`: reads the first system's database and hands it over, batch by batch. */
export function addFirstSystemCommand(program: Command, terminal: Terminal, open: OpenFirstSystem): void {
  const { say, end } = terminal;
  program
    .command('import-first-system')
    .description(
      say(
        '从第一代系统的数据库导入（只读，可重复，可续传）',
        'take over the data of the first system: reads only, can be repeated, goes on where it stopped',
      ),
    )
    .option('--from <address>', say('sqlite:路径 或 postgres://…', 'sqlite:PATH or postgres://…'))
    .option('--dry-run', say('只报告，不写入', 'report only, write nothing'))
    .option('--report <file>', say('把差异写入 CSV 文件', 'write what differs to a CSV file'))
    .option(
      '--compare',
      say('并列比较：第一代系统做了什么，这里会怎样做', 'beside what it did, what would be done here'),
    )
    .option(
      '--resubmit-open',
      say('重新提交切换时未结束或失败的任务', 'request anew what was open or failed at the cut-over'),
    )
    .option(
      '--export-since <time>',
      say('回退用：列出此时刻以来在这里创建的账号', 'for the way back: list accounts made here since then'),
    )
    .option('--no-wait', say('不等待核实', 'do not wait for the look-ups'))
    .action(async (flags: Flags) => {
      if (flags.exportSince !== undefined) return await exportSince(flags.exportSince, terminal);
      if (flags.resubmitOpen === true && flags.from === undefined) return await resubmitOpen(flags, terminal);
      const run = await importFrom(flags, { terminal, open });
      if (run === null) return end(exitStatus.broken);
      await reportImport(run, {
        file: flags.report ?? null,
        open: () => opened(flags.from, { terminal, open }),
        terminal,
      });
      if (flags.resubmitOpen === true) await resubmitOpen(flags, terminal);
    });
}

interface Tools {
  readonly terminal: Terminal;
  readonly open: OpenFirstSystem;
}

/** The run as far as it goes by itself; null: it was refused, and why is printed. */
async function importFrom(flags: Flags, { terminal, open }: Tools): Promise<Run | null> {
  const { client, say, progressOutput } = terminal;
  const source = await opened(flags.from, { terminal, open });
  try {
    const mode = flags.dryRun === true ? 'DRY_RUN' : 'RUN';
    const { name, unknownColumns } = source;
    const begun = await ask({ mode, source: name, unknownColumns, finish: false }, terminal);
    if (begun === null) return null;
    const compare = flags.compare === true;
    for (const table of source.tables) {
      const send: Send = (more) =>
        ask({ mode, runId: begun.runId, compare, finish: false, ...more }, terminal);
      if (!(await sendTable(table, { source, send, after: placeIn(begun, table), terminal }))) return null;
    }
    const ended = await ask({ mode, runId: begun.runId, finish: true }, terminal);
    if (ended === null || flags.dryRun === true || !flags.wait) return ended;
    return await watchRun({ client: client(), runId: ended.runId, output: progressOutput(), say });
  } finally {
    await source.close();
  }
}

async function opened(from: string | undefined, { terminal, open }: Tools): Promise<FirstSystemReader> {
  const { say } = terminal;
  if (from === undefined)
    throw new UsageError(
      say('缺少 --from：sqlite:路径 或 postgres://…', '--from is missing: sqlite:PATH or postgres://…'),
    );
  try {
    return await open(from);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      say(`无法读取第一代系统的数据库：${reason}`, `The first system's database cannot be read: ${reason}`),
    );
  }
}

type Send = (more: Partial<ImportFirstSystemInput>) => Promise<Run | null>;

/** False: a batch was refused. */
async function sendTable(
  table: string,
  work: {
    readonly source: FirstSystemReader;
    readonly send: Send;
    readonly after: string | null;
    readonly terminal: Terminal;
  },
): Promise<boolean> {
  const { source, send, terminal } = work;
  let { after } = work;
  let read = 0;
  for (;;) {
    const rows = await source.page(table, { after, limit: ROWS });
    if (rows.length === 0) break;
    const run = await send({ table, rows, after });
    if (run === null) return false;
    const place = placeIn(run, table);
    if (place === after) return false;
    after = place;
    read += rows.length;
  }
  terminal.note(`${table}  ${read}`);
  return true;
}

async function ask(input: ImportFirstSystemInput, terminal: Terminal): Promise<Run | null> {
  const { run, userErrors } = await terminal.client().importFirstSystem(input, asked);
  terminal.report(userErrors);
  return userErrors.length > 0 ? null : (run ?? null);
}

/** The key of the last row of a table that the run has. */
function placeIn({ summary }: Run, table: string): string | null {
  const places = fieldOf(summary, 'places');
  const place = fieldOf(places, table);
  return typeof place === 'string' ? place : null;
}

/** Requests open and failed tasks of the first system anew, in a run of its own. */
async function resubmitOpen(flags: Flags, terminal: Terminal): Promise<void> {
  const { client, print, say, end, progressOutput } = terminal;
  const mode = flags.dryRun === true ? 'DRY_RUN' : 'RUN';
  const begun = await ask({ mode, resubmitOpen: true }, terminal);
  if (begun === null) return;
  const { runId } = begun;
  const run =
    mode === 'DRY_RUN' || !flags.wait
      ? begun
      : await watchRun({ client: client(), runId, output: progressOutput(), say });
  const count = (name: string) => fieldOf(run.summary, name) ?? 0;
  const found = `${say('未结束的请求', 'open requests')} ${count('openRequests')}  ${say('未结束或失败的任务', 'tasks, open or failed')} ${count('openTasks')}`;
  const done = `${say('重新提交', 'requested anew')} ${count('requestedRequests')} + ${count('requestedTasks')}`;
  print(run, `  ${runId}  ${run.status}  ${found}  ${done}\n`);
  if (run.status === 'FAILED' || run.status === 'CANCELLED') end(exitStatus.broken);
}

/** Accounts that came into being here since a time, as CSV. */
async function exportSince(time: string, terminal: Terminal): Promise<void> {
  const { client, print } = terminal;
  const updatedAfter = momentOf(time, Date.now(), terminal.say);
  const rows: string[][] = [['employee_number', 'system', 'identifier', 'completed_at']];
  for await (const task of client().tasks({ status: ['COMPLETED'], updatedAfter }))
    rows.push([
      task.person?.employeeNumber ?? '',
      task.system,
      task.accountIdentifier ?? '',
      task.completedAt ?? '',
    ]);
  print(rows, `${UTF8_MARK}${rows.map(csvLine).join('')}`);
}
