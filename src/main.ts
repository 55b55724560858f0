import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What Node has made of the TypeScript is kept for the next start, which takes half the processor time and needs no
// compiler in memory. Beside the packages, where only those may write who may change the program itself; where nobody
// may write, each start does it anew.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node'));
const { printReady } = await import('./banner.ts');
const { startProcess } = await import('./start.ts');

const { application, env } = await startProcess();
printReady(application, env);
