import { afterEach, beforeEach, expect, test } from 'vitest';
import { CalendarBench, TERM } from './bench.ts';

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
});
afterEach(() => calendars.close());

test('a timetable becomes calendars with owner, readers and one event per block; a second run writes nothing', async () => {
  await calendars.smallSchool();
  const dry = await calendars.sync('FULL', { mode: 'DRY_RUN' });
  expect(dry.status).toBe('COMPLETED');
  expect(calendars.control.calendars()).toEqual([]);
  expect(
    (await calendars.ask(`{ courseCalendars(term: "${TERM}", first: 9) { totalCount } }`)).courseCalendars
      .totalCount,
  ).toBe(0);
  const run = await calendars.sync('FULL');
  expect(run).toMatchObject({ status: 'COMPLETED', scope: TERM, error: null });
  expect(run.steps.every(({ status }) => status === 'COMPLETED')).toBe(true);
  const done = { WOULD_INSERT: 'CREATED', WOULD_UPDATE: 'UPDATED', WOULD_DELETE: 'DELETED' };
  const planned = dry.items.nodes.map(
    ({ key, outcome }) => `${key} ${Object.entries(done).find(([plan]) => plan === outcome)?.[1]}`,
  );
  expect(run.items.nodes.map(({ key, outcome }) => `${key} ${outcome}`).toSorted()).toEqual(
    planned.toSorted(),
  );
  const a = calendars.remote('课程A');
  expect(Object.fromEntries(a.members)).toEqual({
    100001: 'owner',
    s1: 'reader',
    s2: 'reader',
    s3: 'reader',
  });
  expect(a.events.map((event) => event.start_time.datetime).toSorted()).toEqual([
    '2025-03-04T09:50:00+08:00',
    '2025-03-11T09:50:00+08:00',
  ]);
  expect(run.summary).toMatchObject({
    lessons: 5,
    blocks: 3,
    rejected: 0,
    calendars: { created: 2, unchanged: 0 },
    events: { created: 3 },
    members: { created: 6, missing: 0 },
  });
  calendars.control.ledger();
  const before = calendars.writes().length;
  const again = await calendars.sync('FULL');
  expect(again).toMatchObject({
    status: 'COMPLETED',
    summary: { calendars: { created: 0, unchanged: 2 }, events: { unchanged: 3 }, members: { unchanged: 6 } },
  });
  expect(again.items.totalCount).toBe(0);
  expect(calendars.writes().length).toBe(before);
});

test('what was done is written back to the source, and only to rows that are as they were read', async () => {
  await calendars.smallSchool();
  await calendars.lesson('A', '2025-03-18', 3, { jc: null });
  await calendars.enrol('A', 'x404');
  await calendars.sync('FULL');
  const { rows: lessons } = await calendars.school.query(
    'select jc, gx_zt from u_jw_kcb_cur order by jc nulls last',
  );
  expect(lessons.map(({ gx_zt }) => gx_zt)).toEqual(['3', '3', '3', '3', '3', null]);
  const { rows: students } = await calendars.school.query(
    'select distinct xh, gx_zt from out_jw_kcb_xs order by xh',
  );
  expect(students).toEqual([
    { xh: 's1', gx_zt: '1' },
    { xh: 's2', gx_zt: '1' },
    { xh: 's3', gx_zt: '1' },
    { xh: 'x404', gx_zt: null },
  ]);
  await calendars.school.query(
    "update out_jw_kcb_xs set zt = 'delete', sj = '2025-03-01 00:00:00', gx_zt = null where xh = 's2'",
  );
  await calendars.sync('INCREMENTAL');
  const { rows: left } = await calendars.school.query("select gx_zt from out_jw_kcb_xs where xh = 's2'");
  expect(left).toEqual([{ gx_zt: '3' }]);
  expect([...calendars.remote('课程A').members.keys()].toSorted()).toEqual(['100001', 's1', 's3']);
});

