import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** Counts unchanged rows, and reports people whom the directory does not know. */
export async function countUnchanged(context: CalendarRunContext): Promise<void> {
  const { recorder, run, term } = context;
  const { rows } = await sql<{ calendars: number; events: number; members: number; missing: number }>`
    select
      (select count(*)::int from course_calendar where term_id = ${term.id}::bigint and state = 'ACTIVE') as calendars,
      (select count(*)::int from lesson_block where term_id = ${term.id}::bigint and removed_at is null
        and event_state = 'SYNCED') as events,
      (select count(*)::int from calendar_member m join course_calendar c on c.id = m.calendar_id
        where c.term_id = ${term.id}::bigint and m.state = 'ACTIVE') as members,
      (select count(*)::int from calendar_member m join course_calendar c on c.id = m.calendar_id
        where c.term_id = ${term.id}::bigint and m.state = 'USER_MISSING') as missing`.execute(
    outsideTransaction(context.em.fork()),
  );
  const [now] = rows;
  if (now === undefined) return;
  const { summary } = recorder;
  for (const subject of ['calendars', 'events', 'members'] as const) {
    const { created, updated } = summary[subject];
    summary[subject].unchanged = Math.max(0, now[subject] - created - updated);
  }
  summary.members.missing = now.missing;
  await recorder.transaction(async (tx) => {
    await sql`
      delete from run_item where run_id = ${run.id}::bigint and outcome = 'SKIPPED' and error_code = 'USER_MISSING'`.execute(
      tx,
    );
    await sql`
      insert into run_item (run_id, item_key, outcome, error_code, error_parameters)
      select ${run.id}::bigint, left('member:' || c.offering || ':' || m.user_no, 200), 'SKIPPED', 'USER_MISSING',
        jsonb_build_object('userNo', m.user_no, 'offering', c.offering)
      from calendar_member m join course_calendar c on c.id = m.calendar_id
      where c.term_id = ${term.id}::bigint and m.state = 'USER_MISSING' order by m.id limit 20000`.execute(
      tx,
    );
  });
}

/** Counts of the term as the last run that read it found them. */
export async function storeTermCounts(context: CalendarRunContext): Promise<void> {
  const { recorder, term } = context;
  await recorder.transaction(async (tx) => {
    await sql`
      update term t set updated_at = clock_timestamp(),
        lesson_count = ${recorder.summary.lessons}::int, refused_count = ${recorder.summary.rejected}::int
      where t.id = ${term.id}::bigint`.execute(tx);
  });
}
