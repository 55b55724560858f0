import type { IncomingMessage, ServerResponse } from 'node:http';
import { ASSETS_PATH, type BuiltPages } from './built-pages.ts';
import { type PageOptions, pageConfig, wantsPage } from './page-config.ts';
import { answerSignIn, answerToken } from './sign-in.ts';

/** Where it is mounted. */
export const CONSOLE_PATH = '/console';
const SIGN_IN_PATH = '/console/sign-in';
const TOKEN_PATH = '/console/token';

/** The page runs its own files and talks to us, nothing else. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export interface ConsoleOptions {
  readonly pages: BuiltPages;
  readonly page: PageOptions;
  /** The operators' switch: false removes the console; GraphiQL keeps its files. */
  readonly enabled: () => boolean;
}

/** Everything under `/console`: files of the pages, and one document for every address of the console. */
export async function answerConsole(
  path: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  options: ConsoleOptions,
): Promise<void> {
  if (path.startsWith(ASSETS_PATH))
    return options.pages.answerAsset(path.slice(ASSETS_PATH.length), request, response);
  if (!options.enabled()) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('控制台已关闭（console_enabled）。\nThe console is switched off (console_enabled).\n');
    return;
  }
  const { signIn } = options.page;
  if (signIn !== null && path === SIGN_IN_PATH && request.method === 'GET')
    return answerSignIn(request, response, signIn);
  if (signIn !== null && path === TOKEN_PATH && request.method === 'POST')
    return answerToken(request, response, signIn);
  if (!wantsPage(request)) {
    response.writeHead(request.method === 'GET' ? 406 : 405, { allow: 'GET', 'content-type': 'text/plain' });
    response.end('This is a page for browsers.\n');
    return;
  }
  options.pages.answerDocument('index.html', response, { config: pageConfig(request, options.page), policy });
}

export function isConsolePath(path: string): boolean {
  return path === CONSOLE_PATH || path.startsWith(`${CONSOLE_PATH}/`);
}
