import { printReady } from './banner.ts';
import { collectGarbage } from './collect-garbage.ts';
import { startProcess } from './start.ts';

const { application, env } = await startProcess();
collectGarbage();
printReady(application, env);
