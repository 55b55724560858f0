import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServerAdapter } from '@whatwg-node/server';
import type { Authenticate } from '../authentication/authentication.ts';
import { UNAVAILABLE_SECONDS } from '../operations/refusals.ts';

/** Where it is mounted. */
export const DASHBOARD_PATH = '/jobs';

/** Web fonts of a public host in the dashboard's pages, which are removed: nothing is fetched from outside. */
const WEB_FONTS = /https:\/\/fonts\.(?:googleapis|gstatic)\.com[^"'`\\\s<]*/g;
const NO_FONT = 'data:text/css,';
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline' data:; img-src 'self' data:; frame-ancestors 'none'";
const REALM = 'Basic realm="AccountSync jobs: any name, and as password an API key of an administrator"';

/**
 * pg-boss's own dashboard, for administrators. A browser asks for a name and a password: any name, and an API key as
 * password; a program sends the key as Bearer. Loaded with the first visit, most processes never show it.
 */
export class JobsDashboard {
  readonly #findUrl: () => Promise<string>;
  readonly #authenticate: Authenticate;
  #opened: { readonly url: string; readonly dashboard: Promise<Opened> } | null = null;

  /** `findUrl` is asked again for each answer, because another server may have become the primary. */
  constructor(options: { readonly findUrl: () => Promise<string>; readonly authenticate: Authenticate }) {
    this.#findUrl = options.findUrl;
    this.#authenticate = options.authenticate;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isFromElsewhere(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.end('A page of another origin may not change anything here.\n');
      return;
    }
    const result = await this.#authenticate(bearerOf(request.headers.authorization));
    if (result.outcome === 'unavailable') {
      response.writeHead(503, {
        'retry-after': String(UNAVAILABLE_SECONDS),
        'content-type': 'text/plain; charset=utf-8',
      });
      response.end(`${result.reason.EN}\n`);
      return;
    }
    if (result.outcome !== 'accepted') {
      response.writeHead(401, { 'www-authenticate': REALM, 'content-type': 'text/plain' });
      response.end('Sign in with any name and an API key of an administrator as password.\n');
      return;
    }
    if (!result.viewer.scopes.has('admin')) {
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.end('The jobs are for administrators: this key has not the scope "admin".\n');
      return;
    }
    response.setHeader('content-security-policy', POLICY);
    const { adapter } = await this.#openedAt(await this.#findUrl());
    await adapter(request, response);
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.dashboard;
    await opened?.close();
  }

  async #openedAt(url: string): Promise<Opened> {
    if (this.#opened?.url === url) return this.#opened.dashboard;
    const former = this.#opened;
    this.#opened = { url, dashboard: open(url) };
    const { dashboard } = this.#opened;
    // Its connections are to a server that is gone, or no longer the primary.
    if (former !== null)
      await former.dashboard.then(
        (opened) => opened.close(),
        () => {},
      );
    return dashboard;
  }
}

interface Opened {
  readonly adapter: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
  readonly close: () => Promise<void>;
}

async function open(url: string): Promise<Opened> {
  const { createDashboardHandler } = await import('@pg-boss/dashboard/handler');
  const dashboard = createDashboardHandler({
    databases: [{ url, schema: 'pgboss', name: 'AccountSync' }],
    basePath: DASHBOARD_PATH,
  });
  const adapter = createServerAdapter(async (request: Request) => withoutWebFonts(await dashboard(request)));
  return {
    adapter: (request, response) => adapter.handle(request, response),
    close: () => dashboard.close(),
  };
}

async function withoutWebFonts(answer: Response): Promise<Response> {
  const type = answer.headers.get('content-type') ?? '';
  if (answer.body === null || !/html|javascript/.test(type)) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  const text = (await answer.text()).replaceAll(WEB_FONTS, NO_FONT);
  return new Response(text, { status: answer.status, headers });
}

/** A browser sends name and password along with a form of any page: only our own may change something. */
function isFromElsewhere({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host;
}

/** A browser can only send name and password; the password is the key. */
function bearerOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const basic = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return authorization;
  const [, ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return `Bearer ${password.join(':')}`;
}
