import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

const asked = { throwOnUserErrors: false };

interface TypeFlags {
  readonly alias?: readonly string[];
  readonly emailDomain?: string;
  readonly idaasUserType?: string;
  readonly welinkPersonType?: string;
  readonly inactive?: boolean;
}

/** `purge`, `watch-token`, `set-identifiers`, `person-types`, `set-person-type`. */
export function addUpkeepCommands(program: Command, terminal: Terminal): void {
  const { client, print, report, say, time } = terminal;
  program
    .command('purge')
    .description(say('清除已过保留期的数据', 'remove what is past its days'))
    .option('--dry-run', say('只显示有多少', 'only say how many'))
    .action(async (flags: { readonly dryRun?: boolean }) => {
      const answer = await client().purge({ mode: flags.dryRun === true ? 'DRY_RUN' : 'RUN' }, asked);
      report(answer.userErrors);
      print(
        answer,
        table(
          answer.counts.map(({ table: name, rows, complete }) => [name, `${rows}${complete ? '' : '+'}`]),
        ),
      );
    });
  program
    .command('watch-token <request-id>')
    .description(
      say(
        '给浏览器页面用的令牌，只能看这一个请求',
        'a token for a page in a browser, which watches this one request',
      ),
    )
    .action(async (requestId: string) => {
      const answer = await client().createWatchToken({ requestId }, asked);
      report(answer.userErrors);
      print(answer, answer.token === null ? '' : table([[answer.token, time(answer.expiresAt)]]));
    });
  program
    .command('set-identifiers <employee-number>')
    .description(
      say('在账号创建之前更换登录名或邮箱前缀', 'another login or address, before an account exists'),
    )
    .option('--username <login>', say('登录名', 'login'))
    .option('--email-local-part <text>', say('邮箱 @ 之前的部分', 'what stands before the @'))
    .action(
      async (
        employeeNumber: string,
        flags: { readonly username?: string; readonly emailLocalPart?: string },
      ) => {
        if (flags.username === undefined && flags.emailLocalPart === undefined)
          throw new UsageError(
            say('请给出 --username 或 --email-local-part。', 'Give --username or --email-local-part.'),
          );
        const answer = await client().setPersonIdentifiers({ employeeNumber, ...flags }, asked);
        report(answer.userErrors);
        const { requeuedTasks } = answer;
        print(answer, `  ${say(`重新排队的任务 ${requeuedTasks}`, `${requeuedTasks} tasks queued again`)}\n`);
      },
    );
  addPersonTypes(program, terminal);
}

function addPersonTypes(program: Command, { client, print, report, say }: Terminal): void {
  program
    .command('person-types')
    .description(say('列出人员类型', 'list person types'))
    .action(async () => {
      const all = await client().personTypeMappings();
      const rows = all.map((one) => [
        one.personType,
        one.description ?? '',
        one.aliases.join(' '),
        one.emailDomain ?? '–',
        one.idaasUserType,
        one.welinkPersonType,
        one.isActive ? '' : say('停用', 'inactive'),
      ]);
      print(all, table(rows));
    });
  program
    .command('set-person-type <code>')
    .description(
      say(
        '添加或修改人员类型；等待它的任务自动重试',
        'add or change a person type; tasks that waited for it are tried again',
      ),
    )
    .option('--alias <name...>', say('其他名称', 'other names'))
    .option('--email-domain <domain>', say('邮箱域名', 'domain of its addresses'))
    .option('--idaas-user-type <type>', say('IDaaS 的 userType', 'userType at IDaaS'))
    .option('--welink-person-type <type>', say('WeLink 的 personType', 'personType at WeLink'))
    .option('--inactive', say('停用', 'as if it did not exist'))
    .action(async (personType: string, flags: TypeFlags) => {
      const known = (await client().personTypeMappings()).find((one) => one.personType === personType);
      const idaasUserType = flags.idaasUserType ?? known?.idaasUserType;
      const welinkPersonType = flags.welinkPersonType ?? known?.welinkPersonType;
      if (idaasUserType === undefined || welinkPersonType === undefined)
        throw new UsageError(
          say(
            '新的人员类型需要 --idaas-user-type 和 --welink-person-type。',
            'A new person type needs --idaas-user-type and --welink-person-type.',
          ),
        );
      const mapping = {
        personType,
        aliases: [...(flags.alias ?? known?.aliases ?? [])],
        emailDomain: flags.emailDomain ?? known?.emailDomain,
        idaasUserType,
        welinkPersonType,
        description: known?.description,
        isActive: flags.inactive !== true,
      };
      const answer = await client().upsertPersonTypeMappings({ mappings: [mapping] }, asked);
      report(answer.userErrors);
      const { created, updated, releasedTasks } = answer;
      const text = say(
        `新增 ${created}，修改 ${updated}，重新排队的任务 ${releasedTasks}`,
        `${created} added, ${updated} changed, ${releasedTasks} tasks queued again`,
      );
      print(answer, `  ${text}\n`);
    });
}
