import type pg from 'pg';
import { schoolTables } from '../src/sandbox/school/tables.ts';

/** How large a term is; every calendar has as many members and blocks. */
export interface TermSize {
  readonly term: string;
  readonly calendars: number;
}

export const BLOCKS_PER_CALENDAR = 5;
export const MEMBERS_PER_CALENDAR = 100;
const PEOPLE = 4_000;
/** First number that the directory of the played WPS knows, except numbers that end in 404. */
const FIRST_NUMBER = 1_000_000;

/** Creates the school's tables with all its people, and no timetable yet. */
export async function foundSchool(client: pg.Client): Promise<void> {
  for (const statement of schoolTables()) await client.query(statement);
  const people = (table: string, number: string, from: number) => `
    insert into ${table} (id, xm, ${number}, sj, zt)
    select 'id' || n, '名字' || n, (${FIRST_NUMBER} + n * 10)::text, '2025-02-20 08:00:00', 'add'
    from generate_series(${from + 1}, ${from + PEOPLE}) as n`;
  await client.query(people('out_jsxx', 'gh', 0));
  await client.query(people('out_xsxx', 'xh', 2 * PEOPLE));
}

/** Courses of one class of students, no two of them at one time. */
const COURSES_PER_CLASS = 45;
const SLOTS = 75;
const [STARTS, ENDS] = [
  '08:00 08:50 09:50 10:40 13:30 14:20 15:20 16:10 18:00 18:50',
  '08:45 09:35 10:35 11:25 14:15 15:05 16:05 16:55 18:45 19:35',
];

/**
 * A term without conflicts: blocks of two periods in as many weeks, one teacher and ninety-nine students each. A class
 * takes its courses together, and a course has its place among the slots of weeks, weekdays and pairs of periods.
 */
export async function addTerm(client: pg.Client, { term, calendars }: TermSize): Promise<void> {
  const offering = `'${term.replaceAll('-', '')}' || lpad(c::text, 6, '0')`;
  const numberOf = (index: string) => `(${FIRST_NUMBER} + (1 + ${index}) * 10)::text`;
  const timeOf = (times: string) => `split_part('${times}', ' ', period) || ':00.000'`;
  await client.query(
    `insert into u_jw_kcb_cur (kkh, xnxq, jxz, zc, jc, lq, room, ghs, rq, st, ed, sj, zt, kcmc, xms, sfdk)
     select ${offering}, $1, week, 1 + weekday, period, '第一教学楼', (1000 + c / ${SLOTS})::text, ${numberOf('c')},
       to_char(date '2025-03-03' + (week - 1) * 7 + weekday, 'YYYY/MM/DD') || ' 00:00:00.000',
       ${timeOf(STARTS)}, ${timeOf(ENDS)}, '2025-02-20 08:00:00', 'add', '课程' || c, '教师', (c % 2)::text
     from generate_series(0, $2::int - 1) as c, generate_series(1, ${BLOCKS_PER_CALENDAR}) as nth, generate_series(1, 2) as half,
       lateral (select c % 5 as weekday, (c / 5 % 5) * 2 + half as period, c % ${SLOTS} / 25 * 5 + nth as week) as slot`,
    [term, calendars],
  );
  const columns = 'kkh, xnxq, sj, zt';
  await client.query(
    `insert into out_jw_kcb_js (gh, ${columns})
     select ${numberOf('c')}, ${offering}, $1, '2025-02-20 08:00:00', 'add' from generate_series(0, $2::int - 1) as c`,
    [term, calendars],
  );
  const students = MEMBERS_PER_CALENDAR - 1;
  await client.query(
    `insert into out_jw_kcb_xs (xh, ${columns})
     select ${numberOf(`${2 * PEOPLE} + c / ${COURSES_PER_CLASS} * ${students} + n`)}, ${offering}, $1, '2025-02-20 08:00:00', 'add'
     from generate_series(0, $2::int - 1) as c, generate_series(0, ${students} - 1) as n`,
    [term, calendars],
  );
  await client.query('analyze');
}
