import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Programs that people start. */
export type Program = 'start' | 'migrate' | 'demo';

/** The bundle brings its own Node and a script per program (deploy/start-scripts.ts); a checkout has npm. */
const isBundle = existsSync(fileURLToPath(new URL('../../node/bin/node', import.meta.url)));

/** How a program is started here: `npm run migrate`, or `./migrate` in a bundle. */
export function programCommand(program: Program, inBundle = isBundle): string {
  if (inBundle) return `./${program}`;
  return program === 'start' ? 'npm start' : `npm run ${program}`;
}

/** The command that reinstalls missing parts of the installation. */
export function installCommand(inBundle = isBundle): { readonly en: string; readonly zh: string } {
  return inBundle
    ? { en: 'or take a bundle made with --with-postgres', zh: '或改用以 --with-postgres 制作的安装包' }
    : { en: 'or install with optional packages: npm ci', zh: '或安装可选的包：npm ci' };
}
