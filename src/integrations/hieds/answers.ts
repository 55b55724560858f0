import { z } from 'zod';
import type { HrPage } from '../contract/hr-source.ts';
import { codeField, secondsField, textField } from '../http/answer-fields.ts';
import type { HttpAnswer, Verdict } from '../http/http.ts';
import { isSuccess, meaningOfHttpCode } from '../http/http-codes.ts';
import type { Failure } from '../http/http-failure.ts';
import type { FreshToken } from '../http/token.ts';
import { readPersonRow } from './person-row.ts';

/** The life of a project token is not documented; the first AccountSync took a new one for every run. */
const TOKEN_LIFETIME_SECONDS = 1_800;

const envelope = z.object({ code: codeField.optional(), status: codeField.optional(), message: textField });
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: secondsField });
const pageAnswer = z.object({
  data: z.object({
    result: z.array(z.unknown()),
    pageInfo: z.object({ totalPages: z.coerce.number().int().nonnegative() }),
  }),
});

/** The answer of the project token call; any refusal is about our credentials. */
export function judgeToken({ status, body }: HttpAnswer): Verdict<FreshToken> {
  const code = codeOf(body);
  if (code === null || !isSuccess(status)) return { kind: 'unknown' };
  const vendor = vendorOf(body, code);
  if (code === '200' || code === '201') {
    const token = tokenAnswer.safeParse(body).data;
    if (token === undefined) return { kind: 'unknown', vendor };
    const lifetimeSeconds = token.expires_in ?? TOKEN_LIFETIME_SECONDS;
    return { kind: 'answer', answer: { token: token.access_token, lifetimeSeconds } };
  }
  const meaning = meaningOfHttpCode(code);
  const refusal: Pick<Failure, 'failure' | 'code'> =
    meaning.failure === 'effect-unknown' || meaning.failure === 'throttled'
      ? meaning
      : { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS' };
  return { kind: 'failure', ...refusal, reason: `token refused, code ${code}`, vendor };
}

/** A page of people. A page that is empty though more follow is no page: it must not be taken for the end. */
export function judgePage({ status, body }: HttpAnswer, page: number): Verdict<HrPage> {
  const code = codeOf(body);
  if (code === null || !isSuccess(status)) return { kind: 'unknown' };
  const vendor = vendorOf(body, code);
  if (code !== '200' && code !== '201') {
    return { kind: 'failure', ...meaningOfHttpCode(code), reason: `status ${code}`, vendor };
  }
  const data = pageAnswer.safeParse(body).data?.data;
  if (data === undefined) return { kind: 'unknown' };
  const { result, pageInfo } = data;
  if (result.length === 0 && page < pageInfo.totalPages) return { kind: 'unknown' };
  const rows = result.map((row, index) => readPersonRow(row, `${page}/${index + 1}`));
  return {
    kind: 'answer',
    answer: {
      people: rows.flatMap(({ person }) => (person === null ? [] : [person])),
      problems: rows.flatMap(({ problems }) => problems),
      rowCount: result.length,
      totalPages: pageInfo.totalPages,
    },
  };
}

/** Pages say `status`, tokens say `code`; whichever is there. */
function codeOf(body: unknown): string | null {
  const answer = envelope.safeParse(body).data;
  return answer?.status ?? answer?.code ?? null;
}

function vendorOf(body: unknown, code: string) {
  const message = envelope.safeParse(body).data?.message ?? null;
  return { code, ...(message === null ? {} : { message }) };
}
