import { z } from 'zod';
import type { VendorAnswer } from '../contract/errors.ts';
import { codeField, secondsField, textField } from '../http/answer-fields.ts';
import type { HttpAnswer, Verdict } from '../http/http.ts';
import type { FreshToken } from '../http/token.ts';

const TOKEN_LIFETIME_SECONDS = 7_200;
/** Codes that ask for a new token (upstream-apis.md §5.6). */
const TOKEN_CODES = new Set(['400001001', '400001005', '400001006']);
/** A refused signature is not the fault of one item: nothing will be accepted. */
const PERMISSION_CODES = new Set(['30003', '10003', '403']);
const THROTTLE_CODES = new Set(['30002', '429']);
const SERVER_CODES = new Set(['30004', '500']);

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: secondsField });
const envelope = z.object({ code: codeField, msg: textField.optional(), message: textField.optional() });
const dataOf = z.object({ data: z.unknown() });

/** The token call answers without an envelope; any other answer is about our credentials. */
export function judgeToken({ status, body }: HttpAnswer): Verdict<FreshToken> {
  const token = tokenAnswer.safeParse(body).data;
  if (token !== undefined && status < 300) {
    const lifetimeSeconds = token.expires_in ?? TOKEN_LIFETIME_SECONDS;
    return { kind: 'answer', answer: { token: token.access_token, lifetimeSeconds } };
  }
  const told = envelope.safeParse(body).data;
  if (told === undefined || status >= 500) return { kind: 'unknown' };
  const vendor = vendorOf(told);
  return {
    kind: 'failure',
    failure: 'credentials',
    code: 'UPSTREAM_CREDENTIALS',
    reason: 'token refused',
    vendor,
  };
}

/**
 * Judges an answer in the envelope `{code, msg, data}`. Success is code 0, never the status alone. A calendar id that
 * WPS does not know comes as HTTP 400, anything else unknown as 404: both are MISSING_REMOTE.
 */
export function judgeData<Data>(schema: z.ZodType<Data>): (answer: HttpAnswer) => Verdict<Data> {
  return ({ status, body }) => {
    const told = envelope.safeParse(body).data;
    const vendor: VendorAnswer = told === undefined ? {} : vendorOf(told);
    if (status === 404 || (status === 400 && /calendar\s*id/i.test(vendor.message ?? '')))
      return { kind: 'failure', failure: 'permanent', code: 'MISSING_REMOTE', reason: 'gone', vendor };
    if (told === undefined) return { kind: 'unknown' };
    const reason = `code ${told.code}`;
    if (TOKEN_CODES.has(told.code))
      return { kind: 'failure', failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED', reason, vendor };
    if (PERMISSION_CODES.has(told.code))
      return { kind: 'failure', failure: 'credentials', code: 'UPSTREAM_CREDENTIALS', reason, vendor };
    if (THROTTLE_CODES.has(told.code))
      return { kind: 'failure', failure: 'throttled', code: 'UPSTREAM_THROTTLED', reason, vendor };
    if (status >= 500) return { kind: 'unknown', vendor };
    if (SERVER_CODES.has(told.code))
      return { kind: 'failure', failure: 'effect-unknown', code: 'UPSTREAM_SERVER_ERROR', reason, vendor };
    if (told.code !== '0' || status >= 300)
      return { kind: 'failure', failure: 'permanent', code: 'UPSTREAM_CALL_REJECTED', reason, vendor };
    const data = schema.safeParse(dataOf.safeParse(body).data?.data ?? {});
    return data.success ? { kind: 'answer', answer: data.data } : { kind: 'unknown', vendor };
  };
}

function vendorOf(told: z.output<typeof envelope>): { code: string; message?: string } {
  const message = told.msg ?? told.message;
  return { code: told.code, ...(message !== null && message !== undefined && { message }) };
}

const calendar = z.object({ id: z.string().min(1), summary: textField });
const permission = z.object({ id: z.string().min(1), user_id: z.coerce.string(), role: z.string() });
const moment = z.object({ datetime: z.string().optional(), date: z.string().optional() }).nullish();
const event = z.object({
  id: z.string().min(1),
  summary: textField,
  description: textField.optional(),
  start_time: moment,
  end_time: moment,
  locations: z.array(z.object({ name: textField })).nullish(),
  status: textField.optional(),
});
const user = z.object({ id: textField, ex_user_id: z.coerce.string() });

/** Some answers spell it `Items`, and empty lists may lack it (upstream-apis.md §5.3, §9). */
function listOf<Item extends z.ZodType>(item: Item) {
  const items = z.array(item).nullish();
  return z.object({ items, Items: items, next_page_token: textField.optional() }).transform((page) => ({
    items: page.items ?? page.Items ?? [],
    nextPageToken: page.next_page_token ?? null,
  }));
}

export const answers = {
  calendar,
  calendars: listOf(calendar),
  permission,
  permissions: listOf(permission),
  event,
  events: listOf(event),
  users: listOf(user),
  nothing: z.unknown().transform(() => null),
} as const;

export type EventAnswer = z.output<typeof event>;
export type PermissionAnswer = z.output<typeof permission>;
