import type { Conflict } from '../../../domain/calendar/conflicts.ts';
import type { RefusedLesson } from '../../../domain/calendar/plan-blocks.ts';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { NewRunItem } from '../../runs/run-record.ts';

/** A row of the timetable that was not taken, and why. */
export function refusedItem({ key, problem, row }: RefusedLesson): NewRunItem {
  return {
    key,
    outcome: 'SKIPPED',
    error: {
      code: problem,
      parameters: {
        offering: row.offering,
        date: row.date,
        period: row.period,
        start: row.startsAt,
        end: row.endsAt,
      },
    },
    payload: {},
  };
}

/** Something in two places at once. */
export function conflictItem(conflict: Conflict): NewRunItem {
  const { kind, subject, date, start, end, blocks, students } = conflict;
  return {
    key: `conflict:${kind.toLowerCase()}:${subject}:${date}T${start}`,
    outcome: 'CONFLICTING',
    error: { code: 'CALENDAR_CONFLICT', parameters: { subject, date, start, end, blocks } },
    payload: { kind, ...(students !== null && { students }) },
  };
}

/** An effect at WPS that a run had, or a dry run would have. */
export function effectItem(
  subject: 'calendar' | 'event' | 'member',
  key: string,
  outcome: RunItemOutcome,
  payload: Readonly<Record<string, unknown>> = {},
): NewRunItem {
  return { key: `${subject}:${key}`, outcome, error: null, payload };
}

/** Item of a person whom the directory does not know. */
export function missingItem(offering: string, userNo: string): NewRunItem {
  return {
    key: `member:${offering}:${userNo}`,
    outcome: 'SKIPPED',
    error: { code: 'USER_MISSING', parameters: { userNo, offering } },
    payload: {},
  };
}
