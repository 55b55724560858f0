import type { IncomingMessage, ServerResponse } from 'node:http';
import { FORM_HEADER } from '../negotiation/negotiate-form.ts';
import { CSRF_HEADER } from './prevent-csrf.ts';

const PREFLIGHT_SECONDS = 600;

/** Which web pages may call: our own, and those in ALLOWED_ORIGINS; never `*`. */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowedOrigins: readonly string[]) {
    this.#allowed = new Set(allowedOrigins.map((origin) => origin.replace(/\/+$/, '').toLowerCase()));
  }

  /**
   * Whether a page may open a WebSocket. Browsers send the page's origin without a preflight, so this is the only
   * check. Other programs send no Origin.
   */
  allowsWebSocket(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return true;
    return this.#allows(origin) || hostOf(origin) === host?.toLowerCase();
  }

  /** Adds CORS headers for an allowed origin. No credentials: the key travels in a header that the page sets. */
  addHeaders(request: IncomingMessage, response: ServerResponse): void {
    const { origin } = request.headers;
    response.setHeader('vary', 'Origin');
    if (origin === undefined || !this.#allows(origin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'x-request-id, retry-after, location');
    if (request.method !== 'OPTIONS') return;
    const headers = `authorization, content-type, accept-language, x-api-key, idempotency-key, prefer, ${CSRF_HEADER}, ${FORM_HEADER}`;
    response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
    response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-max-age', String(PREFLIGHT_SECONDS));
  }

  #allows(origin: string): boolean {
    return this.#allowed.has(origin.toLowerCase());
  }
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}
