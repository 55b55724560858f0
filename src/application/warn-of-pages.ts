import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from '../logger.ts';
import { BUILD_COMMAND } from '../server/pages/built-pages.ts';

const consoleFolder = join(import.meta.dirname, '../../console');

/** Functions of `console/build.js`, which is plain JavaScript. */
interface Build {
  readonly fingerprint: () => string;
  readonly builtFrom: (outDir: string) => string | null;
}

/**
 * Says in the log that the console was never built, or of other sources than stand here, and what to run. Where only
 * the built pages are installed, as in the image, there is nothing to compare them with.
 */
export async function warnOfPages(logger: Pick<Logger, 'warn'>, folder = consoleFolder): Promise<void> {
  const state = await stateOfPages(folder);
  if (state === 'current') return;
  const hint = `${BUILD_COMMAND}, then start again; with --omit=dev: npm ci && npm prune --omit=dev --omit=optional`;
  logger.warn(
    { hint },
    state === 'missing'
      ? 'the pages of the console are not built: /console and GraphiQL answer 503'
      : 'the pages of the console are older than their sources',
  );
}

async function stateOfPages(folder: string): Promise<'current' | 'stale' | 'missing'> {
  const dist = join(folder, 'dist');
  if (!existsSync(join(dist, 'index.html'))) return 'missing';
  if (!existsSync(join(folder, 'src'))) return 'current';
  const { fingerprint, builtFrom }: Build = await import(pathToFileURL(join(folder, 'build.js')).href);
  return builtFrom(dist) === fingerprint() ? 'current' : 'stale';
}
