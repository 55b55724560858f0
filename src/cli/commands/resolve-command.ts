import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Flags {
  readonly exists?: string;
  readonly remoteId?: string;
  readonly sendAgain?: boolean;
  readonly giveUp?: string;
  readonly attempt?: number;
}

/** `resolve`. */
export function addResolveCommand(program: Command, { client, print, report, say }: Terminal): void {
  program
    .command('resolve <task-id>')
    .description(
      say(
        '登记结果不明（UNCERTAIN）的任务在其系统中的实际结果',
        'say what became of a task whose answer was lost (UNCERTAIN)',
      ),
    )
    .option('--exists <identifier>', say('账号已存在，标识为', 'the account is there, under this identifier'))
    .option(
      '--remote-id <id>',
      say('与 --exists 同用：该系统自己的编号', "with --exists: the system's own id"),
    )
    .option('--send-again', say('账号不存在，重新发送', 'it is not there: send it again'))
    .option(
      '--give-up <reason>',
      say('放弃，任务失败，原因为', 'give it up: the task fails, for this reason'),
    )
    .option(
      '--attempt <number>',
      say(
        '核实时的最后一次尝试；其后又发送过则拒绝',
        'the newest attempt you saw; refused if it was sent since',
      ),
      (text: string) => {
        if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(text);
        return Number(text);
      },
    )
    .action(async (taskId: string, { exists, remoteId, sendAgain, giveUp, attempt }: Flags) => {
      const given = [
        ...(exists === undefined ? [] : [{ outcome: 'EXISTS', identifier: exists, remoteId } as const]),
        ...(sendAgain === true ? [{ outcome: 'SEND_AGAIN' } as const] : []),
        ...(giveUp === undefined ? [] : [{ outcome: 'GIVE_UP', reason: giveUp } as const]),
      ];
      const [found] = given;
      if (found === undefined || given.length > 1)
        throw new UsageError(
          say(
            '请用 --exists、--send-again、--give-up 之一说明结果。',
            'Say what you found: one of --exists, --send-again and --give-up.',
          ),
        );
      const answer = await client().resolveTask({ taskId, ...found, attempt }, { throwOnUserErrors: false });
      report(answer.userErrors);
      const { task } = answer;
      print(
        answer,
        task === null
          ? ''
          : table([[task.taskId, task.statusDisplay, task.explanation ?? task.accountIdentifier ?? '']]),
      );
    });
}
