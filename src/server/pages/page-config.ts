import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { SignIn } from './sign-in.ts';

/** Configuration of the pages. */
export interface PageOptions {
  /** The key that an embedded start made on loopback, for its own pages; null: the reader types one. */
  readonly prefilledKey: string | null;
  readonly defaultLocale: 'ZH_CN' | 'EN';
  readonly displayTimeZone: string;
  /** Null: sign-in by key alone. */
  readonly signIn: SignIn | null;
}

const packageFile = z.object({ version: z.string() });
/** Of this program, as its package says. */
export const { version } = packageFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')),
);

/** The data block of a page (`console/src/api/page-config.ts` reads it). */
export function pageConfig(request: IncomingMessage, options: PageOptions): object {
  return {
    version,
    defaultLocale: options.defaultLocale,
    timeZone: options.displayTimeZone,
    hasSignIn: options.signIn !== null,
    // Only for loopback hosts: another site's name may resolve to 127.0.0.1, and its scripts could read the key from
    // the page.
    prefilledKey: isLoopbackHost(request.headers.host) ? options.prefilledKey : null,
  };
}

/** True for a browser that opens the address, false for a program that sends a query by GET. */
export function wantsPage(request: IncomingMessage): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

function isLoopbackHost(host: string | undefined): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname;
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name ?? '');
}
