import { z } from 'zod';
import { codeField, secondsField, textField } from '../http/answer-fields.ts';
import type { HttpAnswer, Verdict } from '../http/http.ts';
import { isServerCode, isSuccess, meaningOfHttpCode } from '../http/http-codes.ts';
import type { FreshToken } from '../http/token.ts';

/** A person as the lookup shows them. */
export interface IdaasUser {
  readonly employeeNumber: string;
  readonly userName: string;
  readonly email: string | null;
}

/** Result of an onboarding; `exists` keeps the vendor's sentence, which may say what is taken. */
export type IdaasOnboarding =
  | { readonly status: 'created'; readonly userId: string | null }
  | { readonly status: 'exists'; readonly message: string };

/** The documented life of a token; used only when the answer does not say. */
const TOKEN_LIFETIME_SECONDS = 86_399;

const envelope = z.object({ code: codeField, message: textField });
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: secondsField });
const onboardingAnswer = z.object({ data: z.object({ userId: textField }) });
const user = z.object({
  employeeNumber: z.coerce.string().min(1),
  userName: z.string().min(1),
  email: textField,
});
const lookupAnswer = z.object({ data: z.object({ userInfo: user.nullish() }).nullish() });

/** The answer of the enterprise token call; any refusal is about our credentials, never about a task. */
export function judgeToken({ status, body }: HttpAnswer): Verdict<FreshToken> {
  const answer = envelope.safeParse(body).data;
  if (answer === undefined) return { kind: 'unknown' };
  const vendor = vendorOf(answer);
  if (isSuccess(status) && ['200', '201'].includes(answer.code)) {
    const token = tokenAnswer.safeParse(body).data;
    if (token === undefined) return { kind: 'unknown', vendor };
    const lifetimeSeconds = token.expires_in ?? TOKEN_LIFETIME_SECONDS;
    return { kind: 'answer', answer: { token: token.access_token, lifetimeSeconds } };
  }
  if (!isSuccess(status) || isServerCode(answer.code)) return byCode(answer, { status });
  return {
    kind: 'failure',
    failure: 'credentials',
    code: 'UPSTREAM_CREDENTIALS',
    reason: 'token refused',
    vendor,
  };
}

/** The answer of an onboarding; `existsCodes` are the operator's, as no public record names them. */
export function judgeOnboarding(
  { status, body }: HttpAnswer,
  existsCodes: ReadonlySet<string>,
): Verdict<IdaasOnboarding> {
  const answer = envelope.safeParse(body).data;
  if (status === 409 || (answer !== undefined && existsCodes.has(answer.code))) {
    return { kind: 'answer', answer: { status: 'exists', message: answer?.message ?? '' } };
  }
  if (answer === undefined) return { kind: 'unknown' };
  if (isSuccess(status) && answer.code === '201') {
    const userId = onboardingAnswer.safeParse(body).data?.data.userId ?? null;
    return { kind: 'answer', answer: { status: 'created', userId } };
  }
  return byCode(answer, { status });
}

/** The answer of the look-up; null: no user. */
export function judgeLookup({ status, body }: HttpAnswer): Verdict<IdaasUser | null> {
  if (status === 404) return { kind: 'answer', answer: null };
  const answer = envelope.safeParse(body).data;
  const found = lookupAnswer.safeParse(body);
  if (isSuccess(status) && answer?.code === '200' && found.success) {
    return { kind: 'answer', answer: found.data.data?.userInfo ?? null };
  }
  if (isSuccess(status) && answer?.code === '404') return { kind: 'answer', answer: null };
  if (answer === undefined || answer.code === '200') return { kind: 'unknown' };
  return byCode(answer, { status });
}

/** A body code that is no success: codes that look like HTTP statuses mean what those mean. */
function byCode(answer: z.infer<typeof envelope>, { status }: { readonly status: number }): Verdict<never> {
  const vendor = vendorOf(answer);
  if (!isSuccess(status)) return { kind: 'unknown', vendor };
  return {
    kind: 'failure',
    ...meaningOfHttpCode(answer.code, answer.message),
    reason: `code ${answer.code}`,
    vendor,
  };
}

function vendorOf(answer: z.infer<typeof envelope>) {
  return { code: answer.code, ...(answer.message === null ? {} : { message: answer.message }) };
}
