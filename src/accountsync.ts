#!/usr/bin/env node
import { runCli } from './cli/program.ts';
import { processEnvironment } from './environment/env.ts';

process.exitCode = await runCli(process.argv.slice(2), processEnvironment(), {
  // Loaded by the one command that reads a database: the others begin sooner without.
  openFirstSystem: async (address) =>
    (await import('./integrations/first-system/read-tables.ts')).openFirstSystem(address),
});
