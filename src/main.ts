import { printReady } from './application/banner.ts';
import { collectGarbage } from './application/collect-garbage.ts';
import { startProcess } from './application/start.ts';
import { warnOfPages } from './application/warn-of-pages.ts';

const { application, env, logger } = await startProcess();
collectGarbage();
printReady(application, env);
if (application.server !== null) await warnOfPages(logger);
