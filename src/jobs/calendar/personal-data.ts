import { sql } from 'kysely';
import type { PersonalData } from '../areas/area.ts';

/**
 * People of the timetable are known by their number. An erased one keeps no name and no number here; while the
 * timetable still names them, nothing of them is stored again (`erased_person`).
 */
export const calendarPersonalData: PersonalData = {
  exported: {
    timetablePeople: ({ number }) => sql`
      select user_type as "userType", user_no as "userNo", name, gone, updated_at as "updatedAt"
      from timetable_person where lower(user_no) = lower(${number})`,
    calendarMemberships: ({ number }) => sql`
      select t.code as term, c.offering, c.title, m.user_type as "userType", m.actual_role as role, m.state
      from calendar_member m join course_calendar c on c.id = m.calendar_id join term t on t.id = c.term_id
      where lower(m.user_no) = lower(${number}) order by m.id`,
  },
  erased: [
    [
      'timetable_person',
      ({ number }) => sql`delete from timetable_person where lower(user_no) = lower(${number})`,
    ],
    [
      'calendar_member',
      ({ number, alias }) => sql`
        update calendar_member set user_no = ${alias}, desired_role = null,
          state = case when state = 'REMOVED' or actual_role is null then 'REMOVED' else 'REMOVING' end
        where lower(user_no) = lower(${number})`,
    ],
    [
      'lesson_block',
      ({ number }) => sql`
        update lesson_block set teachers = coalesce((
          select jsonb_agg(t) from jsonb_array_elements(teachers) t where lower(t->>'userNo') <> lower(${number})), '[]')
        where teachers @> jsonb_build_array(jsonb_build_object('userNo', ${number}::text))`,
    ],
    [
      'timetable_conflict',
      ({ number, alias }) => sql`
        update timetable_conflict set subject = ${alias} where lower(subject) = lower(${number})`,
    ],
    [
      'calendar_finding',
      ({ number }) => sql`
        update calendar_finding set details = details - 'userNo' where lower(details->>'userNo') = lower(${number})`,
    ],
  ],
};
