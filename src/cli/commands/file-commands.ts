import type { Command } from 'commander';
import type {
  CreateAccountsInput,
  UserErrorFieldsFragment,
} from '../../../clients/typescript/src/accountsync-client.ts';
import { table } from '../columns.ts';
import { exitStatus } from '../exit-status.ts';
import { type AccountFlags, accountColumns, accountsInputOf } from '../files/account-rows.ts';
import { departmentColumns, departmentMappingOf } from '../files/department-columns.ts';
import { isCsv, lineText, noteProblems, readInputFile } from '../files/read-input-file.ts';
import { readRows } from '../files/read-rows.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { followRequest } from './request-commands.ts';

interface CreateFlags extends AccountFlags {
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly skipBad?: boolean;
}

/** A call, and the line of the file behind each person; null for a file without lines. */
interface Batch {
  readonly input: CreateAccountsInput;
  readonly lines: readonly number[] | null;
}

/** `create-accounts` and `load-department-mappings`. */
export function addFileCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('create-accounts <file>')
    .description(
      say(
        '提交一批账号申请：JSON（createAccounts 的输入）或 CSV（每行一人）',
        'ask for accounts: a JSON file (the input of createAccounts) or CSV (a person a line)',
      ),
    )
    .option('--dry-run', say('只检查并预览，不提交', 'check and preview; store nothing'))
    .option('--watch', say('跟踪直到结束', 'follow the request to its end'))
    .option('--skip-bad', say('跳过有错误的行，提交其余的', 'leave bad lines out and submit the others'))
    .option(
      '--origin-system <name>',
      say('CSV：来源系统，默认 CLI', 'CSV: the portal that asks; default CLI'),
    )
    .option(
      '--business-key <key>',
      say('CSV：业务键，默认文件名', 'CSV: key of the matter; default: name of the file'),
    )
    .option('--account-type <type>', say('CSV：账号类型，如 供应商', 'CSV: person type, such as 供应商'))
    .option('--employee-type <type>', say('CSV：员工类型，默认 1', 'CSV: employment status; default 1'))
    .option('--system <system...>', say('CSV：系统，默认全部', 'CSV: systems; default all'))
    .action((file: string, flags: CreateFlags) => createAccounts(file, flags, terminal));
  program
    .command('load-department-mappings <file>')
    .description(
      say(
        '导入部门映射（CSV：idataDepartmentCode,idaasDepartmentCode,ou）',
        'load department mappings (CSV: idataDepartmentCode,idaasDepartmentCode,ou)',
      ),
    )
    .option('--skip-bad', say('跳过有错误的行，导入其余的', 'leave bad lines out and load the others'))
    .action((file: string, flags: { readonly skipBad?: boolean }) => loadMappings(file, flags, terminal));
}

async function createAccounts(file: string, flags: CreateFlags, terminal: Terminal): Promise<void> {
  const { client, print, end, say, note } = terminal;
  const batch = readBatch(file, flags, terminal);
  if (batch === null) return;
  const { input, lines } = batch;
  // The business key of the file or its name is the key: a changed file under the same one is told so.
  const call = { ...input, idempotencyKey: input.idempotencyKey ?? null };
  if (flags.dryRun === true) return previewAccounts(call, lines, terminal);
  const answer = await client().createAccounts(call, { throwOnUserErrors: false });
  noteRefusals(answer.userErrors, { lines, field: 'userList' }, terminal);
  const { request, userErrorCount, replayed } = answer;
  if (userErrorCount > answer.userErrors.length)
    note(say(`共 ${userErrorCount} 个错误`, `${userErrorCount} errors in all`));
  if (request === null) return print(answer, '');
  if (flags.watch === true) return followRequest(request.requestId, terminal);
  if (userErrorCount > 0) end(exitStatus.failed);
  const people = say(`${request.totalUsers} 人`, `people: ${request.totalUsers}`);
  const again = replayed ? say('已提交过，未重复创建', 'sent before, found again') : '';
  const follow = `  ${say('跟踪', 'follow it')}: accountsync watch ${request.requestId}\n`;
  print(answer, table([[request.requestId, request.statusDisplay, people, again]]) + follow);
}

/** What the call would do, line by line; nothing is stored. */
async function previewAccounts(
  input: CreateAccountsInput,
  lines: readonly number[] | null,
  terminal: Terminal,
): Promise<void> {
  const { client, print, note, say } = terminal;
  const answer = await client().previewAccounts(input, { throwOnUserErrors: false });
  const file = { lines, field: 'userList' };
  noteRefusals(answer.userErrors, file, terminal);
  for (const warning of answer.warnings) note(placed(warning, file, say));
  if (answer.replayed) {
    const id = answer.existingRequestId;
    note(say(`这批申请已提交过：${id}`, `This was sent before: ${id}`));
  }
  const rows = answer.preview.map((row) => [
    row.employeeNumber,
    row.username ?? '–',
    row.emailAddress ?? '–',
    row.missingSystems.join(' ') || say('账号已齐全', 'has every account'),
    row.knownPerson === null
      ? say('新人员', 'new person')
      : `${say('已知', 'known')}: ${row.knownPerson.fullName} (${row.knownPerson.source})`,
  ]);
  print(answer, `${table(rows)}  ${say('预览：没有保存任何内容', 'a preview: nothing was stored')}\n`);
}

