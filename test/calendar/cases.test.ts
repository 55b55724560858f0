import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CalendarBench, type ShownRun, TERM } from './bench.ts';
import { changeCases, foundCases, LONG_LIST, OTHER_TERM, OVER_A_BATCH } from './school-of-cases.ts';

// What the first system got wrong, each by its place: "§8 n" the n-th vector at the end of calendar-facts.md §8,
// "§7.3 n" the n-th defect, "§4" the sentences of calendar.md. A test that is about a vector and a defect names both.
// Those that need faults stand in defects.test.ts; a crash between remote create and commit (§8 15, §7.3 8, 11) also in
// test/faults/full/crash-sweep-calendar.test.ts, throttling (§8 16) in faults.test.ts.

let school: CalendarBench;
let first: ShownRun;
let plan: ShownRun;
let later: ShownRun;
let dryWrites: string[] = [];
let repeatedWrites: string[] = [];
let laterWrites: string[] = [];
let incrementalWrites: string[] = [];
let repeated: ShownRun;
let [stateBefore, stateAfterDryRun] = ['', ''];
const before = new Map<string, ReturnType<CalendarBench['remote']>>();
const attendance: string[] = [];

beforeAll(async () => {
  school = await CalendarBench.start();
  await foundCases(school);
  first = await school.sync('FULL');
  for (const { summary } of school.control.calendars()) before.set(summary, school.remote(summary));
  attendance.push(await attendanceRow());
  repeatedWrites = await writesOf(async () => {
    repeated = await school.sync('FULL');
  });
  incrementalWrites = await writesOf(() => school.sync('INCREMENTAL'));
  const other = await school.start('FULL', { term: OTHER_TERM });
  await school.rest(other.run.runId);
  await changeCases(school);
  stateBefore = await stateOf();
  dryWrites = await writesOf(async () => {
    plan = await school.sync('INCREMENTAL', { mode: 'DRY_RUN' });
  });
  stateAfterDryRun = await stateOf();
  // The token that is cached is no longer good (§8 17).
  school.control.expireTokens('WPS');
  laterWrites = await writesOf(async () => {
    later = await school.sync('INCREMENTAL');
  });
  attendance.push(await attendanceRow());
});
afterAll(() => school.close());

async function writesOf(work: () => Promise<unknown>): Promise<string[]> {
  const { length } = school.writes();
  await work();
  return school.writes().slice(length);
}

/** Everything that is ours and the source's, but runs and their machinery. */
async function stateOf(): Promise<string> {
  const tables = [
    'course_calendar',
    'lesson_block',
    'calendar_member',
    'timetable_offering',
    'timetable_person',
  ];
  const { rows: state } = await school.school.query(
    `${tables
      .map((name) => `select '${name}' as name, to_jsonb(t)::text as row from public.${name} t`)
      .join(' union all ')} order by 1, 2`,
  );
  const { rows: source } = await school.school.query('select * from u_jw_kcb_cur order by kkh, rq, jc, room');
  return JSON.stringify([state, source, school.control.calendars()]);
}

async function attendanceRow(): Promise<string> {
  const { blocks } = await school
    .ask(
      `query { blocks: lessonBlocks(term: "${TERM}", first: 1, filter: { offering: "checkIn" }) { nodes { externalId rooms
         attendance { externalId startOffsetMinutes endOffsetMinutes lateThresholdMinutes autoAbsentAfterMinutes } } } }`,
    )
    .then(({ blocks }) => ({ blocks: blocks.nodes }));
  return JSON.stringify(blocks[0].attendance);
}

/** The calendar of a case as it was after the first run, and as it is. */
function ofCase(name: string, title = `课程${name}`) {
  const was = before.get(`课程${name}`);
  if (was === undefined) throw new Error(`No calendar of ${name}`);
  return { was, is: school.remote(title) };
}
const roomsOf = ({ events }: ReturnType<CalendarBench['remote']>) =>
  events.map(({ locations }) => locations[0].name).toSorted();
const timesOf = ({ events }: ReturnType<CalendarBench['remote']>) =>
  events
    .map((event) => `${event.start_time.datetime.slice(11, 16)}-${event.end_time.datetime.slice(11, 16)}`)
    .toSorted();
const keysOf = (run: ShownRun, outcome: string) =>
  run.items.nodes.filter((item) => item.outcome === outcome).map(({ key }) => key);

