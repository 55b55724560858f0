import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { PlayedRequest } from '../playing/played-system.ts';

/** How far a caller's clock may be off; the real limit is not documented. */
const SKEW_MS = 15 * 60_000;

/** The problem with a KSO-1 signature, checked over the bytes and the address as they came; null when it is valid. */
export function signatureProblem(
  request: PlayedRequest,
  app: { readonly appId: string; readonly appSecret: string },
): string | null {
  const { headers, method, uri, bytes } = request;
  const type = headers['content-type'] ?? '';
  if (type !== 'application/json') return `Content-Type is ${type === '' ? 'missing' : type}`;
  const date = String(headers['x-kso-date'] ?? '');
  if (new Date(date).toUTCString() !== date) return 'X-Kso-Date is no RFC 1123 date';
  if (Math.abs(Date.parse(date) - Date.now()) > SKEW_MS) return 'X-Kso-Date is too far off';
  const hash = bytes.length === 0 ? '' : createHash('sha256').update(bytes).digest('hex');
  const expected = createHmac('sha256', app.appSecret)
    .update(`KSO-1${method}${uri}${type}${date}${hash}`)
    .digest('hex');
  const given = Buffer.from(String(headers['x-kso-authorization'] ?? ''));
  const right = Buffer.from(`KSO-1 ${app.appId}:${expected}`);
  return given.length === right.length && timingSafeEqual(given, right) ? null : 'signature mismatch';
}