/** Null when bad lines stop it; they have been told. */
function readBatch(file: string, flags: CreateFlags, terminal: Terminal): Batch | null {
  const { say } = terminal;
  const csv = isCsv(file, say);
  const text = readInputFile(file, terminal);
  const onInvalid = flags.skipBad === true ? ({ onInvalid: 'ACCEPT_VALID' } as const) : {};
  if (!csv) return { input: { ...parseInput(text, file, say), ...onInvalid }, lines: null };
  const rows = readGoodRows(text, { columns: accountColumns, skipBad: flags.skipBad === true }, terminal);
  if (rows === null) return null;
  const input = accountsInputOf({ rows, file, flags, say });
  return { input: { ...input, ...onInvalid }, lines: rows.map(({ line }) => line) };
}

async function loadMappings(
  file: string,
  flags: { readonly skipBad?: boolean },
  terminal: Terminal,
): Promise<void> {
  const { client, print, say } = terminal;
  const skipBad = flags.skipBad === true;
  const text = readInputFile(file, terminal);
  const rows = readGoodRows(text, { columns: departmentColumns, skipBad }, terminal);
  if (rows === null) return;
  const answer = await client().upsertDepartmentMappings(
    { mappings: rows.map(departmentMappingOf), skipBad },
    { throwOnUserErrors: false },
  );
  const lines = rows.map(({ line }) => line);
  noteRefusals(answer.userErrors, { lines, field: 'mappings' }, terminal);
  const { created, updated, unchanged, releasedTasks } = answer;
  print(
    answer,
    table([
      [
        say(`新增 ${created}`, `${created} new`),
        say(`更新 ${updated}`, `${updated} changed`),
        say(`未变 ${unchanged}`, `${unchanged} unchanged`),
        say(`重新排队的任务 ${releasedTasks}`, `${releasedTasks} tasks queued again`),
      ],
    ]),
  );
}

/** Null when bad lines stop it. */
function readGoodRows(
  text: string,
  options: { readonly columns: typeof accountColumns; readonly skipBad: boolean },
  terminal: Terminal,
) {
  const { say, note, end } = terminal;
  const { rows, problems, ignored } = readRows(text, options.columns, say);
  noteProblems({ problems, ignored }, terminal);
  if (problems.length > 0) end(exitStatus.failed);
  const usable = problems.length === 0 || options.skipBad;
  if (usable && rows.length > 0) return rows;
  note(
    usable
      ? say('没有可以提交的行。', 'There is no line to send.')
      : say(
          `${problems.length} 行有错误，没有提交任何内容。改正后重试，或用 --skip-bad 跳过它们。`,
          `${problems.length} bad lines; nothing was sent. Correct them, or leave them out with --skip-bad.`,
        ),
  );
  end(exitStatus.failed);
  return null;
}

interface SentFile {
  /** Line of the file behind each position. */
  readonly lines: readonly number[] | null;
  /** The list that the lines became. */
  readonly field: string;
}

/** What the service refused, each with its line in the file. */
function noteRefusals(
  errors: readonly UserErrorFieldsFragment[],
  file: SentFile,
  { note, end, say }: Terminal,
): void {
  for (const error of errors) note(placed(error, file, say));
  if (errors.length > 0) end(exitStatus.failed);
}

/** With the line it is about, where it is about one. */
function placed(
  error: { readonly code: string; readonly message: string; readonly path: readonly string[] | null },
  file: SentFile,
  say: Terminal['say'],
): string {
  const [field, position] = error.path ?? [];
  const line = field === file.field && position !== undefined ? file.lines?.[Number(position)] : undefined;
  const text = `${error.code}  ${error.message}`;
  return line === undefined ? text : lineText({ line, message: text }, say);
}

/** The service checks what is in it; here it only has to be JSON. Systems may be written as the first system did. */
function parseInput(text: string, file: string, say: Terminal['say']): CreateAccountsInput {
  try {
    const input = JSON.parse(text.replace(/^\uFEFF/, ''));
    const { systemList } = input;
    if (!Array.isArray(systemList)) return input;
    return { ...input, systemList: systemList.map((system) => String(system).toUpperCase()) };
  } catch (cause) {
    throw new UsageError(say(`${file} 不是有效的 JSON。`, `${file} is no JSON.`), { cause });
  }
}
