import { z } from 'zod';
import { codeField, secondsField, textField } from '../http/answer-fields.ts';
import type { HttpAnswer, Verdict } from '../http/http.ts';
import { meaningOfWords } from '../http/meaning-of-words.ts';
import type { FreshToken } from '../http/token.ts';
import { type WelinkFailure, type WelinkSaying, welinkMeaning } from './codes.ts';

/** A person as `/contact/v2/user/detail` knows them. */
export interface WelinkUser {
  readonly corpUserId: string;
  readonly userId: string | null;
}

/** Result of `/contact/v1/user/create`. */
export type WelinkCreation =
  | { readonly status: 'created'; readonly userId: string | null }
  | { readonly status: 'exists' }
  | { readonly status: 'phone-taken' };

/** WeLink documents two hours; used only when the answer does not say. */
const TOKEN_LIFETIME_SECONDS = 7_200;

const envelope = z.object({ code: codeField, message: textField });
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: secondsField });
const createAnswer = z.object({ userId: textField });
const detail = z.object({ corpUserId: z.string().min(1), userId: textField });
/** Fields stand flat beside `code` or in `data`. */
const detailAnswer = z.union([z.object({ data: detail }).transform(({ data }) => data), detail]);

/** Any refusal of the token call is about our credentials, never about a task. */
export function judgeToken({ body }: HttpAnswer): Verdict<FreshToken> {
  const token = tokenAnswer.safeParse(body);
  const answer = envelope.safeParse(body);
  if (!answer.success) return { kind: 'unknown' };
  const vendor = vendorOf(answer.data);
  if (answer.data.code === '0') {
    if (!token.success) return { kind: 'unknown', vendor };
    const lifetimeSeconds = token.data.expires_in ?? TOKEN_LIFETIME_SECONDS;
    return { kind: 'answer', answer: { token: token.data.access_token, lifetimeSeconds } };
  }
  const meaning = welinkMeaning(answer.data.code);
  // Busy is busy; every other refusal of a token call is about our credentials (STYLE.md).
  if (isFailure(meaning) && (meaning.failure === 'throttled' || meaning.failure === 'effect-unknown')) {
    return { kind: 'failure', ...meaning, reason: `code ${answer.data.code}`, vendor };
  }
  return {
    kind: 'failure',
    failure: 'credentials',
    code: 'UPSTREAM_CREDENTIALS',
    reason: 'token refused',
    vendor,
  };
}

/** The answer of `/contact/v1/user/create`. */
export function judgeCreate(answer: HttpAnswer): Verdict<WelinkCreation> {
  return judge<WelinkCreation>(answer, (saying) => {
    switch (saying) {
      case 'ok':
        return { status: 'created', userId: createAnswer.safeParse(answer.body).data?.userId ?? null };
      case 'exists':
        return { status: 'exists' };
      case 'phone-taken':
        return { status: 'phone-taken' };
      case 'absent':
        return undefined;
    }
  });
}

/** The answer of `/contact/v2/user/detail`; null: no user. */
export function judgeDetail(answer: HttpAnswer): Verdict<WelinkUser | null> {
  const found = detailAnswer.safeParse(answer.body);
  return judge<WelinkUser | null>(answer, (saying) => {
    if (saying === 'absent') return null;
    return saying === 'ok' && found.success ? found.data : undefined;
  });
}

/** The answer of `/contact/v1/user/delete`; absent already is done. */
export function judgeRemove(answer: HttpAnswer): Verdict<'removed' | 'absent'> {
  return judge<'removed' | 'absent'>(answer, (saying) => {
    if (saying === 'absent') return 'absent';
    return saying === 'ok' ? 'removed' : undefined;
  });
}

/** Result of an update. */
export type WelinkUpdate = 'updated' | 'phone-taken';

/** The answers of `/contact/v1/user/update` and `/contact/v1/user/mobilenumber`. */
export function judgeUpdate(answer: HttpAnswer): Verdict<WelinkUpdate> {
  return judge<WelinkUpdate>(answer, (saying) => {
    if (saying === 'phone-taken') return 'phone-taken';
    return saying === 'ok' ? 'updated' : undefined;
  });
}

/** Reads the envelope; `read` says what a code means to this call, undefined when it makes no sense. */
function judge<Meaning>(
  { status, body }: HttpAnswer,
  read: (saying: WelinkSaying) => Meaning | undefined,
): Verdict<Meaning> {
  const answer = envelope.safeParse(body);
  if (!answer.success) return { kind: 'unknown' };
  const vendor = vendorOf(answer.data);
  const reason = `code ${answer.data.code}`;
  const meaning = welinkMeaning(answer.data.code);
  if (isFailure(meaning)) return { kind: 'failure', ...meaning, reason, vendor };
  const isSuccess = status >= 200 && status < 300;
  // "ok" beside an HTTP error, or a code that a gateway in between made up: the status knows better.
  if (!isSuccess && (meaning === null || meaning === 'ok')) return { kind: 'unknown', vendor };
  const understood = meaning === null ? undefined : read(meaning);
  if (understood !== undefined) return { kind: 'answer', answer: understood };
  // "ok" without the fields it promises is a body that does not parse.
  if (meaning === 'ok') return { kind: 'unknown', vendor };
  if (meaning !== null)
    return { kind: 'failure', failure: 'permanent', code: 'UPSTREAM_REJECTED', reason, vendor };
  // A code in no table: its words may say that it is about us. Else it is unlisted, and believed about one person only.
  const byWords = meaningOfWords(answer.data.message);
  if (byWords !== null) return { kind: 'failure', ...byWords, reason, vendor };
  const parameters = { unlisted: answer.data.code };
  return { kind: 'failure', failure: 'permanent', code: 'UPSTREAM_REJECTED', reason, vendor, parameters };
}

function isFailure(meaning: ReturnType<typeof welinkMeaning>): meaning is WelinkFailure {
  return typeof meaning === 'object' && meaning !== null;
}

function vendorOf(answer: z.infer<typeof envelope>) {
  return { code: answer.code, ...(answer.message === null ? {} : { message: answer.message }) };
}
