import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { type CalendarRunContext, readSource } from '../kit/run-context.ts';
import { SystemFailure } from '../kit/wps-access.ts';

/** A term that the timetable has nothing of is a slip, or a broken source: nothing is concluded from it. */
export async function checkTerm(context: CalendarRunContext): Promise<void> {
  const lessons = await readSource(context, () => context.source.countLessons(context.term.code));
  if (lessons > 0) return;
  const error = { code: 'TERM_EMPTY', parameters: { term: context.term.code } };
  throw new SystemFailure(error, { cause: new Error('no lesson') });
}

/** Checks that the tables can be read. That marks cannot be written is reported, but not fatal. */
export async function checkSource(context: CalendarRunContext): Promise<StoredError | null> {
  const { unreadable, markProblem } = await readSource(context, () => context.source.check());
  if (unreadable.length > 0) {
    const error = { code: 'TIMETABLE_UNREADABLE', parameters: { tables: unreadable } };
    throw new SystemFailure(error, { cause: new Error(unreadable.join(', ')) });
  }
  if (markProblem === null || !context.settings.get('timetable_write_back')) return null;
  return { code: 'TIMETABLE_NOT_MARKED', parameters: { detail: markProblem } };
}
