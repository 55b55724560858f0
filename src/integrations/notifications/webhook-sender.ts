import { lookup as resolveName } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isCertificateError } from '../../domain/errors/certificate-errors.ts';
import {
  isAddress,
  isLoopbackHost,
  judgeAddress,
  withoutBrackets,
} from '../../domain/notifications/address.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { DeliveryFailed, type WebhookSender } from './senders.ts';

/** Connecting, sending and the whole answer; a receiver answers first and works afterwards. */
export const WEBHOOK_TIMEOUT_MS = 10_000;
/** Nothing of the answer but its status is used; what is longer is cut. */
const ANSWER_MAX_BYTES = 64 * 1_024;

/** Resolves a name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const resolveAll: Resolve = (host) => resolveName(host, { all: true });

/**
 * Posts to receivers: one connection each, no redirects, everything limited. A name is resolved once, its addresses
 * are judged, and the socket goes to a judged one, so that no second look-up can lead elsewhere.
 */
export function createWebhookSender(
  options: { readonly timeoutMs?: number; readonly resolve?: Resolve } = {},
): WebhookSender {
  const { timeoutMs = WEBHOOK_TIMEOUT_MS, resolve = resolveAll } = options;
  return {
    async send({ url, headers, body }) {
      const target = new URL(url);
      refuseAddress(target);
      const answer = await exchange({ target, headers, body, timeoutMs, resolve });
      const { status } = answer;
      if (status >= 200 && status < 300) return { status };
      const parameters = { host: target.host, status };
      const code = status >= 300 && status < 400 ? 'WEBHOOK_REDIRECT' : 'WEBHOOK_ANSWERED';
      throw new DeliveryFailed({ code, parameters, ...answer });
    },
  };
}

interface Exchange {
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly resolve: Resolve;
}

interface Answer {
  readonly status: number;
  readonly retryAfterMs: number | null;
}

async function exchange(options: Exchange): Promise<Answer> {
  const { target, timeoutMs } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await post(options, signal);
  } catch (error) {
    if (error instanceof DeliveryFailed) throw error;
    const { host } = target;
    if (signal.aborted) {
      const parameters = { host, seconds: Math.ceil(timeoutMs / 1_000) };
      throw new DeliveryFailed({ code: 'WEBHOOK_TIMEOUT', parameters }, error);
    }
    throw new DeliveryFailed(
      {
        code: 'WEBHOOK_UNREACHABLE',
        parameters: { host, detail: detailOf(error), ...untrusted(detailOf(error)) },
      },
      error,
    );
  }
}

function untrusted(detail: string): { readonly variant?: string } {
  return isCertificateError(detail) ? { variant: 'CERTIFICATE' } : {};
}

function post({ target, headers, body, resolve: addresses }: Exchange, signal: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const request: ClientRequest = send(target, {
    method: 'POST',
    agent: false,
    signal,
    lookup: judgedLookup(target, addresses),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'accountsync',
      ...headers,
    },
  });
  request.on('error', reject);
  request.on('response', (response) => {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], new Date());
    const end = () => resolve({ status: response.statusCode ?? 0, retryAfterMs });
    readAway(response, { end, failed: reject });
  });
  request.end(body);
  return promise;
}

/** Reads an answer to its end, or to the limit: then the status is all there is to know, and the socket goes. */
function readAway(
  response: IncomingMessage,
  { end, failed }: { readonly end: () => void; readonly failed: (error: unknown) => void },
): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= ANSWER_MAX_BYTES) return;
    end();
    response.destroy();
  });
  response.on('end', end);
  response.on('error', failed);
}

/** An address in the URL itself is never looked up. */
function refuseAddress({ hostname, host }: URL): void {
  const address = withoutBrackets(hostname);
  if (isAddress(address) && judgeAddress(address) === 'never') throw addressRefused(host, address);
}

function judgedLookup(target: URL, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const refused = found.find(({ address }) => !isPermitted(target.hostname, address));
        const [first] = found;
        if (refused !== undefined) callback(addressRefused(target.host, refused.address), '');
        else if (first === undefined) callback(new Error('ENOTFOUND'), '');
        else if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

/** This machine is only reached under a name that says so: else a stranger's name would open our own doors. */
function isPermitted(host: string, address: string): boolean {
  const verdict = judgeAddress(address);
  return verdict === 'anything' || (verdict === 'loopback' && isLoopbackHost(host));
}

function addressRefused(host: string, address: string): DeliveryFailed {
  return new DeliveryFailed({ code: 'WEBHOOK_ADDRESS_REFUSED', parameters: { host, address } });
}

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 100);
}
