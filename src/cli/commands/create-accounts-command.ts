import type { Command } from 'commander';
import { accountColumns } from '../../../clients/files/src/people-columns.ts';
import type {
  AccountSyncClient,
  CreateAccountsInput,
} from '../../../clients/typescript/src/accountsync-client.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { type AccountFlags, accountsInputOf } from '../files/account-rows.ts';
import { type FileFlags, isTable, readInputFile, readRowsFile } from '../files/read-input-file.ts';
import { type Batch, splitBatch } from '../files/split-batch.ts';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { goodRows, noteRefusals, placed } from './file-refusals.ts';
import { followRequest } from './request-commands.ts';

interface CreateFlags extends AccountFlags, FileFlags {
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly skipBad?: boolean;
}

type Preview = Awaited<ReturnType<AccountSyncClient['previewAccounts']>>;

/** `create-accounts`. */
export function addCreateAccountsCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const command = program
    .command('create-accounts <file>')
    .description(
      say(
        '提交一批账号申请：JSON（createAccounts 的输入），或 CSV、.xlsx（每行一人）；超过一万人分成几个申请',
        'ask for accounts: a JSON file (the input of createAccounts), CSV or .xlsx (a person a line); more than ten thousand people become several requests',
      ),
    )
    .option('--dry-run', say('只检查并预览，不提交', 'check and preview; store nothing'))
    .option('--watch', say('跟踪直到结束', 'follow the request to its end'))
    .option('--skip-bad', say('跳过有错误的行，提交其余的', 'leave bad lines out and submit the others'))
    .option(
      '--origin-system <name>',
      say('表格：来源系统，默认 CLI', 'table: the portal that asks; default CLI'),
    )
    .option(
      '--business-key <key>',
      say('表格：业务键，默认文件名', 'table: key of the matter; default: name of the file'),
    )
    .option('--account-type <type>', say('表格：账号类型，如 供应商', 'table: person type, such as 供应商'))
    .option('--employee-type <type>', say('表格：员工类型，默认 1', 'table: employment status; default 1'))
    .option('--system <system...>', say('表格：系统，默认全部', 'table: systems; default all'));
  addFileOptions(command, say).action((file: string, flags: CreateFlags) =>
    createAccounts(file, flags, terminal),
  );
}

/** How a file is to be read, where it does not say so itself. */
export function addFileOptions(command: Command, say: Terminal['say']): Command {
  return command
    .option(
      '--encoding <name>',
      say(
        '编码：gb18030、big5、windows-1252…，默认自动判断',
        'encoding: gb18030, big5, windows-1252 …; default: judged',
      ),
    )
    .option(
      '--delimiter <character>',
      say('CSV：分隔符，默认自动判断；tab 为制表符', 'CSV: delimiter, tab for a tab; default: judged'),
    )
    .option(
      '--sheet <name>',
      say('.xlsx：工作表，默认第一个有表头的', '.xlsx: sheet; default: the first with a head'),
    )
    .option(
      '--column <field=head...>',
      say('列：字段=列名，如 phoneNumber=手机号', 'column: FIELD=HEAD, such as phoneNumber=手机号'),
    );
}

async function createAccounts(file: string, flags: CreateFlags, terminal: Terminal): Promise<void> {
  const { say, note, print } = terminal;
  const batch = await readBatch(file, flags, terminal);
  if (batch === null) return;
  const parts = splitBatch(batch);
  if (parts.length > 1)
    note(
      say(
        `共 ${batch.input.userList.length} 人，分成 ${parts.length} 个申请：${parts.map(({ input }) => input.businessKey).join('、')}`,
        `${batch.input.userList.length} people in ${parts.length} requests: ${parts.map(({ input }) => input.businessKey).join(', ')}`,
      ),
    );
  const told = [];
  for (const part of parts) {
    told.push(
      flags.dryRun === true ? await previewPart(part, terminal) : await submitPart(part, flags, terminal),
    );
  }
  const shown = told.filter((one) => one !== null);
  const [only] = shown;
  if (only === undefined) return;
  print(
    shown.length === 1 ? only.answer : shown.map(({ answer }) => answer),
    shown.map(({ text }) => text).join(''),
  );
}

