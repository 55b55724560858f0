import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type ConnectionFlags, connect } from './arguments/connection.ts';
import { addExamples } from './arguments/examples.ts';
import { type CliLocale, localeOf, type Say, sayIn } from './arguments/locale.ts';
import { addCalendarCommands } from './calendar/calendar-commands.ts';
import { addSandboxCommands } from './calendar/sandbox-commands.ts';
import { addAuditCommands } from './commands/audit-commands.ts';
import { addCorrectionCommands } from './commands/correction-commands.ts';
import { addDatabaseCommands } from './commands/databases/database-commands.ts';
import { addEraseCommand } from './commands/erase-command.ts';
import { addExportCommand } from './commands/export-command.ts';
import { addFileCommands } from './commands/file-commands.ts';
import { addFirstSystemCommand } from './commands/first-system-command.ts';
import type { OpenFirstSystem } from './commands/first-system-reader.ts';
import { addFormerNames } from './commands/former-names.ts';
import { addPeopleCommands } from './commands/people-commands.ts';
import { addRequestCommands } from './commands/request-commands.ts';
import { addResolveCommand } from './commands/resolve-command.ts';
import { addRetryCommand } from './commands/retry-command.ts';
import { addRunCommands, addStartCommands } from './commands/run-commands.ts';
import { addSettingsCommands } from './commands/settings-commands.ts';
import { addShowCommands } from './commands/show-commands.ts';
import { addStatusCommand } from './commands/status-command.ts';
import { addSystemCommands } from './commands/system-commands.ts';
import { addTaskCommands } from './commands/task-commands.ts';
import { exitStatus } from './terminal/exit-status.ts';
import { explainError } from './terminal/explain-error.ts';
import { Outcome, type Terminal, timesIn } from './terminal/terminal.ts';
import { addActivityCommands } from './upkeep/activity-commands.ts';
import { addKeyCommands } from './upkeep/key-commands.ts';
import { addPoisonCommands } from './upkeep/poison-commands.ts';
import { addSecretCommands } from './upkeep/secret-commands.ts';
import { addUpkeepCommands } from './upkeep/upkeep-commands.ts';
import { addWebhookCommands } from './upkeep/webhook-commands.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Flags = ConnectionFlags & { readonly json?: boolean };

/** What commands use besides the API, handed in by the program. */
export interface Outside {
  readonly openFirstSystem: OpenFirstSystem;
}

function nothingOutside(): Promise<never> {
  return Promise.reject(new Error('This program reads no database.'));
}

const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

/** Runs one command; resolves with the exit status (`exit-status.ts`). */
export async function runCli(
  argv: readonly string[],
  environment: Environment,
  outside: Outside = { openFirstSystem: nothingOutside },
): Promise<number> {
  const locale = localeOf(argv, environment);
  const say = sayIn(locale);
  const outcome = new Outcome();
  try {
    await createProgram({ environment, locale, say, outcome, outside }).parseAsync(argv, { from: 'user' });
    return outcome.status;
  } catch (error) {
    // Asking for help is no mistake.
    if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.fine;
    const text = explainError(error, say);
    if (text === null) throw error;
    if (text !== '') process.stderr.write(`${text}\n`);
    return exitStatus.broken;
  }
}

function createProgram(options: {
  readonly environment: Environment;
  readonly locale: CliLocale;
  readonly say: Say;
  readonly outcome: Outcome;
  readonly outside: Outside;
}): Command {
  const { environment, locale, say, outcome, outside } = options;
  const program = new Command('accountsync')
    .description(
      say(
        'AccountSync 的命令行；GraphQL API 的客户端。',
        'The command line of AccountSync; a client of its GraphQL API.',
      ),
    )
    .version(versionOf(), '-V, --version', say('显示版本', 'show the version'))
    .option('--url <url>', say('API 地址（ACCOUNTSYNC_URL）', 'address of the API (ACCOUNTSYNC_URL)'))
    .option('--api-key <key>', say('API 密钥（ACCOUNTSYNC_API_KEY）', 'API key (ACCOUNTSYNC_API_KEY)'))
    .option('--locale <locale>', say('语言：zh-CN 或 en', 'language: zh-CN or en'))
    .option('--json', say('以 JSON 输出', 'print the answer as JSON'))
    .exitOverride()
    .configureHelp({ styleTitle: (title) => titleIn(locale, title) })
    .helpOption('-h, --help', say('显示帮助', 'show help'))
    .helpCommand('help [command]', say('显示某个命令的帮助', 'show the help of a command'))
    .showHelpAfterError(say('（--help 显示用法）', '(--help shows how to use it)'))
    .addHelpText('after', statusesText(say));
  const flags = () => program.opts<Flags>();
  const isJson = () => flags().json === true;
  const terminal: Terminal = {
    client: () => connect({ flags: flags(), environment, locale, say }),
    say,
    print: (answer, text) => {
      process.stdout.write(isJson() ? `${JSON.stringify(answer, null, 2)}\n` : text);
    },
    note: (line) => {
      process.stderr.write(`${line}\n`);
    },
    report: (errors) => {
      for (const { code, message } of errors) terminal.note(`${code}  ${message}`);
      if (errors.length > 0) outcome.end(exitStatus.failed);
    },
    end: (status) => outcome.end(status),
    progressOutput: () => (isJson() ? process.stderr : process.stdout),
    time: timesIn(environment['DISPLAY_TIME_ZONE'] || DEFAULT_TIME_ZONE),
  };
  // In the order of the help: status, input, corrections, scheduled work, and the rest.
  addStatusCommand(program, terminal);
  addFileCommands(program, terminal);
  addRequestCommands(program, terminal);
  addTaskCommands(program, terminal);
  addActivityCommands(program, terminal);
  addRetryCommand(program, terminal);
  addResolveCommand(program, terminal);
  addPeopleCommands(program, terminal);
  addCorrectionCommands(program, terminal);
  addShowCommands(program, terminal);
  addStartCommands(program, terminal);
  addRunCommands(program, terminal);
  addCalendarCommands(program, terminal);
  addSandboxCommands(program, terminal, environment);
  addSystemCommands(program, terminal);
  addDatabaseCommands(program, terminal, environment);
  addWebhookCommands(program, terminal);
  addPoisonCommands(program, terminal);
  addUpkeepCommands(program, terminal);
  addSettingsCommands(program, terminal);
  addKeyCommands(program, terminal);
  addSecretCommands(program, terminal);
  addAuditCommands(program, terminal);
  addEraseCommand(program, terminal);
  addExportCommand(program, terminal);
  addFirstSystemCommand(program, terminal, outside.openFirstSystem);
  addFormerNames(program, terminal);
  addExamples(program, say);
  return program;
}

/** Of the product, as its package says. */
function versionOf(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version;
}

function statusesText(say: Say): string {
  return say(
    `
退出状态：0 完成（status：一切正常）；1 被拒绝、失败或只完成一部分（status：需要注意）；
2 无法执行：用法错误、连接不上、没有权限（status：故障）。`,
    `
Exit status: 0 done (status: all is well); 1 refused, failed, or done in part (status: something wants attention);
2 could not be carried out: wrong usage, no connection, no right (status: broken).`,
  );
}

const CHINESE_TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
};

function titleIn(locale: CliLocale, title: string): string {
  return locale === 'en' ? title : (CHINESE_TITLES[title] ?? title);
}
