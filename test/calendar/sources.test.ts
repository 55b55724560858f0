import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CalendarBench, type ShownRun, TERM } from './bench.ts';

// Awkward timetables, from the source to WPS.

const STUDENTS = Array.from({ length: 300 }, (_, index) => `p${1000 + index}`);
const DAYS = Array.from({ length: 60 }, (_, index) =>
  new Date(Date.UTC(2025, 2, 1 + index)).toISOString().slice(0, 10),
);
/** Columns of a lesson; each is missing in one row, and the last row has nothing but its term. */
const COLUMNS = [
  'kkh',
  'jxz',
  'zc',
  'jc',
  'lq',
  'room',
  'ghs',
  'xms',
  'rq',
  'st',
  'ed',
  'kcmc',
  'sfdk',
  'sj',
  'zt',
];

let school: CalendarBench;
beforeAll(async () => {
  school = await CalendarBench.start();
});
afterAll(() => school.close());

const query = (text: string, values: unknown[] = []) => school.school.query(text, values);
const starts = (title: string) =>
  school
    .remote(title)
    .events.map((event) => String(event.start_time.datetime))
    .toSorted();

describe('one timetable with all of it', () => {
  let run: ShownRun;
  beforeAll(async () => {
    for (const _ of [1, 2, 3]) {
      await school.lesson('twice', '2025-03-04', 3);
      await school.enrol('twice', 's1');
      await school.teach('twice', '100001');
    }
    await school.lesson('dotZero', '2026-09-01', 3, { rq: '2026-09-01 00:00:00.0' });
    await school.lesson('large', '2025-03-04', 3);
    for (const student of STUDENTS) await school.enrol('large', student);
    await school.lesson('both', '2025-03-05', 3, { ghs: '7', xms: '助教' });
    await school.teach('both', '7');
    await school.enrol('both', '7');
    await school.enrol('both', 's1');
    await school.lesson('nulls', '2025-03-04', 1);
    for (const [index, column] of COLUMNS.entries())
      await school.lesson('nulls', `2025-04-${String(index + 1).padStart(2, '0')}`, 3, { [column]: null });
    await query('insert into u_jw_kcb_cur (xnxq) values ($1)', [TERM]);
    await query('insert into u_jw_kcb_cur (kkh) values ($1)', ['nulls']);
    for (const table of ['out_jw_kcb_xs (xnxq)', 'out_jw_kcb_js (xnxq)'])
      await query(`insert into ${table} values ($1)`, [TERM]);
    await query("insert into out_jw_kcb_xs (xnxq, kkh) values ($1, 'nulls')", [TERM]);
    await query("insert into out_jw_kcb_xs (xnxq, xh) values ($1, 's1')", [TERM]);
    await query("insert into out_xsxx (id) values ('nobody')");
    await query("insert into out_jsxx (id) values ('nobody')");
    run = await school.sync('FULL');
  });

  test('rows that stand there three times are one event, one member, one teacher', () => {
    const { members, events } = school.remote('课程twice');
    expect([events.length, [...members]]).toEqual([
      1,
      [
        ['100001', 'owner'],
        ['s1', 'reader'],
      ],
    ]);
  });
  test('2026-09-01 00:00:00.0 is the first of September', () => {
    expect(starts('课程dotZero')).toEqual(['2026-09-01T09:50:00+08:00']);
  });
  test('three hundred students of a course are all members', () => {
    expect([...school.remote('课程large').members.keys()].toSorted()).toEqual(STUDENTS);
  });
  test('a teacher who is also enrolled as a student has one permission, the teacher’s', () => {
    expect(Object.fromEntries(school.remote('课程both').members)).toEqual({ 7: 'owner', s1: 'reader' });
  });
  test('a row without a column is taken where it says enough, else refused and told; the others stand', () => {
    const taken = COLUMNS.flatMap((column, index) =>
      ['kkh', 'jc', 'rq', 'st', 'ed'].includes(column)
        ? []
        : [`2025-04-${String(index + 1).padStart(2, '0')}`],
    );
    expect(starts('课程nulls').map((moment) => moment.slice(0, 10))).toEqual(['2025-03-04', ...taken]);
    expect(run).toMatchObject({
      status: 'COMPLETED_WITH_ERRORS',
      summary: { rejected: 6, members: { failed: 0 } },
    });
    const told = run.items.nodes.filter(({ outcome }) => outcome === 'SKIPPED');
    expect(told.map(({ errorCode }) => errorCode).toSorted()).toEqual([
      'LESSON_DATE_UNREADABLE',
      'LESSON_TIME_UNREADABLE',
      'LESSON_TIME_UNREADABLE',
      'LESSON_WITHOUT_OFFERING',
      'LESSON_WITHOUT_OFFERING',
      'LESSON_WITHOUT_PERIOD',
    ]);
  });
  test('all of it again changes nothing', async () => {
    const { length } = school.writes();
    await school.sync('FULL');
    expect(school.writes().slice(length)).toEqual([]);
  });
  test.each(['2025-2024-2', '2024-2026-1', '2025-2025-1'])(
    'a term that ends before it begins or skips a year is refused: %s',
    async (term) => {
      expect(await school.start('FULL', { term })).toMatchObject({
        run: null,
        userErrors: [{ path: ['term'] }],
      });
    },
  );
});