test('a room changes, a lesson goes, a course is renamed: in place, by an incremental run', async () => {
  await calendars.smallSchool();
  await calendars.sync('FULL');
  const before = calendars.remote('课程A');
  await calendars.school.query(
    "update u_jw_kcb_cur set room = '1301', zt = 'update', sj = '2025-03-01', gx_zt = null where kkh = 'A' and jc = 4 and rq like '2025/03/04%'",
  );
  const run = await calendars.sync('INCREMENTAL');
  expect(run.summary).toMatchObject({ events: { updated: 1, created: 0, deleted: 0 } });
  const after = calendars.remote('课程A');
  expect(after.events.map(({ id }) => id).toSorted()).toEqual(before.events.map(({ id }) => id).toSorted());
  expect(
    after.events.find((event) => event.start_time.datetime.startsWith('2025-03-04'))?.locations[0].name,
  ).toBe('第一教学楼1223/1301');
  await calendars.school.query(
    "update u_jw_kcb_cur set zt = 'delete', sj = '2025-03-02' where kkh = 'A' and rq like '2025/03/11%'",
  );
  await calendars.school.query(
    "update u_jw_kcb_cur set kcmc = '新名', zt = 'update', sj = '2025-03-02' where kkh = 'B'",
  );
  const next = await calendars.sync('INCREMENTAL');
  expect(next.summary).toMatchObject({ events: { updated: 1, deleted: 1 }, calendars: { updated: 1 } });
  expect(calendars.remote('新名').events[0].summary).toBe('新名');
  expect(calendars.remote('课程A').events).toHaveLength(1);
});

test('refused rows and people whom WPS does not know are told and stop nobody', async () => {
  await calendars.smallSchool();
  await calendars.lesson('A', '2025-03-18', 3, { rq: 'someday' });
  await calendars.enrol('A', '9404');
  const run = await calendars.sync('FULL');
  expect(run).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    summary: { rejected: 1, members: { missing: 1, failed: 0 } },
  });
  expect(
    run.items.nodes
      .filter(({ outcome }) => outcome === 'SKIPPED')
      .map(({ key, errorCode }) => [key, errorCode])
      .toSorted(),
  ).toEqual([
    ['lesson:A:someday:3', 'LESSON_DATE_UNREADABLE'],
    ['member:A:9404', 'USER_MISSING'],
  ]);
  expect(calendars.remote('课程A').members.size).toBe(4);
  const { timetableOf } = await calendars.ask(
    `{ timetableOf(term: "${TERM}", userNo: "9404") { explanation calendars { state } blocks(first: 9) { totalCount } } }`,
  );
  expect(timetableOf).toMatchObject({ calendars: [{ state: 'USER_MISSING' }], blocks: { totalCount: 2 } });
  expect(timetableOf.explanation).toContain('directory');
});

test('of a term one run is live; a start of another kind is told which', async () => {
  await calendars.smallSchool();
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'calendar-create',
    fault: 'hang',
    times: 'forever',
  });
  const first = await calendars.start('FULL');
  await calendars.control.whenCalled({ system: 'WPS', operation: 'calendar-create', count: 1 });
  expect(await calendars.start('FULL')).toMatchObject({ joined: true, run: { runId: first.run.runId } });
  expect(await calendars.start('USERS')).toMatchObject({
    joined: false,
    run: { runId: first.run.runId },
    userErrors: [{ code: 'INVALID_STATE' }],
  });
  expect(await calendars.start('FULL', { mode: 'DRY_RUN' })).toMatchObject({ joined: false, userErrors: [] });
  await calendars.control.removeFaults();
  calendars.control.release();
  expect((await calendars.rest(first.run.runId)).status).toBe('COMPLETED');
  expect(calendars.control.calendars()).toHaveLength(2);
});

test('a term that the timetable does not have, and one that is written wrongly', async () => {
  const run = await calendars.sync('FULL');
  expect(run).toMatchObject({ status: 'FAILED' });
  expect(run.error).toContain(TERM);
  const wrong = await calendars.start('FULL', { term: '2024-2026-1' });
  expect(wrong).toMatchObject({ run: null, userErrors: [{ code: 'INVALID', path: ['term'] }] });
});
