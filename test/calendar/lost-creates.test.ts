import { afterEach, beforeEach, expect, test } from 'vitest';
import { CalendarBench, TERM } from './bench.ts';

const OTHER = '2025-2026-1';

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
  // The same course in two terms: calendars of one title.
  await calendars.lesson('A', '2025-03-04', 3);
  await calendars.lesson('A', '2025-09-02', 3, { xnxq: OTHER });
});
afterEach(() => calendars.close());

const lose = (times: number | 'forever') =>
  calendars.control.addFault({ system: 'WPS', operation: 'calendar-create', fault: 'answer-lost', times });

/** The create takes effect; nothing says so, and the run ends when it looks. */
async function leaveOneLost(): Promise<void> {
  await lose(1);
  const refuse = { system: 'WPS', operation: 'calendar-list', fault: 'status', status: 403 } as const;
  await calendars.control.addFault({ ...refuse, afterCalls: 1 });
  expect((await calendars.sync('FULL')).status).toBe('FAILED');
  expect(calendars.control.calendars()).toHaveLength(1);
  expect((await mapped()).get(TERM)).toBeNull();
  await calendars.closeCircuit();
}

async function mapped(): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await calendars.school.query(
    'select t.code, c.wps_calendar_id as id from public.course_calendar c join public.term t on t.id = c.term_id',
  );
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Each term has the one calendar that the database knows, with its own lesson in it. */
async function expectOneEach(): Promise<void> {
  const there = calendars.control.calendars();
  const ids = await mapped();
  expect(there.map(({ id }) => id).sort()).toEqual([...ids.values()].sort());
  for (const [term, day] of [
    [TERM, '2025-03-04'],
    [OTHER, '2025-09-02'],
  ]) {
    const { events } = there.find(({ id }) => id === ids.get(term ?? '')) ?? {};
    expect(JSON.stringify([...(events ?? [])].map(({ fields }) => fields))).toContain(day);
  }
}

test('a create of one term whose answer was lost stays that term’s while another makes its own', async () => {
  await leaveOneLost();
  const [made] = calendars.control.calendars();

  // The other term loses an answer, too: what stood there before is not taken for it.
  await lose(1);
  expect((await calendars.sync('FULL', { term: OTHER })).status).toBe('COMPLETED');
  expect(calendars.control.calendars()).toHaveLength(2);
  expect((await mapped()).get(OTHER)).not.toBe(made?.id);

  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expect((await mapped()).get(TERM)).toBe(made?.id);
  await expectOneEach();
});

test('two terms that lose answers at the same time end with one calendar each', async () => {
  await lose(2);
  const runs = await Promise.all([calendars.sync('FULL'), calendars.sync('FULL', { term: OTHER })]);
  expect(runs.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
  await expectOneEach();
});

test('a course renamed since its create was lost keeps that calendar and gets the new title', async () => {
  await leaveOneLost();
  const [made] = calendars.control.calendars();
  await calendars.school.query("update u_jw_kcb_cur set kcmc = '新课程' where xnxq = $1", [TERM]);
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expect(calendars.control.calendars()).toMatchObject([{ id: made?.id, summary: '新课程' }]);
});

test('deleting a term deletes what a lost create made, and its plan says so', async () => {
  await leaveOneLost();
  const plan = await calendars.mutate('deleteTermCalendars', { term: TERM });
  expect(plan).toMatchObject({ status: 'COMPLETED', summary: { calendars: { deleted: 1 } } });
  expect(calendars.control.calendars()).toHaveLength(1);
  await calendars.mutate('deleteTermCalendars', { term: TERM, mode: 'RUN' });
  expect(calendars.control.calendars()).toEqual([]);
});

test('reconciliation takes up what a lost create made; it is no orphan', async () => {
  await leaveOneLost();
  const [made] = calendars.control.calendars();
  const report = await calendars.mutate('reconcileCalendars', { term: TERM, mode: 'RUN' });
  expect(report).toMatchObject({ status: 'COMPLETED', summary: { calendars: { deleted: 0 } } });
  expect((await mapped()).get(TERM)).toBe(made?.id);
});
