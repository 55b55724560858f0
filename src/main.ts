import { printReady } from './application/banner.ts';
import { collectGarbage } from './application/collect-garbage.ts';
import { startProcess } from './application/start.ts';

const { application, env } = await startProcess();
collectGarbage();
printReady(application, env);
