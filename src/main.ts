import { printReady } from './banner.ts';
import { startProcess } from './start.ts';

const { application, env } = await startProcess();
printReady(application, env);
