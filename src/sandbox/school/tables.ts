import { makeSchool, SCHOOL_TERM, type SchoolOptions } from './school.ts';

/** Runs a statement in the database that holds the school; `$1` stands for a value. */
export type RunStatement = (
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Schema of the made-up school, which saves a database of its own. */
export const SCHOOL_SCHEMA = 'timetable';

const LESSON_COLUMNS = 'kkh, xnxq, jxz, zc, jc, lq, room, xq, ghs, lc, rq, st, ed, sj, zt, kcmc, xms, sfdk';
const ENROLMENT =
  'xnxq varchar(20), kcbh varchar(40), sj varchar(255), zt varchar(30), gx_zt varchar(30), gx_sj varchar(255)';

/** As schools have them: no keys, every column nullable, dates as texts (calendar-facts.md §1). */
const tables = [
  `create table u_jw_kcb_cur (kkh varchar(60), xnxq varchar(20), jxz int, zc int, jc int, lq varchar(200), room varchar(200),
    xq varchar(100), ghs varchar(255), lc varchar(255), rq varchar(255), st varchar(255), ed varchar(255), sj varchar(255),
    zt varchar(30), gx_sj varchar(255), gx_zt varchar(30), kcmc varchar(200), xms varchar(500), sfdk varchar(2))`,
  'create index idx_combined on u_jw_kcb_cur (kkh, rq, st)',
  `create table out_jw_kcb_xs (kkh varchar(60), xh varchar(40), ${ENROLMENT})`,
  'create index idx_xs on out_jw_kcb_xs (kkh, xh)',
  `create table out_jw_kcb_js (kkh varchar(60), gh varchar(40), ${ENROLMENT})`,
  'create index idx_js on out_jw_kcb_js (kkh, gh)',
  `create table out_xsxx (id varchar(32) primary key, xm varchar(200), xh varchar(100), sfzh varchar(30), sjh varchar(11),
    email varchar(200), sj varchar(255), zt varchar(30))`,
  `create table out_jsxx (id varchar(32) primary key, xm varchar(200), gh varchar(100), sjh varchar(11), email varchar(200),
    sj varchar(255), zt varchar(30))`,
] as const;

const ROWS_PER_STATEMENT = 1_000;

/** The tables' definitions in words that MySQL and Postgres share. */
export function schoolTables(): readonly string[] {
  return tables;
}

/** Rows to insert, by table and columns. */
export function schoolRows(options: SchoolOptions) {
  const school = makeSchool(options);
  const enrolment = (number: string) => `kkh, ${number}, xnxq, kcbh, sj, zt`;
  return [
    { table: 'u_jw_kcb_cur', columns: LESSON_COLUMNS, rows: school.lessons },
    { table: 'out_jw_kcb_xs', columns: enrolment('xh'), rows: school.studentEnrolments },
    { table: 'out_jw_kcb_js', columns: enrolment('gh'), rows: school.teacherEnrolments },
    { table: 'out_xsxx', columns: 'id, xm, xh, sj, zt', rows: school.students },
    { table: 'out_jsxx', columns: 'id, xm, gh, sj, zt', rows: school.teachers },
  ] as const;
}

/** Builds the school in a schema of a Postgres, unless it stands there; says whether it was built now. */
export async function buildSchool(run: RunStatement, options: SchoolOptions): Promise<boolean> {
  const [standing] = await run(`select to_regclass('${SCHOOL_SCHEMA}.out_jsxx') is not null as stands`);
  if (standing?.['stands'] === true) return false;
  await run(`create schema if not exists ${SCHOOL_SCHEMA}`);
  await run(`set search_path to ${SCHOOL_SCHEMA}`);
  for (const statement of tables) await run(statement);
  for (const { table, columns, rows } of schoolRows(options))
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      const part = rows.slice(from, from + ROWS_PER_STATEMENT);
      const names = columns.split(', ');
      const records = part.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
      await run(
        `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
        [JSON.stringify(records)],
      );
    }
  return true;
}

/**
 * A day at school: a room changes, a lesson is cancelled, a course is renamed, two students leave a course and two join
 * one. Says what changed. `day` counts, so that every day is another.
 */
export async function changeSchool(
  run: RunStatement,
  day: number,
): Promise<Readonly<Record<string, unknown>>> {
  await run(`set search_path to ${SCHOOL_SCHEMA}`);
  const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
  const [counted] = await run(
    'select count(distinct kkh)::int as courses from u_jw_kcb_cur where xnxq = $1',
    [SCHOOL_TERM],
  );
  const courses = Math.max(1, Number(counted?.['courses'] ?? 1));
  const nth = async (offset: number) => {
    const [row] = await run(
      'select distinct kkh from u_jw_kcb_cur where xnxq = $1 order by kkh offset $2 limit 1',
      [SCHOOL_TERM, (day * 7 + offset) % courses],
    );
    return String(row?.['kkh'] ?? '');
  };
  const [moved, cancelled, renamed, left, joined] = [
    await nth(0),
    await nth(1),
    await nth(2),
    await nth(3),
    await nth(4),
  ];
  const changed = "zt = 'update', sj = $1, gx_zt = null, gx_sj = null";
  const first = "kkh = $2 and rq = (select min(rq) from u_jw_kcb_cur where kkh = $2 and zt <> 'delete')";
  await run(`update u_jw_kcb_cur set room = $3, ${changed} where ${first}`, [now, moved, `9${100 + day}`]);
  await run(`update u_jw_kcb_cur set zt = 'delete', sj = $1, gx_zt = null where ${first}`, [now, cancelled]);
  await run(`update u_jw_kcb_cur set kcmc = kcmc || '·新', ${changed} where kkh = $2`, [now, renamed]);
  const leavers = await run(
    `update out_jw_kcb_xs set zt = 'delete', sj = $1, gx_zt = null where kkh = $2 and xh in
       (select xh from out_jw_kcb_xs where kkh = $2 and coalesce(zt, '') <> 'delete' order by xh limit 2) returning xh`,
    [now, left],
  );
  const joiners = await run(
    `insert into out_jw_kcb_xs (kkh, xh, xnxq, sj, zt)
       select $4::varchar, xh, $2::varchar, $1::varchar, 'add' from out_xsxx s
       where not exists (select 1 from out_jw_kcb_xs x where x.kkh = $4 and x.xh = s.xh)
       order by xh offset $3 limit 2 returning xh`,
    [now, SCHOOL_TERM, day, joined],
  );
  const numbers = (rows: typeof leavers) => rows.map((row) => row['xh']);
  return {
    roomOf: moved,
    cancelledLessonOf: cancelled,
    renamed,
    left: { offering: left, students: numbers(leavers) },
    joined: { offering: joined, students: numbers(joiners) },
  };
}
