import { type PlayedAnswer, type PlayedRequest, refused } from '../playing/played-system.ts';

/** Largest page of calendars and permissions, and the default (upstream-apis.md §5.3, §9). */
export const SMALL_PAGE = 20;

/** A call as the handler of its address gets it. */
export interface WpsCall {
  readonly request: PlayedRequest;
  readonly query: URLSearchParams;
  /** Ids in the path. */
  readonly ids: readonly string[];
}

export function done(data: unknown, outcome: string): PlayedAnswer {
  return { status: 200, body: { code: 0, msg: '', data }, outcome, applied: true };
}

export function found(data: unknown): PlayedAnswer {
  return { status: 200, body: { code: 0, msg: '', data }, outcome: 'found', applied: false };
}

/** A page of a list; an empty one lacks `items`, the last one has an empty token (§9). */
export function listed(
  items: readonly unknown[],
  page: { readonly query: URLSearchParams; readonly largest: number },
): PlayedAnswer {
  const size = Number(page.query.get('page_size') ?? SMALL_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > page.largest) return badParameter('page_size');
  const from = Number(page.query.get('page_token') ?? 0);
  const part = items.slice(from, from + size);
  const next = from + size < items.length ? String(from + size) : '';
  return found({ ...(part.length > 0 && { items: part }), next_page_token: next });
}

export function badParameter(name: string): PlayedAnswer {
  return wpsRefusal(400, '400000004', `invalid parameter ${name}`);
}

export function wpsRefusal(status: number, code: string, msg: string): PlayedAnswer {
  return refused(status, code, { code: Number(code), msg });
}
