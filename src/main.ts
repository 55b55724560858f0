import { printReady } from './banner.ts';
import { startProcess } from './start.ts';

const { service, env } = await startProcess();
printReady(service, env);
