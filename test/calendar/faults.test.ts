import { afterEach, beforeEach, expect, test } from 'vitest';
import { CalendarBench, TERM } from './bench.ts';

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
});
afterEach(() => calendars.close());

/** Exactly one calendar per offering, one event per block, one permission per person. */
function expectOneOfEach(): void {
  for (const title of ['课程A', '课程B']) {
    const { members, events } = calendars.remote(title);
    const calendar = calendars.control.calendars().find(({ summary }) => summary === title);
    expect(members.size).toBe(calendar?.members.length);
    expect(events).toHaveLength(title === '课程A' ? 2 : 1);
    expect(members.size).toBe(title === '课程A' ? 4 : 2);
  }
  expect(calendars.control.calendars()).toHaveLength(2);
}

test.each(['calendar-create', 'member-create', 'event-create'] as const)(
  'the answer of %s is lost: what took effect is found, and nothing is made twice',
  async (operation) => {
    await calendars.smallSchool();
    await calendars.control.addFault({ system: 'WPS', operation, fault: 'answer-lost', times: 2 });
    const run = await calendars.sync('FULL');
    expect(run.status).toBe('COMPLETED');
    expectOneOfEach();
  },
);

test('a proxy delivers every create twice: reconciliation finds the doubles, deletes them when told to, and leaves one of each', async () => {
  await calendars.smallSchool();
  for (const operation of ['calendar-create', 'member-create', 'event-create'] as const)
    await calendars.control.addFault({ system: 'WPS', operation, fault: 'duplicate', times: 'forever' });
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  await calendars.control.removeFaults();
  expect(calendars.control.calendars()).toHaveLength(4);
  await calendars.mutate('reconcileCalendars', { term: TERM });
  expect(calendars.control.calendars()).toHaveLength(4);
  expect((await calendars.mutate('reconcileCalendars', { term: TERM, mode: 'RUN' })).status).toBe(
    'COMPLETED',
  );
  expectOneOfEach();
});

test('a calendar made by hand before is never taken for one of ours', async () => {
  await calendars.smallSchool();
  const { system: byHand, call } = calendars.byHand();
  const { id } = await byHand.createCalendar('课程A', call);
  await calendars.control.addFault({ system: 'WPS', operation: 'calendar-create', fault: 'answer-lost' });
  await calendars.sync('FULL');
  expect(calendars.control.calendars().find((calendar) => calendar.id === id)?.members).toEqual([]);
  expect(calendars.control.calendars()).toHaveLength(3);
  await byHand.close();
});

test('one member whom WPS refuses fails alone; retryFailedItems repeats only that one', async () => {
  await calendars.smallSchool();
  const refuse = {
    system: 'WPS',
    operation: 'member-create',
    match: 's2',
    fault: 'business-error',
    code: '77',
  } as const;
  await calendars.control.addFault({ ...refuse, times: 'forever' });
  const run = await calendars.sync('FULL');
  expect(run).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    summary: { members: { failed: 1, created: 5 } },
  });
  await calendars.control.removeFaults();
  const before = calendars.writes().length;
  await calendars.ask(
    'mutation ($runId: String!) { retryFailedItems(input: { runId: $runId }) { userErrors { code } } }',
    { runId: run.runId },
  );
  expect((await calendars.rest(run.runId)).status).toBe('COMPLETED');
  expect(calendars.writes().length).toBe(before + 1);
  expectOneOfEach();
});

test('refused credentials stop the run with its reason; resumed, it goes on where it stood', async () => {
  await calendars.smallSchool();
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'event-create',
    fault: 'status',
    status: 403,
    times: 'forever',
  });
  const run = await calendars.sync('FULL');
  expect(run.status).toBe('FAILED');
  expect(run.error).toContain('WPS');
  await calendars.control.removeFaults();
  await calendars.closeCircuit();
  await calendars.ask(
    'mutation ($runId: String!) { resumeRun(input: { runId: $runId }) { userErrors { code } } }',
    { runId: run.runId },
  );
  expect((await calendars.rest(run.runId)).status).toBe('COMPLETED');
  expectOneOfEach();
  expect(calendars.writes().filter((operation) => operation === 'calendar-create')).toHaveLength(2);
});

