import { sql } from 'kysely';
import { schoolMoment, weekdayOf } from '../../../domain/calendar/lesson-times.ts';
import type { BlockPlan, PlannedBlock } from '../../../domain/calendar/plan-blocks.ts';
import type { Sql } from '../../../entities/tables.ts';

/**
 * Stores the plans for the lessons of some offerings: calendars, blocks with the content of their events, and the
 * rows of the attendance application. Nothing at WPS changes by it; blocks whose event has to change become STALE.
 */
export async function storeBlockPlans(
  tx: Sql,
  stored: {
    /** Primary key. */
    readonly term: string;
    readonly termCode: string;
    readonly plans: readonly BlockPlan[];
    readonly printNow: (offering: string) => string;
  },
): Promise<void> {
  const { term, plans } = stored;
  await storeCalendars(tx, term, plans);
  await removeBlocks(tx, plans);
  await storeBlocks(tx, term, plans);
  await storeAttendance(tx, stored);
  const offerings = plans.map(({ offering, lessons, refused, teachers }) => ({
    offering,
    print: stored.printNow(offering),
    lessons,
    refused: refused.length,
    teachers,
  }));
  await sql`
    insert into timetable_offering (term_id, offering, lessons_print, lesson_count, refused_count, teachers)
    select ${term}::bigint, offering, print, lessons, refused,
      array(select json_array_elements_text(teachers))
    from json_to_recordset(${JSON.stringify(offerings)}::json)
      as r(offering text, print text, lessons int, refused int, teachers json)
    on conflict (term_id, offering) do update set lessons_print = excluded.lessons_print,
      lesson_count = excluded.lesson_count, refused_count = excluded.refused_count, teachers = excluded.teachers`.execute(
    tx,
  );
}

/** No calendar without a block; one that is empty by now keeps its name. */
async function storeCalendars(tx: Sql, term: string, plans: readonly BlockPlan[]): Promise<void> {
  const wanted = plans.flatMap(({ offering, title }) => (title === null ? [] : [{ offering, title }]));
  if (wanted.length === 0) return;
  await sql`
    insert into course_calendar as c (term_id, offering, desired_title)
    select ${term}::bigint, offering, title
    from json_to_recordset(${JSON.stringify(wanted)}::json) as r(offering text, title text)
    on conflict (term_id, offering) do update set desired_title = excluded.desired_title,
      state = case when c.state = 'DELETED' then 'PENDING' else c.state end,
      updated_at = case when c.desired_title = excluded.desired_title then c.updated_at else clock_timestamp() end
    where c.desired_title <> excluded.desired_title or c.state = 'DELETED'`.execute(tx);
}

/** Removes blocks first, so that new ones may take their place. */
async function removeBlocks(tx: Sql, plans: readonly BlockPlan[]): Promise<void> {
  const removed = plans.flatMap((plan) => plan.removed.map(({ id }) => id));
  if (removed.length === 0) return;
  await sql`
    update lesson_block set removed_at = coalesce(removed_at, clock_timestamp()),
      event_state = case when wps_event_id is null and sent_at is null then 'DELETED' else 'STALE' end
    where id = any(${removed}::bigint[])`.execute(tx);
}

async function storeBlocks(tx: Sql, term: string, plans: readonly BlockPlan[]): Promise<void> {
  const rows = plans.flatMap((plan) => plan.blocks.map((block) => rowOf(plan.offering, block)));
  if (rows.length === 0) return;
  const read = sql`
    select r.*, c.id as calendar_id from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, offering text,
      course_name text, week int, weekday int, date date, half_day text, periods json, starts_at timestamptz,
      ends_at timestamptz, building text, rooms json, teachers jsonb, check_in boolean, external_id text, content jsonb,
      content_hash text)
    join course_calendar c on c.term_id = ${term}::bigint and c.offering = r.offering`;
  await sql`
    with r as (${read})
    update lesson_block b set course_name = r.course_name, week = r.week, weekday = r.weekday, date = r.date,
      half_day = r.half_day, periods = array(select json_array_elements_text(r.periods)::int),
      starts_at = r.starts_at, ends_at = r.ends_at, building = r.building,
      rooms = array(select json_array_elements_text(r.rooms)), teachers = r.teachers, check_in = r.check_in,
      content = r.content, content_hash = r.content_hash, removed_at = null,
      event_state = case when b.wps_event_id is null then 'PENDING'
        when b.pushed_hash = r.content_hash then 'SYNCED' else 'STALE' end
    from r where b.id = r.id`.execute(tx);
  await sql`
    with r as (${read})
    insert into lesson_block (calendar_id, term_id, course_name, week, weekday, date, half_day, periods, starts_at, ends_at,
      building, rooms, teachers, check_in, external_id, content, content_hash)
    select calendar_id, ${term}::bigint, course_name, week, weekday, date, half_day,
      array(select json_array_elements_text(periods)::int), starts_at, ends_at, building,
      array(select json_array_elements_text(rooms)), teachers, check_in, external_id, content, content_hash
    from r where r.id is null`.execute(tx);
}

