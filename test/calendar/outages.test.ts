import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CalendarBench } from './bench.ts';

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
  await calendars.smallSchool();
});
afterEach(() => calendars.close());

const pause = (system: string) => calendars.bench.set('paused_systems', [{ system, reason: '维护' }]);
const goOn = () => calendars.bench.set('paused_systems', []);
const startFull = async (): Promise<string> => (await calendars.start('FULL')).run.runId;
const resume = (runId: string) =>
  calendars.ask(
    'mutation ($runId: String!) { resumeRun(input: { runId: $runId }) { userErrors { code } } }',
    { runId },
  );
/** Resolves once the run is at this step. */
const reaches = (runId: string, key: string) =>
  calendars.bench.until(`${runId} reaching ${key}`, async () => {
    const { steps } = await calendars.read(runId);
    return steps.find((step) => step.key === key)?.status === 'RUNNING' ? true : null;
  });

test('a paused WPS is asked nothing; the run waits and goes on by itself', async () => {
  await pause('WPS');
  const runId = await startFull();
  await reaches(runId, 'users.view');
  expect(calendars.control.ledger({ system: 'WPS' })).toEqual([]);
  await goOn();
  expect(await calendars.rest(runId)).toMatchObject({
    status: 'COMPLETED',
    summary: { events: { created: 3 } },
  });
});

test('a paused timetable is not read; the run waits, and can be cancelled', async () => {
  await pause('TIMETABLE');
  const runId = await startFull();
  await reaches(runId, 'prepare.term');
  await calendars.ask(
    'mutation ($runId: String!) { cancelRun(input: { runId: $runId }) { userErrors { code } } }',
    { runId },
  );
  expect((await calendars.rest(runId)).status).toBe('CANCELLED');
  await goOn();
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
});

test('WPS goes away in the middle and comes back: the run waits, can be cancelled, resumed, and repeats nothing', async () => {
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'event-create',
    fault: 'reset',
    times: 'forever',
  });
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'event-list',
    fault: 'reset',
    times: 'forever',
  });
  const runId = await startFull();
  await calendars.control.whenCalled({ system: 'WPS', operation: 'event-list', count: 2 });
  await calendars.ask(
    'mutation ($runId: String!) { cancelRun(input: { runId: $runId }) { userErrors { code } } }',
    { runId },
  );
  expect((await calendars.rest(runId)).status).toBe('CANCELLED');
  await calendars.control.removeFaults();
  await resume(runId);
  expect(await calendars.rest(runId)).toMatchObject({ status: 'COMPLETED', error: null });
  expect(calendars.remote('课程A').events).toHaveLength(2);
  expect(calendars.writes().filter((operation) => operation === 'calendar-create')).toHaveLength(2);
});

test('refused credentials are put right: a check closes the circuit, and the run is resumed', async () => {
  await calendars.control.addFault({
    system: 'WPS',
    operation: 'event-create',
    fault: 'status',
    status: 403,
    times: 'forever',
  });
  const run = await calendars.sync('FULL');
  expect(run.status).toBe('FAILED');
  await calendars.control.removeFaults();
  const { checkCalendarSystem, checkTimetableSource } = await calendars.ask(`mutation {
    checkCalendarSystem { system { code configured circuit { state } } check { reachable credentialsAccepted } }
    checkTimetableSource { system { code } check { reachable credentialsAccepted } userErrors { code } } }`);
  const well = { reachable: true, credentialsAccepted: true };
  expect(checkCalendarSystem).toEqual({
    system: { code: 'WPS', configured: true, circuit: { state: 'CLOSED' } },
    check: well,
  });
  expect(checkTimetableSource).toEqual({ system: { code: 'TIMETABLE' }, check: well, userErrors: [] });
  await resume(run.runId);
  expect((await calendars.rest(run.runId)).status).toBe('COMPLETED');
});

test('WPS goes away in the middle of a full run: after ten minutes the run still waits, after half an hour it ends and is resumed; nobody loses access', async () => {
  // Somebody is a member already, and nobody may lose that.
  await calendars.sync('FULL');
  const { members } = calendars.remote('课程A');
  for (const student of ['s4', 's5']) await calendars.enrol('B', student);
  await calendars.lesson('C', '2025-03-06', 1);
  const real = performance.now.bind(performance);
  let passedMs = 0;
  const later = vi.spyOn(performance, 'now').mockImplementation(() => real() + passedMs);
  try {
    const away = { system: 'WPS', fault: 'reset', times: 'forever' } as const;
    await calendars.control.addFault({ ...away, afterCalls: 3 });
    const runId = await startFull();
    const tries = () =>
      calendars.control.ledger({ system: 'WPS' }).filter(({ fault }) => fault === 'reset').length;
    await calendars.bench.until('the run trying again', async () => (tries() >= 2 ? true : null));
    passedMs += 10 * 60_000;
    const before = tries();
    await calendars.bench.until('the run trying again', async () => {
      await calendars.closeCircuit();
      return tries() >= before + 2 ? true : null;
    });
    expect((await calendars.read(runId)).status).toBe('RUNNING');
    passedMs += 30 * 60_000;
    const run = await calendars.rest(runId);
    expect(run).toMatchObject({ status: 'FAILED' });
    expect(run.error).toContain('30');
    await calendars.control.removeFaults();
    await calendars.closeCircuit();
    await resume(runId);
    expect(await calendars.rest(runId)).toMatchObject({ status: 'COMPLETED', error: null });
  } finally {
    later.mockRestore();
  }
  expect(calendars.remote('课程A').members).toEqual(members);
  expect([...calendars.remote('课程B').members.keys()].toSorted()).toEqual(['100002', 's1', 's4', 's5']);
  expect(calendars.remote('课程C').events).toHaveLength(1);
  expect(calendars.writes().filter((operation) => operation.endsWith('-delete'))).toEqual([]);
});
