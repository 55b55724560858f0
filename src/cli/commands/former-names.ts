import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Commands of the first system (`python manage.py …`) and what they are now. Their options have the same names. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  sync_hr_persons: 'sync-hr',
  create_account_tasks: 'create-account-tasks',
  process_account_creation_tasks: 'process-account-tasks',
  load_department_mappings: 'load-department-mappings',
};
/** Arguments of the new command that the old one did not need. */
const NEW_ARGUMENTS: Readonly<Record<string, string>> = { load_department_mappings: 'FILE.csv' };

/** Adds the command names of the first system: they print the new command with the given options, and do nothing. */
export function addFormerNames(program: Command, { say }: Terminal): void {
  for (const [former, name] of Object.entries(FORMER_NAMES)) {
    program
      .command(`${former} [options...]`, { hidden: true })
      .allowUnknownOption()
      .helpOption(false)
      .action((given: readonly string[]) => {
        const argument = given.some((word) => !word.startsWith('-')) ? undefined : NEW_ARGUMENTS[former];
        const words = [
          'accountsync',
          name,
          ...(argument === undefined ? [] : [argument]),
          ...given.map(quoted),
        ];
        const line = words.join(' ');
        throw new UsageError(
          say(
            `${former} 现在叫 ${name}。请运行：\n  ${line}`,
            `${former} is called ${name} now. Run:\n  ${line}`,
          ),
        );
      });
  }
}

function quoted(word: string): string {
  return /^[\w.,:=/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
