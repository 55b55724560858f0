import type { Command } from 'commander';
import { departmentColumns, departmentMappingOf } from '../../../clients/files/src/department-columns.ts';
import { type FileFlags, readRowsFile } from '../files/read-input-file.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addFileOptions } from './create-accounts-command.ts';
import { goodRows, noteRefusals } from './file-refusals.ts';

interface LoadFlags extends FileFlags {
  readonly skipBad?: boolean;
}

/** `load-department-mappings`. */
export function addLoadMappingsCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const command = program
    .command('load-department-mappings <file>')
    .description(
      say(
        '导入部门映射（CSV 或 .xlsx：idataDepartmentCode,idaasDepartmentCode,ou）',
        'load department mappings (CSV or .xlsx: idataDepartmentCode,idaasDepartmentCode,ou)',
      ),
    )
    .option('--skip-bad', say('跳过有错误的行，导入其余的', 'leave bad lines out and load the others'));
  addFileOptions(command, say).action((file: string, flags: LoadFlags) =>
    loadMappings(file, flags, terminal),
  );
}

async function loadMappings(file: string, flags: LoadFlags, terminal: Terminal): Promise<void> {
  const { client, print, say } = terminal;
  const skipBad = flags.skipBad === true;
  const rows = goodRows(await readRowsFile(file, departmentColumns, terminal, flags), { skipBad }, terminal);
  if (rows === null) return;
  const answer = await client().upsertDepartmentMappings(
    { mappings: rows.map(departmentMappingOf), skipBad },
    { throwOnUserErrors: false },
  );
  const lines = rows.map(({ line }) => line);
  noteRefusals(answer.userErrors, { lines, field: 'mappings' }, terminal);
  const { created, updated, unchanged, releasedTasks } = answer;
  print(
    answer,
    table([
      [
        say(`新增 ${created}`, `${created} new`),
        say(`更新 ${updated}`, `${updated} changed`),
        say(`未变 ${unchanged}`, `${unchanged} unchanged`),
        say(`重新排队的任务 ${releasedTasks}`, `${releasedTasks} tasks queued again`),
      ],
    ]),
  );
}
