import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type ApiClient, ApiError } from './api-client.ts';
import { table } from './columns.ts';
import { type ConnectionFlags, connect } from './connection.ts';
import {
  cancelRequest,
  createAccounts,
  retryRequest,
  showRequest,
  showStatistics,
  showTask,
} from './documents.ts';
import { AccountSystem, type CreateAccountsInput } from './generated/graphql.ts';
import { addSettingsCommands } from './settings-commands.ts';
import { UsageError } from './usage-error.ts';
import { watch } from './watch.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Flags = ConnectionFlags & { readonly json?: boolean };

/** Did as asked; asked for, but something failed; could not be asked. */
const exitStatus = { fine: 0, failed: 1, usage: 2 } as const;

const EXAMPLES = `
Examples:
  accountsync create-accounts batch.json --watch
  accountsync watch req_20261122_0123456789ab
  accountsync retry req_20261122_0123456789ab --system WELINK
  accountsync settings set account_creation_max_retries 7
  accountsync stats --json`;

/**
 * Runs one command; resolves with the exit status: 0 done, 1 something failed (the request, or a user error), 2 the
 * command could not be carried out.
 */
export async function runCli(argv: readonly string[], environment: Environment): Promise<number> {
  const outcome: { status: number } = { status: exitStatus.fine };
  const program = createProgram(environment, outcome);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof UsageError || error instanceof TypeError))
      throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    process.stderr.write(`${error.message}${cause}\n`);
    return exitStatus.usage;
  }
  return outcome.status;
}

function createProgram(environment: Environment, outcome: { status: number }): Command {
  const program = new Command('accountsync')
    .description('The operator’s command line of AccountSync; a client of its GraphQL API.')
    .option('--url <url>', 'address of the API (ACCOUNTSYNC_URL)')
    .option('--api-key <key>', 'API key (ACCOUNTSYNC_API_KEY)')
    .option('--locale <locale>', 'zh-CN or en')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', EXAMPLES);
  const flags = () => program.opts<Flags>();
  const client = () => connect(flags(), environment);
  const print = (answer: unknown, text: string) => {
    process.stdout.write(flags().json === true ? `${JSON.stringify(answer, null, 2)}\n` : text);
  };
  const fail = (failed: boolean) => {
    if (failed) outcome.status = exitStatus.failed;
  };
  const watchToEnd = async (api: ApiClient, requestId: string) => {
    // Progress is for people; with --json stdout carries the answer alone.
    const { request } = await watch(api, requestId, flags().json === true ? process.stderr : process.stdout);
    print(request, summaryOf(request));
    fail(request.status !== 'COMPLETED');
  };

  program
    .command('create-accounts <file>')
    .description('submit a batch: a JSON file with the input of createAccounts')
    .option('--watch', 'follow the request to its end')
    .action(async (file: string, options: { readonly watch?: boolean }) => {
      const api = client();
      const { createAccounts: answer } = await api.execute(createAccounts, { input: readInput(file) });
      fail(answer.userErrors.length > 0);
      for (const error of answer.userErrors) process.stderr.write(`${error.code}  ${error.message}\n`);
      if (answer.request === null) return print(answer, '');
      if (options.watch === true) return watchToEnd(api, answer.request.requestId);
      const { requestId, statusDisplay, totalUsers } = answer.request;
      print(
        answer,
        table([[requestId, statusDisplay, `${totalUsers} 人`, answer.replayed ? '重复提交 replayed' : '']]),
      );
    });
  program
    .command('watch <request-id>')
    .description('follow a request to its end')
    .action((requestId: string) => watchToEnd(client(), requestId));
  program
    .command('request <request-id>')
    .description('show a request and what failed in it')
    .action(async (requestId: string) => {
      const { request } = await client().execute(showRequest, { requestId });
      if (request === null) throw new UsageError(`There is no request ${requestId}.`);
      print(request, summaryOf(request));
    });
  program
    .command('task <task-id>')
    .description('show a task and its attempts')
    .action(async (taskId: string) => {
      const { task } = await client().execute(showTask, { taskId });
      if (task === null) throw new UsageError(`There is no task ${taskId}.`);
      const attempts = task.attempts.map((attempt) => [
        `#${attempt.executionAttempt}`,
        attempt.outcome ?? '…',
        attempt.startedAt,
        attempt.errorMessage ?? '',
      ]);
      const who = `${task.person?.employeeNumber ?? '–'} ${task.person?.fullName ?? ''}`;
      print(
        task,
        table([[task.taskId, task.system, task.statusDisplay, who, task.explanation ?? ''], ...attempts]),
      );
    });
  program
    .command('retry <request-id>')
    .description('try again what failed in a request')
    .option('--system <system...>', 'only these systems')
    .action(async (requestId: string, options: { readonly system?: readonly string[] }) => {
      const systems = options.system?.map(systemOf) ?? null;
      const { retryRequest: answer } = await client().execute(retryRequest, { requestId, systems });
      report(answer.userErrors);
      print(
        answer,
        table([
          [
            answer.request?.requestId ?? '–',
            answer.request?.statusDisplay ?? '',
            `${answer.requeuedTasks} 个任务重新排队 requeued`,
          ],
        ]),
      );
    });
  program
    .command('cancel <request-id>')
    .description('stop what a request still wants')
    .action(async (requestId: string) => {
      const { cancelRequest: answer } = await client().execute(cancelRequest, { requestId });
      report(answer.userErrors);
      print(answer, table([[answer.request?.requestId ?? '–', answer.request?.statusDisplay ?? '']]));
    });
  program
    .command('stats')
    .description('tasks by system and state')
    .action(async () => {
      const answer = await client().execute(showStatistics, {});
      const rows = answer.taskStats.map(({ system, total, counts }) => [
        system,
        String(total),
        counts.map(({ status, count }) => `${status} ${count}`).join('  '),
      ]);
      print(answer, table(rows));
    });
  addSettingsCommands(program, { client, print, report });
  return program;

  function report(errors: readonly { readonly code: string; readonly message: string }[]): void {
    fail(errors.length > 0);
    for (const error of errors) process.stderr.write(`${error.code}  ${error.message}\n`);
  }
}

interface Summarised {
  readonly requestId: string;
  readonly status: string;
  readonly statusDisplay: string;
  readonly explanation: string | null;
  readonly totalUsers: number;
  readonly completedUsers: number;
  readonly failedUsers: number;
  readonly errorSummary: readonly {
    readonly system: string | null;
    readonly code: string;
    readonly count: number;
    readonly message: string;
  }[];
}

function summaryOf(request: Summarised): string {
  const head = table([
    [
      request.requestId,
      request.statusDisplay,
      `完成 ${request.completedUsers} / ${request.totalUsers}`,
      `失败 ${request.failedUsers}`,
    ],
  ]);
  const failures = table(
    request.errorSummary.map(({ system, code, count, message }) => [
      system ?? '–',
      `${code} × ${count}`,
      message,
    ]),
  );
  return `${head}${failures}`;
}

function systemOf(name: string): AccountSystem {
  const known = Object.values(AccountSystem);
  const system = known.find((candidate) => candidate === name.toUpperCase());
  if (system === undefined)
    throw new UsageError(`There is no system ${name}; known are ${known.join(', ')}.`);
  return system;
}

/** The server checks what is in it; here it only has to be JSON. */
function readInput(file: string): CreateAccountsInput {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as JSON.`, { cause });
  }
}
