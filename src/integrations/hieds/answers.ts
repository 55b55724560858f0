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
/** An empty page has a list that is empty, null or missing, depending on the version. */
const pageAnswer = z.object({
  data: z
    .object({
      result: z.array(z.unknown()).nullish(),
      pageInfo: z
        .object({
          totalPages: z.unknown().optional(),
          totalCount: z.unknown().optional(),
          total: z.unknown().optional(),
          totalRecords: z.unknown().optional(),
        })
        .nullish()
        .catch(null),
    })
    .nullish(),
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
  const answer = pageAnswer.safeParse(body);
  if (!answer.success) return { kind: 'unknown' };
  const result = answer.data.data?.result ?? [];
  const pageInfo = answer.data.data?.pageInfo;
  const totalPages = readCount(pageInfo?.totalPages);
  const totalCount = readCount(pageInfo?.totalCount ?? pageInfo?.total ?? pageInfo?.totalRecords);
  if (result.length === 0 && isPromised({ page, totalPages, totalCount })) {
    const reason = `nobody on page ${page}, by totalPages ${totalPages} and totalCount ${totalCount} not the end`;
    return { kind: 'failure', failure: 'effect-unknown', code: 'UPSTREAM_GARBAGE', reason, vendor };
  }
  const rows = result.map((row, index) => readPersonRow(row, `${page}/${index + 1}`));
  return {
    kind: 'answer',
    answer: {
      people: rows.flatMap(({ person }) => (person === null ? [] : [person])),
      problems: rows.flatMap(({ problems }) => problems),
      rowCount: result.length,
      keys: rows.flatMap(({ key }) => (key === null ? [] : [key])),
      totalPages,
      totalCount,
    },
  };
}

/** Whether rows were to come with this page: none is no page then, and must not be taken for the end. */
function isPromised(counts: { page: number; totalPages: number | null; totalCount: number | null }): boolean {
  const { page, totalPages, totalCount } = counts;
  if (totalPages !== null && page < totalPages) return true;
  return page === 1 && (totalCount ?? 0) > 0;
}

/** A count as a number or as digits; null for anything else: what cannot be read is not nothing. */
function readCount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'string' || !/^\s*\d+(?:\.0+)?\s*$/.test(value)) return null;
  return readCount(Number(value));
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