describe('a source that is not whole', () => {
  const term = { xnxq: '2025-2026-1' };
  const found = () => {
    const { members, events } = school.remote('课程whole');
    return [events.length, members.size];
  };
  const sync = (kind: 'FULL' | 'INCREMENTAL' | 'USERS') => school.sync(kind, { term: term.xnxq });
  const cancel = ({ runId }: ShownRun) =>
    school.ask('mutation ($runId: String!) { cancelRun(input: { runId: $runId }) { userErrors { code } } }', {
      runId,
    });
  /** Takes rows away for the time of a test. */
  async function without(table: string, which: string, work: () => Promise<void>): Promise<void> {
    await query(`create table kept as select * from ${table} where xnxq = $1 and (${which})`, [term.xnxq]);
    await query(`delete from ${table} where xnxq = $1 and (${which})`, [term.xnxq]);
    await work();
    await query(`insert into ${table} select * from kept`);
    await query('drop table kept');
  }

  beforeAll(async () => {
    for (const day of DAYS) await school.lesson('whole', day, 3, term);
    await school.teach('whole', '100001', term);
    for (const student of STUDENTS.slice(0, 60)) await school.enrol('whole', student, term);
    expect((await sync('FULL')).status).toBe('COMPLETED');
    expect(found()).toEqual([60, 61]);
  });

  test('without any lesson no run of the timetable begins, and nothing is removed', () =>
    without('u_jw_kcb_cur', 'true', async () => {
      for (const kind of ['FULL', 'INCREMENTAL'] as const) expect((await sync(kind)).status).toBe('FAILED');
      expect(found()).toEqual([60, 61]);
    }));

  test.each([
    ['half of the lessons', 'u_jw_kcb_cur', "rq < '2025/04/01'", 31],
    ['without enrolments', 'out_jw_kcb_xs', 'true', 60],
    ['half of the enrolments', 'out_jw_kcb_xs', "xh < 'p1030'", 30],
  ])('%s: the run asks first, and nothing is removed', (_, table, which, count) =>
    without(table, which, async () => {
      for (const kind of ['FULL', 'INCREMENTAL'] as const) {
        const run = await sync(kind);
        expect(run).toMatchObject({ status: 'AWAITING_CONFIRMATION', summary: { confirmation: { count } } });
        await cancel(run);
      }
      expect(found()).toEqual([60, 61]);
    }),
  );

  test('everybody taken back by the table of people: the run asks first', async () => {
    for (const student of STUDENTS.slice(0, 60)) await school.student(student, 'delete');
    const run = await sync('USERS');
    expect(run).toMatchObject({ status: 'AWAITING_CONFIRMATION', summary: { confirmation: { count: 60 } } });
    await cancel(run);
    expect(found()).toEqual([60, 61]);
    await query("update out_xsxx set zt = 'add' where zt = 'delete'");
  });

  test('somebody whom the table of people takes back loses the calendars of every term', async () => {
    expect(school.remote('课程twice').members.has('s1')).toBe(true);
    await school.lesson('another', '2025-09-02', 3, term);
    await school.enrol('another', 's1', term);
    await sync('FULL');
    expect(school.remote('课程another').members.has('s1')).toBe(true);
    await school.student('s1', 'delete');
    await sync('USERS');
    expect(school.remote('课程another').members.has('s1')).toBe(false);
    await school.sync('INCREMENTAL');
    expect(school.remote('课程twice').members.has('s1')).toBe(false);
    const { rows } = await query("select distinct gx_zt from out_jw_kcb_xs where xh = 's1' and kkh <> ''");
    expect(rows).toEqual([{ gx_zt: '3' }]);
  });

  test('an empty table of people brings nobody back', async () => {
    await query('create table people as select * from out_xsxx');
    await query('delete from out_xsxx');
    expect(await sync('FULL')).toMatchObject({ summary: { members: { created: 0, deleted: 0 } } });
    await query('insert into out_xsxx select * from people');
  });

  test('somebody whom the table of people took back, and then has no row of, is a member again', async () => {
    await query("update out_xsxx set zt = 'delete' where xh = 'p1000'");
    await sync('USERS');
    expect(found()).toEqual([60, 60]);
    await query("delete from out_xsxx where xh = 'p1000'");
    expect(await sync('USERS')).toMatchObject({ summary: { members: { created: 1, deleted: 0 } } });
    expect(found()).toEqual([60, 61]);
  });

  test('whole again, the next run has nothing to do', async () => {
    const { length } = school.writes();
    expect((await sync('FULL')).status).toBe('COMPLETED');
    expect(school.writes().slice(length)).toEqual([]);
    expect(found()).toEqual([60, 61]);
  });
});
