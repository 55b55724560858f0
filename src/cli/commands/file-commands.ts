import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal.ts';
import { addCreateAccountsCommand } from './create-accounts-command.ts';
import { addLoadMappingsCommand } from './load-mappings-command.ts';

/** `create-accounts` and `load-department-mappings`. */
export function addFileCommands(program: Command, terminal: Terminal): void {
  addCreateAccountsCommand(program, terminal);
  addLoadMappingsCommand(program, terminal);
}
