import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BuiltPages } from './built-pages.ts';
import { type PageOptions, pageConfig } from './page-config.ts';

/**
 * The page runs its own files and talks to us, nothing else. Its editors place every line by a style attribute, set
 * their fonts from data, and start workers; they compile nothing.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** GraphiQL, built with the console, for a browser that opens `/graphql`. It holds no data, so it needs no key. */
export function answerGraphiql(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly pages: BuiltPages; readonly page: PageOptions },
): void {
  response.setHeader('vary', 'Accept, Host, Origin');
  options.pages.answerDocument('graphiql.html', response, {
    config: pageConfig(request, options.page),
    policy,
  });
}
