import type { Command } from 'commander';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Flags {
  readonly queue?: string;
}

/** So many are shown; more of them say nothing new. */
const SHOWN = 200;
const asked = { throwOnUserErrors: false };

/** `poison`, `poison redrive`, `poison discard`. */
export function addPoisonCommands(program: Command, terminal: Terminal): void {
  const { client, print, report, say, time } = terminal;
  const poison = program
    .command('poison')
    .description(
      say(
        '列出无法处理的作业（死信）；重新入队或丢弃',
        'show jobs that could not be read or done; queue them again, or drop them',
      ),
    )
    .option('--queue <name>', say('只限此队列', 'only of this queue'))
    .action(async ({ queue }: Flags) => {
      const messages = await take(client().poisonMessages(queue), SHOWN);
      const rows = messages.map(({ id, queue: from, at, tries, readable, error, payload }) => [
        id,
        from,
        time(at),
        readable ? say(`尝试 ${tries} 次`, `tried ${tries} times`) : say('无法读取', 'cannot be read'),
        error ?? '',
        JSON.stringify(payload),
      ]);
      print(messages, table(rows));
    });
  const which = (ids: readonly string[], command: Command) => {
    // The option stands on `poison` too, which takes it first.
    const { queue } = command.optsWithGlobals<Flags>();
    if ((ids.length === 0) === (queue === undefined))
      throw new UsageError(
        say('请给出编号，或用 --queue 指定整个队列。', 'Give ids, or --queue for all of a queue.'),
      );
    return queue === undefined ? { ids } : { queue };
  };
  poison
    .command('redrive [id...]')
    .description(say('修复后重新入队', 'queue them again, after the repair'))
    .action(async (ids: readonly string[], _flags: unknown, command: Command) => {
      const answer = await client().redrivePoisonMessages(which(ids, command), asked);
      report(answer.userErrors);
      print(answer, say(`已重新入队 ${answer.redriven} 条\n`, `${answer.redriven} queued again\n`));
    });
  poison
    .command('discard [id...]')
    .description(say('永久丢弃', 'remove them for good'))
    .action(async (ids: readonly string[], _flags: unknown, command: Command) => {
      const answer = await client().discardPoisonMessages(which(ids, command), asked);
      report(answer.userErrors);
      print(answer, say(`已丢弃 ${answer.discarded} 条\n`, `${answer.discarded} discarded\n`));
    });
}