/** Submits one part. Null when the request was followed and shown already. */
async function submitPart(
  { input, lines }: Batch,
  flags: CreateFlags,
  terminal: Terminal,
): Promise<{ readonly answer: unknown; readonly text: string } | null> {
  const { client, end, say, note } = terminal;
  // The idempotency key comes from the file's business key or name: a changed file with the same one is refused with
  // a message.
  const call = { ...input, idempotencyKey: input.idempotencyKey ?? null };
  const answer = await client().createAccounts(call, { throwOnUserErrors: false });
  noteRefusals(answer.userErrors, { lines, field: 'userList' }, terminal);
  const { request, userErrorCount, replayed } = answer;
  if (userErrorCount > answer.userErrors.length)
    note(say(`共 ${userErrorCount} 个错误`, `${userErrorCount} errors in all`));
  if (request === null) {
    if (answer.userErrors.some(({ code }) => code === 'IDEMPOTENCY_KEY_REUSED')) note(anotherKey(input, say));
    return { answer, text: '' };
  }
  if (flags.watch === true) {
    await followRequest(request.requestId, terminal);
    return null;
  }
  if (userErrorCount > 0) end(exitStatus.failed);
  const people = say(`${request.totalUsers} 人`, `people: ${request.totalUsers}`);
  const again = replayed ? say('已提交过，未重复创建', 'sent before, found again') : '';
  const follow = `  ${say('跟踪', 'follow it')}: accountsync watch ${request.requestId}\n`;
  return { answer, text: table([[request.requestId, request.statusDisplay, people, again]]) + follow };
}

function anotherKey({ businessKey }: CreateAccountsInput, say: Terminal['say']): string {
  return say(
    `业务键 ${businessKey} 已用于内容不同的一批；若确是新的一批，请用 --business-key 另给一个。`,
    `The business key ${businessKey} stands for a batch of other content; if this is a new one, give another with --business-key.`,
  );
}

/** Shows what the call would do, line by line, with names as they were read; stores nothing. */
async function previewPart({ input, lines }: Batch, terminal: Terminal) {
  const { client, note, say } = terminal;
  const call = { ...input, idempotencyKey: input.idempotencyKey ?? null };
  const answer = await client().previewAccounts(call, { throwOnUserErrors: false });
  const file = { lines, field: 'userList' };
  noteRefusals(answer.userErrors, file, terminal);
  for (const warning of answer.warnings) note(placed(warning, file, say));
  if (answer.replayed) {
    const id = answer.existingRequestId;
    note(say(`这批申请已提交过：${id}`, `This was sent before: ${id}`));
  }
  const rows = answer.preview.map((row) => previewRow(row, input, say));
  return {
    answer,
    text: `${table(rows)}  ${say('预览：没有保存任何内容', 'a preview: nothing was stored')}\n`,
  };
}

function previewRow(
  row: Preview['preview'][number],
  input: CreateAccountsInput,
  say: Terminal['say'],
): string[] {
  return [
    // As it was read: a name that was read wrong shows here before anything is stored.
    input.userList[row.position]?.employeeName ?? '–',
    row.employeeNumber,
    row.username ?? '–',
    row.emailAddress ?? '–',
    row.missingSystems.join(' ') || say('账号已齐全', 'has every account'),
    row.knownPerson === null
      ? say('新人员', 'new person')
      : `${say('已知', 'known')}: ${row.knownPerson.fullName} (${row.knownPerson.source})`,
  ];
}

/** Null when bad lines stop it; they have been told. */
async function readBatch(file: string, flags: CreateFlags, terminal: Terminal): Promise<Batch | null> {
  const { say } = terminal;
  const onInvalid = flags.skipBad === true ? ({ onInvalid: 'ACCEPT_VALID' } as const) : {};
  if (!isTable(file, say)) {
    const text = readInputFile(file, terminal, flags);
    return { input: { ...parseInput(text, file, say), ...onInvalid }, lines: null };
  }
  const read = await readRowsFile(file, accountColumns, terminal, flags);
  const rows = goodRows(read, { skipBad: flags.skipBad === true }, terminal);
  if (rows === null) return null;
  const input = accountsInputOf({ rows, file, flags, say });
  return { input: { ...input, ...onInvalid }, lines: rows.map(({ line }) => line) };
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
