import { Argument, type Command } from 'commander';
import { filterPairs, savePieces } from '../../files/save-pieces.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const lists = ['accounts', 'changes'] as const;

/** `databases export`: a whole list as CSV, streamed into a file or to standard output. */
export function addExport(databases: Command, terminal: Terminal): void {
  const { client, say } = terminal;
  databases
    .command('export')
    .description(say('以 CSV 导出账号或变更', 'accounts or changes as CSV'))
    .addArgument(new Argument('<list>', 'accounts, changes').choices([...lists]))
    .argument('[instances...]', say('只含这些实例', 'of these instances only'))
    .option(
      '--filter <name=value...>',
      say(
        '列表的筛选条件，如 capability=SUPERUSER、state=ACTIVE',
        'filters of the list, such as capability=SUPERUSER, state=ACTIVE',
      ),
    )
    .option('--out <file>', say('写入的文件，须不存在', 'the file, which must not exist yet'))
    .action(
      async (
        list: (typeof lists)[number],
        instances: string[],
        { filter = [], out }: { readonly filter?: string[]; readonly out?: string },
      ) => {
        const pairs = [...instances.map((name) => ['instance', name] as const), ...filterPairs(filter, say)];
        await savePieces(client().exportDatabases(list, pairs), out, terminal);
      },
    );
}
