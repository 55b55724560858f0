import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { GraphiQLOptions } from 'graphql-yoga';
import { CSRF_HEADER } from '../http/prevent-csrf.ts';
import { exampleOperations } from './graphiql-operations.ts';

const compress = promisify(gzip);

/**
 * The page may run what is in it and talk to us, nothing else: it works in a closed network because it cannot do
 * otherwise. Its editors start workers from blobs and compile JSON schemas.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export interface GraphiqlOptions {
  /**
   * `Bearer <key>` for the headers editor of every tab, only for the key that an embedded start made on loopback;
   * null: the reader types one.
   */
  readonly prefilledAuthorization: string | null;
}

interface Page {
  readonly gzipped: Buffer;
  readonly etag: string;
}

/** GraphiQL from the package, with our operations in its tabs: built and compressed when it is first wanted. */
export class GraphiqlPage {
  readonly #authorization: string | null;
  readonly #pages = new Map<string | null, Promise<Page>>();

  constructor(options: GraphiqlOptions) {
    this.#authorization = options.prefilledAuthorization;
  }

  /** Answers a browser's GET. The page holds no data, so it needs no key. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another site's name may be made to point at 127.0.0.1; its scripts could then read the key from the page.
    const authorization = isLoopbackHost(request.headers.host) ? this.#authorization : null;
    const page = await this.#page(authorization);
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cache-control', authorization === null ? 'no-cache' : 'no-store');
    response.setHeader('vary', 'Accept-Encoding, Host, Origin');
    response.setHeader('etag', page.etag);
    if (request.headers['if-none-match']?.includes(page.etag) === true) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      const length = page.gzipped.length;
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': length }).end(page.gzipped);
      return;
    }
    const gunzip = createGunzip();
    gunzip.end(page.gzipped);
    await pipeline(gunzip, response);
  }

  #page(authorization: string | null): Promise<Page> {
    const known = this.#pages.get(authorization);
    if (known !== undefined) return known;
    const page = buildPage(authorization);
    this.#pages.set(authorization, page);
    return page;
  }
}

/** True for a browser that opens the address, as against a program that sends a query by GET. */
export function wantsGraphiql(request: IncomingMessage): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

/** 9 MB of text: loaded only when somebody opens the page, and kept compressed. */
async function buildPage(authorization: string | null): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const gzipped = await compress(renderGraphiQL(pageOptions(authorization)));
  const hash = createHash('sha256').update(gzipped).digest('base64url').slice(0, 27);
  return { gzipped, etag: `"${hash}"` };
}

function pageOptions(authorization: string | null): GraphiQLOptions {
  const headers = JSON.stringify({ Authorization: authorization ?? 'Bearer <API key>' }, null, 2);
  return {
    title: 'AccountSync',
    endpoint: '/graphql',
    headers,
    defaultHeaders: headers,
    additionalHeaders: { [CSRF_HEADER]: '1' },
    defaultTabs: exampleOperations.map(({ query, variables }) => ({
      query,
      variables: JSON.stringify(variables, null, 2),
      headers,
    })),
    // What the reader has to look at first: the key where it is missing, else what the operation is given.
    defaultEditorToolsVisibility: authorization === null ? 'headers' : 'variables',
    inputValueDeprecation: true,
    schemaDescription: true,
  };
}

function isLoopbackHost(host: string | undefined): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname;
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name ?? '');
}