test('WPS throttles and breaks off: the run waits and goes on by itself', async () => {
  await calendars.smallSchool();
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'member-create',
    fault: 'throttle',
    retryAfter: 1,
    times: 2,
  });
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'event-create',
    fault: 'status',
    status: 500,
  });
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expectOneOfEach();
});

test('a run that would take unusually much away waits for a person before its first effect', async () => {
  for (let index = 0; index < 30; index += 1)
    await calendars.lesson('A', `2025-03-${String(index + 1).padStart(2, '0')}`, 3);
  await calendars.teach('A', '100001');
  await calendars.sync('FULL');
  await calendars.school.query("update u_jw_kcb_cur set zt = 'delete' where rq > '2025/03/05'");
  const run = await calendars.sync('FULL');
  expect(run).toMatchObject({ status: 'AWAITING_CONFIRMATION', summary: { confirmation: { count: 26 } } });
  expect(calendars.remote('课程A').events).toHaveLength(30);
  await calendars.ask(
    'mutation ($runId: String!) { confirmRun(input: { runId: $runId }) { userErrors { code } } }',
    { runId: run.runId },
  );
  expect((await calendars.rest(run.runId)).summary).toMatchObject({ events: { deleted: 26 } });
  expect(calendars.remote('课程A').events).toHaveLength(4);
});

test('a reconciliation tells what differs, repairs it when told to, and leaves alone what is not ours', async () => {
  await calendars.smallSchool();
  await calendars.sync('FULL');
  const { system: byHand, call } = calendars.byHand();
  const a = calendars.remote('课程A');
  const content = {
    summary: '聚餐',
    description: '',
    startsAt: '2025-03-04T12:00:00+08:00',
    endsAt: '2025-03-04T13:00:00+08:00',
    location: '食堂',
  };
  await byHand.createEvents(a.id, [content], call);
  await byHand.deleteEvent(a.id, a.events[0].id, call);
  await byHand.updateEvent(a.id, a.events[1].id, { ...content, description: a.events[1].description }, call);
  const members = await byHand.listMembers(a.id, null, call);
  const s2 = members.items.find(({ userNo }) => userNo === 's2');
  await byHand.deleteMember(a.id, s2?.permissionId ?? '', call);
  const report = await calendars.mutate('reconcileCalendars', { term: TERM });
  expect(report.status).toBe('COMPLETED');
  const findings = async (open: boolean) =>
    (
      await calendars.ask(
        `{ calendarFindings(term: "${TERM}", open: ${open}, first: 20) { nodes { kind subject message } } }`,
      )
    ).calendarFindings.nodes
      .map(({ kind, subject }: { kind: string; subject: string }) => `${kind} ${subject}`)
      .toSorted();
  expect(await findings(true)).toEqual([
    'DRIFT EVENT',
    'FOREIGN EVENT',
    'MISSING_REMOTE EVENT',
    'MISSING_REMOTE MEMBER',
  ]);
  await calendars.mutate('reconcileCalendars', { term: TERM, mode: 'RUN' });
  expect(await findings(true)).toEqual(['FOREIGN EVENT']);
  const after = calendars.remote('课程A');
  expect(after.events.map(({ summary }) => summary).toSorted()).toEqual(['聚餐', '课程A', '课程A']);
  expect(after.members.size).toBe(4);
  await byHand.close();
});

test('somebody is put back, and the calendars of a term are deleted and made anew', async () => {
  await calendars.smallSchool();
  await calendars.sync('FULL');
  const plan = await calendars.mutate('deleteTermCalendars', { term: TERM });
  expect(plan.items.nodes.map(({ outcome }) => outcome)).toEqual(['WOULD_DELETE', 'WOULD_DELETE']);
  await calendars.mutate('deleteTermCalendars', { term: TERM, mode: 'RUN' });
  expect(calendars.control.calendars()).toEqual([]);
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expectOneOfEach();
  const restored = await calendars.mutate('restoreCalendarUser', { term: TERM, userNo: 's1' });
  expect(restored).toMatchObject({ status: 'COMPLETED', summary: { members: { created: 0, unchanged: 2 } } });
});
