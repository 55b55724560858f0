import type pg from 'pg';
import { schoolTables } from '../src/sandbox/school/tables.ts';

/** How large a term is: every calendar has as many members, and every person is in as many calendars. */
export interface TermSize {
  readonly term: string;
  readonly calendars: number;
}

export const BLOCKS_PER_CALENDAR = 5;
export const MEMBERS_PER_CALENDAR = 100;
const PEOPLE = 4_000;
/** The directory of the played WPS knows everybody from here on who does not end in 404. */
const FIRST_NUMBER = 1_000_000;

/** The school's tables with everybody of the school, and no timetable yet. */
export async function foundSchool(client: pg.Client): Promise<void> {
  for (const statement of schoolTables()) await client.query(statement);
  const people = (table: string, number: string) => `
    insert into ${table} (id, xm, ${number}, sj, zt)
    select 'id' || n, '学生' || n, (${FIRST_NUMBER} + n * 10)::text, '2025-02-20 08:00:00', 'add'
    from generate_series(1, ${PEOPLE}) as n`;
  await client.query(people('out_xsxx', 'xh'));
  await client.query(people('out_jsxx', 'gh').replaceAll("'id' ||", "'staff' ||"));
}

/** A term: blocks of two periods in as many weeks, one teacher and ninety-nine students each. */
export async function addTerm(client: pg.Client, { term, calendars }: TermSize): Promise<void> {
  const offering = `'${term.replaceAll('-', '')}' || lpad(c::text, 6, '0')`;
  const person = (shift: string) => `(${FIRST_NUMBER} + (1 + (c * 37 + ${shift}) % ${PEOPLE}) * 10)::text`;
  await client.query(
    `insert into u_jw_kcb_cur (kkh, xnxq, jxz, zc, jc, lq, room, ghs, rq, st, ed, sj, zt, kcmc, xms, sfdk)
     select ${offering}, $1, week, 1 + c % 5, 3 + p, '第一教学楼', (1000 + c % 300)::text, ${person('0')},
       to_char(date '2025-03-03' + (week - 1) * 7 + c % 5, 'YYYY/MM/DD') || ' 00:00:00.000',
       case p when 0 then '09:50:00.000' else '10:40:00.000' end, case p when 0 then '10:35:00.000' else '11:25:00.000' end,
       '2025-02-20 08:00:00', 'add', '课程' || c, '教师', (c % 2)::text
     from generate_series(1, $2::int) as c, generate_series(1, ${BLOCKS_PER_CALENDAR}) as week, generate_series(0, 1) as p`,
    [term, calendars],
  );
  const columns = 'kkh, xnxq, sj, zt';
  await client.query(
    `insert into out_jw_kcb_js (gh, ${columns})
     select ${person('0')}, ${offering}, $1, '2025-02-20 08:00:00', 'add' from generate_series(1, $2::int) as c`,
    [term, calendars],
  );
  await client.query(
    `insert into out_jw_kcb_xs (xh, ${columns})
     select ${person('n * 3')}, ${offering}, $1, '2025-02-20 08:00:00', 'add'
     from generate_series(1, $2::int) as c, generate_series(1, ${MEMBERS_PER_CALENDAR - 1}) as n`,
    [term, calendars],
  );
  await client.query('analyze');
}