function rowOf(offering: string, block: PlannedBlock) {
  return {
    id: block.id,
    offering,
    course_name: block.courseName,
    week: block.week,
    weekday: weekdayOf(block.date),
    date: block.date,
    half_day: block.halfDay,
    periods: block.periods,
    starts_at: schoolMoment(block.date, block.start),
    ends_at: schoolMoment(block.date, block.end),
    building: block.building,
    rooms: block.rooms,
    teachers: block.teachers,
    check_in: block.checkIn,
    external_id: block.externalId,
    content: block.content,
    content_hash: block.hash,
  };
}

/** Keeps rows by external id, so that attendance records that refer to them stay valid. */
async function storeAttendance(
  tx: Sql,
  stored: { readonly term: string; readonly termCode: string; readonly plans: readonly BlockPlan[] },
): Promise<void> {
  const { term, termCode, plans } = stored;
  const rows = plans.flatMap(({ offering, blocks }) =>
    blocks
      .filter((block) => block.checkIn)
      .map((block) => ({ ...rowOf(offering, block), location: block.content.location })),
  );
  const gone = plans.flatMap((plan) => [
    ...plan.removed.map(({ externalId }) => externalId),
    ...plan.blocks.filter((block) => !block.checkIn).map(({ externalId }) => externalId),
  ]);
  if (gone.length > 0)
    await sql`
      update attendance_course set deleted_at = clock_timestamp(), updated_at = clock_timestamp()
      where external_id = any(${gone}::text[]) and deleted_at is null`.execute(tx);
  if (rows.length === 0) return;
  await sql`
    insert into attendance_course as a (external_id, term_id, course_code, course_name, semester, teaching_week, week_day,
      teacher_codes, teacher_names, class_location, start_time, end_time, periods, time_period)
    select external_id, ${term}::bigint, offering, course_name, ${termCode}, week, weekday,
      (select coalesce(string_agg(t->>'userNo', ','), '') from json_array_elements(teachers) t),
      (select coalesce(string_agg(coalesce(t->>'name', t->>'userNo'), ','), '') from json_array_elements(teachers) t),
      location, starts_at, ends_at, (select string_agg(p, '/') from json_array_elements_text(periods) p), lower(half_day)
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(external_id text, offering text, course_name text, week int,
      weekday int, teachers json, location text, starts_at timestamptz, ends_at timestamptz, periods json, half_day text)
    on conflict (external_id) do update set course_name = excluded.course_name, teaching_week = excluded.teaching_week,
      week_day = excluded.week_day, teacher_codes = excluded.teacher_codes, teacher_names = excluded.teacher_names,
      class_location = excluded.class_location, start_time = excluded.start_time, end_time = excluded.end_time,
      periods = excluded.periods, time_period = excluded.time_period, updated_at = clock_timestamp(), deleted_at = null
    where (a.course_name, a.teaching_week, a.teacher_codes, a.teacher_names, a.class_location, a.start_time, a.end_time,
        a.periods, a.deleted_at)
      is distinct from (excluded.course_name, excluded.teaching_week, excluded.teacher_codes, excluded.teacher_names,
        excluded.class_location, excluded.start_time, excluded.end_time, excluded.periods, null::timestamptz)`.execute(
    tx,
  );
}
