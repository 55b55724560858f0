import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../secret.ts';

/** The one Content-Type of the open platform: signed and sent on every call, GET too (upstream-apis.md §5.2, §9). */
export const CONTENT_TYPE = 'application/json';

/** The parts of a request that a KSO-1 signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, exactly as sent. */
  readonly uri: string;
  /** The bytes as sent; empty where there is no body. */
  readonly body: string;
  readonly at: Date;
}

/** The headers that sign a request: KSO-1 over the exact bytes and the exact URI with its query. */
export function signatureHeaders(
  app: { readonly id: string; readonly secret: Secret },
  request: SignedRequest,
): Record<string, string> {
  const { method, uri, body, at } = request;
  const date = at.toUTCString();
  const bodyHash = body === '' ? '' : createHash('sha256').update(body, 'utf8').digest('hex');
  const signature = createHmac('sha256', app.secret.reveal())
    .update(`KSO-1${method}${uri}${CONTENT_TYPE}${date}${bodyHash}`)
    .digest('hex');
  return {
    'Content-Type': CONTENT_TYPE,
    'X-Kso-Date': date,
    'X-Kso-Authorization': `KSO-1 ${app.id}:${signature}`,
  };
}
