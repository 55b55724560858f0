#!/usr/bin/env node
import { runCli } from './cli/program.ts';
import { processEnvironment } from './environment/env.ts';

process.exitCode = await runCli(process.argv.slice(2), processEnvironment());