describe('the vectors of §8', () => {
  test('1 (§7.3 3) one period of two changes: the event keeps its id, its time and its other period', () => {
    const { was, is } = ofCase('onePeriodChanges');
    expect(is.events.map(({ id }) => id)).toEqual(was.events.map(({ id }) => id));
    expect([roomsOf(is), timesOf(is)]).toEqual([['第一教学楼1223/1301'], ['09:50-11:25']]);
  });
  test('2 (§7.3 3) one of two periods goes: the event keeps its id and ends earlier', () => {
    const { was, is } = ofCase('onePeriodGoes');
    expect(is.events.map(({ id }) => id)).toEqual(was.events.map(({ id }) => id));
    expect(timesOf(is)).toEqual(['09:50-10:35']);
  });
  test('3 (§7.3 13) a course is renamed: its calendar is, and its event', () => {
    const { was, is } = ofCase('renamed', '新名称');
    expect([is.id, is.events[0].summary]).toEqual([was.id, '新名称']);
  });
  test('4 a room moves: in place', () => {
    const { was, is } = ofCase('roomMoves');
    expect([is.events[0].id, roomsOf(is)]).toEqual([was.events[0].id, ['第一教学楼9999/9999']]);
  });
  test('5 the teacher is another: one goes, one owns', () => {
    expect([...ofCase('teacherSwaps').is.members]).toEqual([['100009', 'owner']]);
  });
  test('6 one offering in two terms: two calendars', () => {
    expect(ofCase('twoTerms').is.events[0].start_time.datetime).toContain('2025-03-04');
    expect(school.remote('课程twoTerms旧').events[0].start_time.datetime).toContain('2024-03-05');
  });
  test('7 (§7.3 13) two names of one offering: one calendar, called as most periods are', () => {
    expect(
      ofCase('twoNames')
        .is.events.map(({ summary }) => summary)
        .toSorted(),
    ).toEqual(['另一名称', '课程twoNames']);
    expect(school.control.calendars().some(({ summary }) => summary === '另一名称')).toBe(false);
  });
  test('8 one student more than a batch holds', () => {
    expect([...ofCase('overABatch').is.members.keys()].toSorted()).toEqual(OVER_A_BATCH);
  });
  test('9 (§7.3 15) a student whom WPS does not know: the others are members', () => {
    expect([...ofCase('unknown').is.members.keys()].toSorted()).toEqual(['s1', 's2']);
  });
  test('10 (§7.3 16) a list of members of more than 1,200 characters', () => {
    expect([...ofCase('longList').is.members.keys()].toSorted()).toEqual(LONG_LIST);
  });
  test('11 evening and afternoon are two events', () => {
    expect(timesOf(ofCase('evening').is)).toEqual(['13:30-15:05', '18:00-19:35']);
  });
  test('12 periods 1, 2 and 4 are two events', () => {
    expect(timesOf(ofCase('gap').is)).toEqual(['08:00-09:35', '10:40-11:25']);
  });
  test('13 two rooms of one period are one event', () => {
    expect(roomsOf(ofCase('twoRooms').is)).toEqual(['第一教学楼1223、1224/1223']);
  });
  test('14 a date without its time part is the same date', () => {
    const { was, is } = ofCase('withTime');
    expect(is.events).toEqual(was.events);
  });
  test('17 a cached token that is refused is renewed once', () => {
    expect(later).toMatchObject({
      // Refused rows are told by every run.
      status: 'COMPLETED_WITH_ERRORS',
      summary: { events: { failed: 0 }, members: { failed: 0 } },
    });
  });
  test('18 two full runs in a row: the second writes nothing', () => {
    expect(repeatedWrites).toEqual([]);
  });
  test('19 (§7.3 20) a dry run writes nothing, here or there', () => {
    expect(dryWrites).toEqual([]);
    expect(stateAfterDryRun).toBe(stateBefore);
  });
  test('20 (§7.3 4) a row that was deleted before it was ever seen makes no calendar, and is taken up once', async () => {
    expect(school.control.calendars().some(({ summary }) => summary === '课程deletedOnly')).toBe(false);
    const { rows } = await school.school.query("select gx_zt from u_jw_kcb_cur where kkh = 'deletedOnly'");
    expect(rows).toEqual([{ gx_zt: '3' }]);
  });
  test('21 (§7.3 11) an enrolment without a change flag counts, a deleted one does not', () => {
    expect([...ofCase('nullChange').is.members.keys()]).toEqual(['s1']);
  });
});

