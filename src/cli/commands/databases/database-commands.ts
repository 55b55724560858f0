import { type Command, Option } from 'commander';
import type { DatabaseEngine, TlsMode } from '../../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../../arguments/take.ts';
import { table } from '../../terminal/columns.ts';
import { exitStatus } from '../../terminal/exit-status.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { followStarted, modeOf, startCommand } from '../run-commands.ts';
import { addQuestions } from './database-questions.ts';
import { addExport } from './export-databases.ts';
import { type GrantedEngine, grantedEngines, grantScripts } from './grant-scripts.ts';

/** User errors are printed here, not thrown. */
const asked = { throwOnUserErrors: false };
const SHOWN = 100;
const tlsModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_FULL'] as const;

/** `databases …`: who exists in which database, what each may do, and what changed. */
export function addDatabaseCommands(
  program: Command,
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { say } = terminal;
  const databases = program
    .command('databases')
    .description(say('远程数据库的账号与权限', 'accounts and permissions of remote databases'));
  addRegister(databases, terminal, environment['DATABASE_PASSWORD'] || null);
  addRegistry(databases, terminal);
  addRuns(databases, terminal);
  addQuestions(databases, terminal);
  addExport(databases, terminal);
}

function addRegister(
  databases: Command,
  { client, say, print, report, note, end }: Terminal,
  password: string | null,
): void {
  databases
    .command('register <name>')
    .description(
      say(
        '登记实例；密码从 DATABASE_PASSWORD 读取',
        'register an instance; its password is read from DATABASE_PASSWORD',
      ),
    )
    .addOption(
      new Option('--engine <engine>', 'mysql, postgresql, sqlserver, oracle')
        .choices([...grantedEngines])
        .makeOptionMandatory(),
    )
    .requiredOption('--host <host>', say('主机', 'host'))
    .requiredOption('--username <name>', say('用户名', 'user name'))
    .option('--port <port>', say('端口', 'port'), Number)
    .option(
      '--database <name>',
      say('维护库（PostgreSQL）或服务名（Oracle）', 'maintenance database or service name'),
    )
    .addOption(
      new Option('--tls <mode>', say('加密方式', 'how to encrypt'))
        .choices([...tlsModes])
        .default('PREFERRED'),
    )
    .option('--tag <tag...>', say('标签', 'tags'))
    .action(
      async (
        name: string,
        flags: {
          readonly engine: GrantedEngine;
          readonly host: string;
          readonly username: string;
          readonly port?: number;
          readonly database?: string;
          readonly tls: TlsMode;
          readonly tag?: string[];
        },
      ) => {
        if (password === null) {
          note(say('请设置环境变量 DATABASE_PASSWORD。', 'Set the environment variable DATABASE_PASSWORD.'));
          return end(exitStatus.broken);
        }
        const { engine, host, username, port, database, tls, tag } = flags;
        const input = {
          name,
          engine: engineOf(engine),
          host,
          username,
          password,
          port,
          database,
          tls,
          tags: tag,
        };
        const { instance, userErrors } = await client().registerDatabaseInstance(input, asked);
        report(userErrors);
        print(
          { instance, userErrors },
          instance === null
            ? ''
            : table([[instance.name, instance.engine, `${instance.host}:${instance.port}`]]),
        );
      },
    );
}

function addRegistry(databases: Command, terminal: Terminal): void {
  const { client, print, say, time, report, end } = terminal;
  databases
    .command('list')
    .description(say('已登记的数据库实例', 'registered instances'))
    .action(async () => {
      const instances = await take(client().databaseInstances(), SHOWN);
      const rows = instances.map((one) => [
        one.name,
        one.product ?? one.engine,
        one.version ?? '',
        `${one.host}:${one.port}`,
        one.state,
        String(one.accountCount),
        one.lastSync?.status ?? '–',
        time(one.lastSuccessAt),
        one.explanation ?? '',
      ]);
      print(instances, table(rows));
    });
  databases
    .command('test <name>')
    .description(say('测试连接及可读范围', 'sign in and say what may be read'))
    .action(async (name: string) => {
      const answer = await client().testDatabaseConnection(name, asked);
      report(answer.userErrors);
      const missing = answer.coverage.filter(({ status }) => status === 'DENIED' || status === 'ERROR');
      if (!answer.reachable || missing.length > 0) end(exitStatus.failed);
      const grants = [...new Set(missing.flatMap(({ grant }) => grant ?? []))];
      print(
        answer,
        [
          table([
            [
              answer.product ?? '–',
              answer.version ?? '',
              answer.tlsInUse === true ? 'TLS' : '',
              answer.error?.message ?? '',
            ],
          ]),
          table(
            missing.map(({ category, scope, status, message }) => [
              category,
              scope ?? '*',
              status,
              message ?? '',
            ]),
          ),
          grants.length === 0 ? '' : `${grants.join('\n')}\n`,
        ].join(''),
      );
    });
  databases
    .command('grants')
    .description(
      say(
        '打印读取系统表所需的最小授权脚本',
        'print the least rights that reading the catalog takes, as SQL',
      ),
    )
    .addOption(
      new Option('--engine <engine>', 'mysql, postgresql, sqlserver, oracle')
        .choices([...grantedEngines])
        .makeOptionMandatory(),
    )
    .action(({ engine }: { readonly engine: GrantedEngine }) =>
      print({ engine, sql: grantScripts[engine] }, grantScripts[engine]),
    );
}

function addRuns(databases: Command, terminal: Terminal): void {
  const { client, say } = terminal;
  startCommand(databases, 'sync [names...]', terminal)
    .description(
      say('读取实例的账号与权限并等待结果', 'read accounts and permissions, and wait for the result'),
    )
    .option('--all', say('所有启用的实例', 'all that are ACTIVE'))
    .action(
      async (
        names: string[],
        flags: { readonly all?: boolean; readonly dryRun?: boolean; readonly wait: boolean },
      ) => {
        if ((flags.all === true) === names.length > 0) {
          terminal.note(say('请给出实例名，或使用 --all。', 'Name instances, or use --all.'));
          return terminal.end(exitStatus.broken);
        }
        const type =
          names.length === 0 ? 'MANUAL_TASK' : names.length === 1 ? 'MANUAL_SINGLE' : 'MANUAL_BATCH';
        const input = { type, mode: modeOf(flags), ...(names.length > 0 && { instances: names }) } as const;
        await followStarted(await client().startDatabaseSync(input, asked), flags, terminal);
      },
    );
  databases
    .command('confirm <run-id> <instance>')
    .option('--no-wait', say('立即返回', 'return at once'))
    .description(say('确认大量账号确已消失', 'confirm that so many accounts are really gone'))
    .action(async (runId: string, instance: string, flags: { readonly wait: boolean }) => {
      await followStarted(await client().confirmDisappearance({ runId, instance }, asked), flags, terminal);
    });
}

const engines: Readonly<Record<GrantedEngine, DatabaseEngine>> = {
  mysql: 'MYSQL',
  postgresql: 'POSTGRESQL',
  sqlserver: 'SQLSERVER',
  oracle: 'ORACLE',
};

function engineOf(engine: GrantedEngine): DatabaseEngine {
  return engines[engine];
}
