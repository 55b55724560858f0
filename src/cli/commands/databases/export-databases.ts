import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Argument, type Command } from 'commander';
import { UsageError } from '../../arguments/usage-error.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const lists = ['accounts', 'changes'] as const;

/** `databases export`: a whole list as CSV, streamed into a file or to standard output. */
export function addExport(databases: Command, { client, say, print }: Terminal): void {
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
        const pairs = [
          ...instances.map((name) => ['instance', name] as const),
          ...filter.map((text) => pairOf(text, say)),
        ];
        const pieces = client().exportDatabases(list, pairs);
        if (out === undefined) return toOutput(pieces);
        await toFile(pieces, out, say);
        print({ out }, say(`已写入 ${out}\n`, `written to ${out}\n`));
      },
    );
}

function pairOf(text: string, say: Terminal['say']): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(say(`--filter 须写成 名称=值：${text}`, `--filter takes name=value, not ${text}.`));
}

async function toOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** Readable by its owner only and never over an existing file; half a file is removed. */
async function toFile(pieces: AsyncIterable<Uint8Array>, path: string, say: Terminal['say']): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new UsageError(say(`无法新建文件 ${path}。`, `The file ${path} cannot be created.`), { cause });
  });
  await file.close();
  try {
    await pipeline(pieces, createWriteStream(path));
  } catch (error) {
    await rm(path);
    throw error;
  }
}
