import type { Command } from 'commander';
import { systemOf } from '../arguments/systems.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Corrections {
  readonly phone?: string;
  readonly department?: string;
  readonly name?: string;
}

const asked = { throwOnUserErrors: false };

/** `correct`, `link-account`, `unlink-account`. */
export function addCorrectionCommands(program: Command, { client, print, report, say }: Terminal): void {
  program
    .command('correct <request-id> <employee-number>')
    .description(
      say(
        '更正请求中失败人员的电话、部门或姓名，并重试',
        'correct phone, department or name of a failed person, and try again',
      ),
    )
    .option('--phone <number>', say('电话', 'phone number'))
    .option('--department <code>', say('部门代码', 'department code'))
    .option('--name <name>', say('姓名', 'name'))
    .action(async (requestId: string, employeeNumber: string, { phone, department, name }: Corrections) => {
      if (phone === undefined && department === undefined && name === undefined)
        throw new UsageError(
          say(
            '请用 --phone、--department 或 --name 指定更正什么。',
            'Say what is right: --phone, --department or --name.',
          ),
        );
      const answer = await client().updateRequestItem(
        {
          requestId,
          employeeNumber,
          ...(phone !== undefined && { phoneNumber: phone }),
          ...(department !== undefined && { departmentCode: department }),
          ...(name !== undefined && { employeeName: name }),
        },
        asked,
      );
      report(answer.userErrors);
      const { item, requeuedTasks } = answer;
      const tasks = say(`重新排队的任务 ${requeuedTasks}`, `${requeuedTasks} tasks queued again`);
      print(
        answer,
        item === null ? '' : table([[item.employeeNumber, item.employeeName, item.statusDisplay, tasks]]),
      );
    });
  program
    .command('accept-names <employee-number...>')
    .description(
      say(
        '确认这些人的姓名无误（NAME_DOUBTFUL），继续开户',
        'these people are called so (NAME_DOUBTFUL): go on',
      ),
    )
    .action(async (employeeNumbers: string[]) => {
      const answer = await client().acceptNames({ employeeNumbers }, asked);
      report(answer.userErrors);
      const { accepted, requeuedTasks } = answer;
      const tasks = say(`重新排队的任务 ${requeuedTasks}`, `${requeuedTasks} tasks queued again`);
      print(answer, table([[say(`已确认 ${accepted.length} 人`, `accepted: ${accepted.length}`), tasks]]));
    });
  program
    .command('link-account <employee-number> <system> <identifier>')
    .description(say('系统中已有的账号属于此人', 'an account that is there already is this person’s'))
    .option('--force', say('即使无法核实', 'though it cannot be verified'))
    .action(
      async (
        employeeNumber: string,
        name: string,
        identifier: string,
        flags: { readonly force?: boolean },
      ) => {
        const input = {
          employeeNumber,
          system: systemOf(name, say),
          identifier,
          force: flags.force === true,
        };
        showAccount(await client().linkAccount(input, asked));
      },
    );
  program
    .command('unlink-account <employee-number> <system>')
    .description(
      say('解除账号与此人的关联；不删除任何账号', 'forget whose account it is; nothing is deleted'),
    )
    .action(async (employeeNumber: string, name: string) => {
      showAccount(await client().unlinkAccount({ employeeNumber, system: systemOf(name, say) }, asked));
    });

  function showAccount(answer: Awaited<ReturnType<ReturnType<Terminal['client']>['linkAccount']>>): void {
    report(answer.userErrors);
    const { account } = answer;
    print(
      answer,
      account === null
        ? ''
        : table([[account.system, account.state, account.identifier ?? '–', account.origin ?? '']]),
    );
  }
}
