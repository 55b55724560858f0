import { z } from 'zod';
import type { ErrorParameters } from '../errors/error-entry.ts';
import { checkWebhookUrl, isUrlAllowed } from './webhook-url.ts';

/** Mail addresses one request may name. */
export const NOTIFY_EMAILS_MAX = 10;
const EMAIL_MAX_LENGTH = 254;

/** Whom a request tells when it is finished, as the API takes it. */
export interface NotifyInput {
  readonly emails?: readonly string[] | null | undefined;
  readonly webhookUrl?: string | null | undefined;
}

/** The same in one form; where nothing is given there is none. */
export interface Notify {
  /** In input order. */
  readonly emails: readonly string[];
  readonly webhookUrl: string | null;
}

/** A problem with one entry; the path is relative to `notify`. */
export interface NotifyProblem {
  readonly code: 'INVALID' | 'TOO_MANY';
  readonly parameters: ErrorParameters;
  readonly path: readonly string[];
}

const email = z.email().max(EMAIL_MAX_LENGTH);

/** True for an address that mail can be sent to. */
export function isEmailAddress(text: string): boolean {
  return email.safeParse(text).success;
}

/** One form for key, fingerprint and storing; refuses nothing. A URL in its one form, or as it came when it is none. */
export function normaliseNotify(input: NotifyInput | null | undefined): Notify | null {
  const emails = (input?.emails ?? []).map((text) => text.trim());
  const given = input?.webhookUrl?.trim() ?? '';
  const checked = checkWebhookUrl(given, 'any');
  const webhookUrl = given === '' ? null : 'url' in checked ? checked.url : given;
  return emails.length === 0 && webhookUrl === null ? null : { emails, webhookUrl };
}

/** Its addresses as a set: case does not tell two apart. */
export function recipientsOf({ emails }: Notify): string[] {
  return [...new Map(emails.map((address) => [address.toLowerCase(), address])).values()];
}

/** Where webhooks of requests may point: Settings `notify_webhook_allowlist`, `webhook_http_hosts`. */
export interface WebhookRules {
  readonly allowlist: readonly string[];
  readonly httpHosts: readonly string[];
}

/** Everything wrong with it under the Settings. */
export function checkNotify(notify: Notify | null, { allowlist, httpHosts }: WebhookRules): NotifyProblem[] {
  if (notify === null) return [];
  const { emails, webhookUrl } = notify;
  const problems: NotifyProblem[] = [];
  if (emails.length > NOTIFY_EMAILS_MAX) {
    const parameters = { variant: 'LIST', count: emails.length, limit: NOTIFY_EMAILS_MAX };
    problems.push({ code: 'TOO_MANY', parameters, path: ['emails'] });
  } else {
    for (const [position, address] of emails.entries())
      if (!isEmailAddress(address)) problems.push(invalid('EMAIL', ['emails', String(position)]));
  }
  if (webhookUrl === null) return problems;
  const checked = checkWebhookUrl(webhookUrl, httpHosts);
  if ('problem' in checked) problems.push(invalid(checked.problem, ['webhookUrl']));
  else if (!isUrlAllowed(checked.url, allowlist)) problems.push(invalid('URL_NOT_ALLOWED', ['webhookUrl']));
  return problems;
}

function invalid(variant: string, path: readonly string[]): NotifyProblem {
  return { code: 'INVALID', parameters: { variant }, path };
}
