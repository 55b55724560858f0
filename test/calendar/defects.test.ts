import { afterEach, beforeEach, expect, test } from 'vitest';
import { CalendarBench, TERM } from './bench.ts';

// Defects of the first system (calendar-facts.md §7.3, by their number) that show when something fails on the way.

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
  await calendars.smallSchool();
});
afterEach(() => calendars.close());

const query = (text: string) => calendars.school.query(text);
const counts = () =>
  ['课程A', '课程B'].map((title) => {
    const { events, members } = calendars.remote(title);
    return [events.length, members.size];
  });
const WHOLE = [
  [2, 4],
  [1, 2],
];

test('12, 25 our database goes away while calendars are made: the run goes on, and there is one of each', async () => {
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'calendar-create',
    fault: 'delay',
    delayMs: 300,
    times: 2,
  });
  const { run } = await calendars.start('FULL');
  await calendars.control.whenCalled({ system: 'WPS', operation: 'calendar-create', count: 1 });
  await query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  // Asked over a connection that was spared: the others may still be found dead.
  await calendars.bench.until('the run ending', async () => {
    const { rows } = await query(
      `select 1 from public.sync_run where run_id = '${run.runId}' and status <> 'RUNNING'`,
    );
    return rows.length > 0 ? true : null;
  });
  expect((await query(`select status from public.sync_run where run_id = '${run.runId}'`)).rows).toEqual([
    { status: 'COMPLETED' },
  ]);
  expect(calendars.control.calendars()).toHaveLength(2);
  expect(counts()).toEqual(WHOLE);
});

test('12 a second calendar of an offering, or an offering with another’s calendar, cannot be stored', async () => {
  await calendars.sync('FULL');
  const double = (columns: string) =>
    query(`insert into public.course_calendar (term_id, offering, desired_title, wps_calendar_id, state)
      select ${columns}, 'ACTIVE' from public.course_calendar where offering = 'A'`);
  await expect(double("term_id, offering, 'B', 'cal-other'")).rejects.toMatchObject({ code: '23505' });
  await expect(double("term_id, 'C', 'C', wps_calendar_id")).rejects.toMatchObject({ code: '23505' });
});

test('22 a table that cannot be read fails the run, full or incremental, and nothing changes', async () => {
  await calendars.sync('FULL');
  const { length } = calendars.writes();
  await query("update u_jw_kcb_cur set room = '1301'");
  await query('alter table out_jw_kcb_xs rename to away');
  for (const kind of ['FULL', 'INCREMENTAL'] as const)
    expect(await calendars.sync(kind)).toMatchObject({
      status: 'FAILED',
      error: expect.stringContaining('out_jw_kcb_xs'),
    });
  expect(calendars.writes()).toHaveLength(length);
  await query('alter table away rename to out_jw_kcb_xs');
  expect(await calendars.sync('INCREMENTAL')).toMatchObject({ summary: { events: { updated: 3 } } });
  expect(counts()).toEqual(WHOLE);
});

test('23 marks that the source refuses are told, and nothing is made twice for lack of them', async () => {
  await query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'no marks today'; end $$`,
  );
  await query('create trigger refuse before update on u_jw_kcb_cur for each row execute function refuse()');
  const run = await calendars.sync('FULL');
  expect(JSON.stringify(run)).toContain('no marks today');
  expect(counts()).toEqual(WHOLE);
  const { length } = calendars.writes();
  await calendars.sync('INCREMENTAL');
  expect(calendars.writes()).toHaveLength(length);
  await query('drop trigger refuse on u_jw_kcb_cur');
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  const { rows } = await query('select distinct gx_zt from u_jw_kcb_cur');
  expect(rows).toEqual([{ gx_zt: '3' }]);
  expect(counts()).toEqual(WHOLE);
});

test('26 rows that the first system left with marks of its own are part of the timetable', async () => {
  for (const [table, by] of [
    ['u_jw_kcb_cur', 'kkh || rq || jc'],
    ['out_jw_kcb_xs', 'xh'],
    ['out_jw_kcb_js', 'gh'],
  ])
    await query(`
      update ${table} t set gx_sj = '2025-06-05T07:30:06.043Z',
        gx_zt = (array['1', '2', '3', '4', 'processed', 'deleted'])[n.number]
      from (select ctid, row_number() over (order by ${by}) as number from ${table}) n where n.ctid = t.ctid`);
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expect(counts()).toEqual(WHOLE);
  const { courseCalendars } = await calendars.ask(
    `{ courseCalendars(term: "${TERM}", first: 9) { totalCount } }`,
  );
  expect(courseCalendars.totalCount).toBe(2);
});
