import { sql } from 'kysely';
import { outsideTransaction } from '../../entities/transaction.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { type StartContext, startCalendarRun } from './start-calendar-run.ts';

/**
 * Starts a scheduled run for every open term that has calendars. A term that is busy, or was closed meanwhile, is
 * left for the next firing. Safe to run twice: a start of the same kind joins.
 */
export async function startScheduled(
  { schedule }: { readonly schedule: 'calendar_incremental' | 'calendar_reconciliation' },
  context: Omit<StartContext, 'principal'> & { readonly settings: LiveSettings },
): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select code from term t where status = 'OPEN' and exists (select 1 from course_calendar c where c.term_id = t.id)
    order by code`.execute(outsideTransaction(context.em.fork()));
  const incremental = schedule === 'calendar_incremental';
  if (incremental && context.settings.get('calendar_incremental_interval_minutes') === 0) return;
  for (const { code } of rows)
    await startCalendarRun(
      { ...context, principal: null },
      {
        term: code,
        kind: incremental ? 'CALENDAR_INCREMENTAL' : 'CALENDAR_RECONCILIATION',
        mode: incremental ? 'RUN' : context.settings.get('calendar_reconciliation_mode'),
        trigger: 'SCHEDULED_TASK',
        userType: 'ALL',
        userNo: null,
      },
    );
}
