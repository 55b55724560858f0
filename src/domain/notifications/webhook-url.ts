import { isAddress, isLoopbackHost, judgeAddress, withoutBrackets } from './address.ts';

/** Longer ones are a mistake. */
export const WEBHOOK_URL_MAX_LENGTH = 2_000;

/** Why nothing is sent to a URL; a key of `INVALID.…` in the error catalogue. */
export type WebhookUrlProblem = 'URL' | 'URL_SCHEME' | 'URL_ADDRESS' | 'URL_CREDENTIALS';

/**
 * Checks a URL for events; returns its normal form (no fragment) or the problem: https, or http to loopback and to the
 * hosts of the Setting `webhook_http_hosts`; no forbidden address. Names are judged again when they are resolved, right
 * before sending.
 */
export function checkWebhookUrl(
  text: string,
  httpHosts: readonly string[] | 'any',
): { readonly url: string } | { readonly problem: WebhookUrlProblem } {
  const url = text.length <= WEBHOOK_URL_MAX_LENGTH ? URL.parse(text.trim()) : null;
  if (url === null) return { problem: 'URL' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBeHttp(url, httpHosts)))
    return { problem: 'URL_SCHEME' };
  if (url.username !== '' || url.password !== '') return { problem: 'URL_CREDENTIALS' };
  const host = withoutBrackets(url.hostname);
  if (isAddress(host) && judgeAddress(host) === 'never') return { problem: 'URL_ADDRESS' };
  url.hash = '';
  return url.href.length <= WEBHOOK_URL_MAX_LENGTH ? { url: url.href } : { problem: 'URL' };
}

function mayBeHttp({ host, hostname }: URL, httpHosts: readonly string[] | 'any'): boolean {
  if (httpHosts === 'any' || isLoopbackHost(hostname)) return true;
  return httpHosts.some((entry) => [host, hostname].includes(entry.toLowerCase()));
}

/** True when `url` lies at or below `prefix`: same scheme, host and port, and the path by whole segments. */
export function isUrlWithin(url: string, prefix: string): boolean {
  const inner = URL.parse(url);
  const outer = URL.parse(prefix);
  if (inner === null || outer === null || inner.origin !== outer.origin) return false;
  const base = outer.pathname.replace(/\/$/, '');
  return inner.pathname === base || inner.pathname.startsWith(`${base}/`);
}

/**
 * True when the Setting `notify_webhook_allowlist` permits the URL. An entry is a URL (everything at or below it) or
 * a host, with a port (that one) or without (any).
 */
export function isUrlAllowed(url: string, allowlist: readonly string[]): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  return allowlist.some((entry) => {
    if (entry.includes('://')) return isUrlWithin(url, entry);
    const host = entry.toLowerCase();
    return host === parsed.host || host === parsed.hostname;
  });
}
