import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `export-person`. */
export function addExportCommand(program: Command, { client, print, report, say }: Terminal): void {
  program
    .command('export-person <employee-number>')
    .description(
      say(
        '把保存的某人的全部数据写入一个 JSON 文件；此操作记入审计',
        'write all that is stored of one person to a JSON file; the audit log says that it was done',
      ),
    )
    .requiredOption('--reason <text>', say('原因，如工单号', 'why, such as a ticket'))
    .requiredOption('--out <file>', say('写入的文件，须不存在', 'the file, which must not exist yet'))
    .action(
      async (employeeNumber: string, { reason, out }: { readonly reason: string; readonly out: string }) => {
        const file = await create(out, say);
        let written = false;
        try {
          const answer = await client().exportPerson(
            { employeeNumber, reason },
            { throwOnUserErrors: false },
          );
          report(answer.userErrors);
          if (answer.document === null) return;
          await file.writeFile(`${JSON.stringify(answer.document, null, 2)}\n`);
          written = true;
          print({ out }, say(`已写入 ${out}\n`, `written to ${out}\n`));
        } finally {
          await file.close();
          if (!written) await rm(out);
        }
      },
    );
}

/** Creates the file before the call: readable by its owner only, and never over an existing file. */
async function create(path: string, say: Terminal['say']): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (cause) {
    throw new UsageError(say(`无法新建文件 ${path}。`, `The file ${path} cannot be created.`), { cause });
  }
}
