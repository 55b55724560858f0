import { UpstreamError } from '../contract/errors.ts';

/** Calendars and permissions come in pages of at most 20. */
export const SMALL_PAGE = '20';

/** Path of a calendar. */
export function calendarPath(calendarId: string): string {
  return `/v7/calendars/${encodeURIComponent(calendarId)}`;
}

/** Parameters that ask for a page; null: the first. */
export function pageQuery(size: string, page: string | null): Record<string, string> {
  return { page_size: size, ...(page !== null && { page_token: page }) };
}

/** Removes; an object that is gone already counts as removed. */
export async function goneIsDone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== 'MISSING_REMOTE') throw error;
  }
}
