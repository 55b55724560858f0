import { type Command, InvalidArgumentError } from 'commander';
import { take } from '../arguments/take.ts';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

const SHOWN = 50;

/** `audit` and `verify-audit`. */
export function addAuditCommands(program: Command, terminal: Terminal): void {
  addAudit(program, terminal);
  addVerifyAudit(program, terminal);
}

function addAudit(program: Command, { client, print, say, time }: Terminal): void {
  program
    .command('audit')
    .description(say('查看审计记录，最新的在前', 'show the audit log, newest first'))
    .option('--kind <kind>', say('对象类型，如 TASK、SETTING', 'kind of thing, such as TASK or SETTING'))
    .option('--id <id>', say('对象编号，需与 --kind 同用', 'which one of that kind'))
    .option('--actor <actor>', say('操作者', 'who did it'))
    .option('--action <action>', say('动作，如 task.changed', 'what was done, such as task.changed'))
    .option('--since <time>', say('不早于此时间（RFC 3339）', 'at this time or later (RFC 3339)'))
    .option('--until <time>', say('早于此时间（RFC 3339）', 'before this time (RFC 3339)'))
    .action(async (options: Options) => {
      const { kind: subjectKind, id: subjectId, ...filter } = options;
      const kind = subjectKind?.toUpperCase().replaceAll('-', '_');
      const entries = await take(client().auditEntries({ ...filter, subjectKind: kind, subjectId }), SHOWN);
      const rows = entries.map((entry) => [
        time(entry.at),
        entry.actor,
        entry.action,
        entry.subjectId,
        `${JSON.stringify(entry.before)} → ${JSON.stringify(entry.after)}`,
      ]);
      print(entries, table(rows));
    });
}

interface Options {
  readonly kind?: string;
  readonly id?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly since?: string;
  readonly until?: string;
}

function addVerifyAudit(program: Command, terminal: Terminal): void {
  const { client, print, end, note, say } = terminal;
  program
    .command('verify-audit')
    .description(
      say(
        '核对审计记录的哈希链：有修改、删除、插入或换序时指出第一处，并以 1 退出',
        'verify the hash chain of the audit log: names the first entry that was altered, removed, inserted or moved, and exits with 1',
      ),
    )
    .option(
      '--head <hash>',
      say('以前记下的链头，必须仍在链中', 'a head noted earlier, which must still be in the chain'),
      hashOf,
    )
    .action(async ({ head }: { readonly head?: string }) => {
      let answer = await client().verifyAudit({ head });
      let { seals, entries } = answer;
      while (!answer.complete && answer.problem === null) {
        answer = await client().verifyAudit({ head, after: answer.upTo });
        seals += answer.seals;
        entries += answer.entries;
      }
      const { problem } = answer;
      if (problem !== null) {
        note(`${problem.kind}  ${problem.message}`);
        end(exitStatus.failed);
      }
      const lines = [
        [say('完好的封存', 'seals found well'), String(seals)],
        [say('完好的记录', 'entries found well'), String(entries)],
        [say('尚未封存', 'not sealed yet'), String(answer.unsealed)],
        [say('链头', 'head'), answer.head ?? say('（尚无）', '(none yet)')],
      ];
      print({ ...answer, seals, entries }, table(lines));
    });
}

function hashOf(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('A head is 64 hexadecimal digits.');
  return text;
}
