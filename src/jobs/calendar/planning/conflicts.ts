import { sql } from 'kysely';
import { type Conflict, findConflicts, type PlacedBlock } from '../../../domain/calendar/conflicts.ts';
import { schoolMoment } from '../../../domain/calendar/lesson-times.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import type { MemberPlans } from './plan-enrolments.ts';
import { conflictItem } from './plan-items.ts';
import type { LessonPlans } from './plan-lessons.ts';

/** Most conflicts that one run stores as items; all are counted. */
const CONFLICT_ITEMS_MAX = 5_000;

/**
 * Finds people and rooms with two lessons at once and reports them; it stops nothing. A run also stores them, for the
 * API. `members`: in a dry run, the members that the planned offerings would have.
 */
export async function tellConflicts(
  context: CalendarRunContext,
  lessons: LessonPlans,
  members: MemberPlans,
): Promise<void> {
  const { recorder, run, term } = context;
  if (lessons.changed.length + members.changed.length === 0) return repeatConflicts(context);
  const blocks = await placedBlocks(context, lessons);
  const students = await studentsByOffering(context, members);
  const conflicts = findConflicts(blocks, (offering) => students.get(offering) ?? []);
  recorder.summary.conflicts = conflicts.length;
  await recorder.transaction(async (tx) => {
    await recorder.storeItems(tx, conflicts.slice(0, CONFLICT_ITEMS_MAX).map(conflictItem));
    if (run.mode === 'DRY_RUN') return;
    await sql`delete from timetable_conflict where term_id = ${term.id}::bigint`.execute(tx);
    await sql`
      insert into timetable_conflict (term_id, kind, subject, date, starts_at, ends_at, block_ids, students)
      select ${term.id}::bigint, kind, subject, date, starts_at, ends_at,
        array(select b.id from lesson_block b where b.term_id = ${term.id}::bigint and b.removed_at is null
          and b.external_id in (select json_array_elements_text(r.blocks)) order by b.id), students
      from json_to_recordset(${JSON.stringify(conflicts.map(rowOf))}::json) as r(kind text, subject text, date date,
        starts_at timestamptz, ends_at timestamptz, blocks json, students int)`.execute(tx);
    await sql`
      update term set conflict_count = ${conflicts.length}::int where id = ${term.id}::bigint`.execute(tx);
  });
}

/** Nothing changed since they were found. */
async function repeatConflicts({ recorder, term }: CalendarRunContext): Promise<void> {
  await recorder.transaction(async (tx) => {
    const { rows } = await sql<Omit<Conflict, 'blocks'> & { readonly blocks: string[] }>`
      select f.kind, f.subject, to_char(f.date, 'YYYY-MM-DD') as date, f.students,
        to_char(f.starts_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as start,
        to_char(f.ends_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as end,
        array(select b.external_id from lesson_block b where b.id = any(f.block_ids) order by b.id) as blocks
      from timetable_conflict f where f.term_id = ${term.id}::bigint order by f.id`.execute(tx);
    recorder.summary.conflicts = rows.length;
    const items = rows
      .slice(0, CONFLICT_ITEMS_MAX)
      .map(({ blocks: [one = '', other = ''], ...conflict }) =>
        conflictItem({ ...conflict, blocks: [one, other] }),
      );
    await recorder.storeItems(tx, items);
  });
}

function rowOf({ kind, subject, date, start, end, blocks, students }: Conflict) {
  return {
    kind,
    subject,
    date,
    starts_at: schoolMoment(date, start),
    ends_at: schoolMoment(date, end),
    blocks,
    students,
  };
}

/** Stored blocks, with planned ones in place of those of their offerings. */
async function placedBlocks(context: CalendarRunContext, { plans }: LessonPlans): Promise<PlacedBlock[]> {
  const { rows } = await sql<PlacedBlock>`
    select b.external_id as key, c.offering, to_char(b.date, 'YYYY-MM-DD') as date,
      to_char(b.starts_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as start,
      to_char(b.ends_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as end, b.building, b.rooms,
      array(select t->>'userNo' from jsonb_array_elements(b.teachers) t) as teachers
    from lesson_block b join course_calendar c on c.id = b.calendar_id
    where b.term_id = ${context.term.id}::bigint and b.removed_at is null`.execute(
    outsideTransaction(context.em.fork()),
  );
  const planned = [...plans.values()].flatMap(({ offering, blocks }) =>
    blocks.map(
      ({ externalId, date, start, end, building, rooms, teachers }): PlacedBlock => ({
        key: externalId,
        offering,
        date,
        start,
        end,
        building,
        rooms,
        teachers: teachers.map(({ userNo }) => userNo),
      }),
    ),
  );
  return [...rows.filter(({ offering }) => !plans.has(offering)), ...planned];
}

async function studentsByOffering(
  context: CalendarRunContext,
  members: MemberPlans,
): Promise<Map<string, readonly string[]>> {
  const { rows } = await sql<{ offering: string; students: string[] }>`
    select c.offering, array_agg(m.user_no order by m.user_no collate "C") as students
    from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and m.user_type = 'STUDENT' and m.desired_role is not null
    group by c.offering`.execute(outsideTransaction(context.em.fork()));
  const stored = new Map<string, readonly string[]>(
    rows.map(({ offering, students }) => [offering, students]),
  );
  for (const [offering, planned] of members.plans) {
    const students = planned.filter(
      ({ userType, desiredRole }) => userType === 'STUDENT' && desiredRole !== null,
    );
    stored.set(offering, students.map(({ userNo }) => userNo).toSorted());
  }
  return stored;
}