describe('the defects of §7.3', () => {
  test('1 a full run finds all of the term, though every row is marked as taken up', () => {
    expect(repeated.summary).toMatchObject({
      lessons: first.summary['lessons'],
      blocks: first.summary['blocks'],
      calendars: { created: 0, unchanged: before.size },
    });
  });
  test('7 the id of every event is recorded with the block that it carries, in whatever order the answers were', async () => {
    const { rows } = await school.school.query(
      'select external_id, wps_event_id from public.lesson_block where removed_at is null',
    );
    const there = school.control
      .calendars()
      .flatMap(({ events }) => events)
      .map(({ id, fields }) => `${/编号：(\w+)/.exec(JSON.stringify(fields))?.[1]} ${id}`);
    expect(there.toSorted()).toEqual(
      rows.map(({ external_id, wps_event_id }) => `${external_id} ${wps_event_id}`).toSorted(),
    );
  });
  test('11 a lesson without a change flag is current, and marked as taken up', async () => {
    expect(ofCase('nullChange').is.events).toHaveLength(1);
    const { rows } = await school.school.query("select gx_zt from u_jw_kcb_cur where kkh = 'nullChange'");
    expect(rows).toEqual([{ gx_zt: '3' }]);
  });
  test('24 the first incremental run after a full one writes nothing', () => {
    expect(incrementalWrites).toEqual([]);
  });
  test('2, 14 the other term is untouched by what happens in this one', () => {
    expect(school.remote('课程twoTerms旧').events).toHaveLength(1);
  });
  test('5, 9 marks say what was done: of the unknown nothing', async () => {
    const { rows } = await school.school.query(
      "select xh, gx_zt from out_jw_kcb_xs where kkh in ('unknown', 'nullChange') order by kkh, xh",
    );
    expect(rows.map(({ xh, gx_zt }) => `${xh} ${gx_zt}`)).toEqual([
      's1 1',
      's2 3',
      's1 1',
      's2 1',
      'x404 null',
    ]);
  });
  test('6, 10 nothing is deleted and made again for a change', () => {
    expect(laterWrites.toSorted()).toEqual([
      'calendar-update',
      ...Array<string>(5).fill('event-update'),
      'event-update',
      'member-create',
      'member-delete',
    ]);
  });
  test('17, 18 nobody is added to a calendar that is not theirs', () => {
    expect(ofCase('evening').is.members.size).toBe(0);
  });
  test('19 a date that cannot be read is refused, never guessed', () => {
    expect(ofCase('refused').is.events).toHaveLength(1);
    expect(first.status).toBe('COMPLETED_WITH_ERRORS');
    expect(first.summary).toMatchObject({ rejected: 3 });
  });
  test('21 an attendance row stays the same over a change of room', () => {
    expect(attendance[1]).toBe(attendance[0]);
    expect(JSON.parse(attendance[0] ?? '')).toMatchObject({ startOffsetMinutes: -10, endOffsetMinutes: 10 });
  });
});

describe('contract §4 and §7', () => {
  test('what a dry run plans is what the run does, under the same keys', () => {
    for (const [would, did] of [
      ['WOULD_INSERT', 'CREATED'],
      ['WOULD_UPDATE', 'UPDATED'],
      ['WOULD_DELETE', 'DELETED'],
    ] as const)
      expect(keysOf(plan, would).toSorted()).toEqual(keysOf(later, did).toSorted());
  });
  test('refused rows have keys as the source writes them, and a reason', () => {
    expect(
      keysOf(first, 'SKIPPED')
        .filter((key) => key.startsWith('lesson:'))
        .toSorted(),
    ).toEqual([
      'lesson:refused:2025/03/04 00:00:00.000:-',
      'lesson:refused:2025/03/04 00:00:00.000:5',
      'lesson:refused:next Tuesday:4',
    ]);
  });
  test('a missing user is SKIPPED with its code', async () => {
    const { run } = await school.ask(
      `{ run(runId: "${first.runId}") { items(first: 10, search: "x404") { nodes { key outcome errorCode } } } }`,
    );
    expect(run.items.nodes).toEqual([
      { key: 'member:unknown:x404', outcome: 'SKIPPED', errorCode: 'USER_MISSING' },
    ]);
  });
});
