import type { z } from 'zod';
import type { Secret } from '../../secret.ts';
import type { CalendarSystemDependencies } from '../contract/calendar-system.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { createUpstreamHttp, isTokenRefused } from '../http/http.ts';
import type { UpstreamOperation } from '../http/http-failure.ts';
import { createTokenCache, type FreshToken, withToken } from '../http/token.ts';
import { judgeData, judgeToken } from './answers.ts';
import { signatureHeaders } from './signature.ts';

/** How to reach WPS (environment.md). */
export interface WpsConfig {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: Secret;
}

export const WPS_SYSTEM = 'WPS';
/** Renewed a quarter of an hour before it ends (calendar-facts.md §5.1), yet not before half its life is over. */
const EARLY_SECONDS = 900;
const LATEST_SHARE = 0.5;

/** One call in WPS's words. */
export interface WpsRequest<Data> {
  readonly operation: UpstreamOperation;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly pathTemplate: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Repeating it changes nothing. */
  readonly idempotent: boolean;
  /** User ids are the school's own numbers. */
  readonly externalIds?: boolean;
  readonly schema: z.ZodType<Data>;
}

/** Signs, sends and judges calls to WPS. */
export interface WpsClient {
  send<Data>(request: WpsRequest<Data>, call: UpstreamCall): Promise<Data>;
  renewToken(signal: AbortSignal): Promise<void>;
  tokenRemainingMs(): number | null;
  forgetRefusal(): void;
  close(): void;
}

export function createWpsClient(config: WpsConfig, dependencies: CalendarSystemDependencies): WpsClient {
  const http = createUpstreamHttp({ ...dependencies, system: WPS_SYSTEM });
  const app = { id: config.appId, secret: config.appSecret };
  const secret = app.secret.reveal();

  const fetchToken = (call: UpstreamCall): Promise<FreshToken> =>
    http.send(
      {
        operation: 'token',
        method: 'POST',
        url: `${config.baseUrl}/oauth2/token`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        text: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: app.id,
          client_secret: secret,
        }).toString(),
        employeeNumber: null,
        idempotent: true,
        confidential: [secret],
        judge: judgeToken,
      },
      call,
    );
  const early = (lifetimeSeconds: number) => Math.min(EARLY_SECONDS, lifetimeSeconds * LATEST_SHARE);
  const tokens = createTokenCache(fetchToken, undefined, early);
  // The path that a private deployment stands behind is taken off before signing (upstream-apis.md §5.1).
  const prefix = new URL(config.baseUrl).pathname.replace(/\/$/, '');

  function exchange<Data>(request: WpsRequest<Data>, token: string, call: UpstreamCall): Promise<Data> {
    const { method, operation, idempotent, pathTemplate } = request;
    const query = request.query === undefined ? '' : `?${encodeQuery(request.query)}`;
    const url = `${config.baseUrl}${request.path}${query}`;
    const text = request.body === undefined ? '' : JSON.stringify(request.body);
    const { pathname, search } = new URL(url);
    const uri = `${pathname.slice(prefix.length)}${search}`;
    return http.send(
      {
        operation,
        method,
        url,
        pathTemplate,
        headers: {
          Authorization: `Bearer ${token}`,
          ...signatureHeaders(app, { method, uri, body: text, at: new Date() }),
          ...(request.externalIds === true && { 'X-Kso-Id-Type': 'external' }),
        },
        ...(text !== '' && { text }),
        employeeNumber: null,
        idempotent,
        confidential: [token, secret],
        judge: judgeData(request.schema),
      },
      call,
    );
  }

  return {
    send: (request, call) =>
      withToken(tokens, {
        signal: call.signal,
        isRefused: isTokenRefused,
        work: (token) => exchange(request, token, call),
      }),
    renewToken: (signal) => tokens.renew(signal),
    tokenRemainingMs: () => tokens.remainingMs(),
    forgetRefusal: () => tokens.forgetRefusal(),
    close() {
      tokens.close();
      http.close();
    },
  };
}

/** As it goes over the wire and into the signature; `+` is always `%2B`. */
function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}
