import type { Command } from 'commander';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `erase-person`. */
export function addEraseCommand(program: Command, { client, note, print, report, say }: Terminal): void {
  program
    .command('erase-person <employee-number>')
    .description(
      say(
        '删除保存的某人的个人数据，不可恢复；不加 --yes 只列出会删除什么',
        'take away for good what is stored of one person; without --yes only say what that would be',
      ),
    )
    .requiredOption('--reason <text>', say('原因，如工单号', 'why, such as a ticket'))
    .option('--yes', say('确认删除', 'do it'))
    .action(
      async (
        employeeNumber: string,
        { reason, yes }: { readonly reason: string; readonly yes?: boolean },
      ) => {
        const mode = yes === true ? 'RUN' : 'DRY_RUN';
        const answer = await client().erasePerson(
          { employeeNumber, reason, mode },
          { throwOnUserErrors: false },
        );
        report(answer.userErrors);
        const changed = answer.counts.filter(({ rows }) => rows > 0);
        print(answer, table(changed.map((count) => [count.table, String(count.rows)])));
        if (answer.userErrors.length > 0) return;
        note(
          yes === true
            ? say('已删除。', 'Erased.')
            : say(
                '以上尚未删除；加 --yes 执行，不可恢复。',
                'Nothing was erased yet; add --yes to do it. It cannot be undone.',
              ),
        );
      },
    );
}
