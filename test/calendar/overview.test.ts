import { afterEach, beforeEach, expect, test } from 'vitest';
import { CalendarBench, TERM } from './bench.ts';

let calendars: CalendarBench;
beforeEach(async () => {
  calendars = await CalendarBench.start();
  await calendars.smallSchool();
});
afterEach(() => calendars.close());

async function overview() {
  const { overview: found } = await calendars.ask(`{ overview {
    reasons { code message whatToDo }
    calendars { term failedRunId failed usersMissing membersMissing openFindings } } }`);
  return {
    calendars: found.calendars,
    reasons: found.reasons.filter(({ code }: { code: string }) => code.startsWith('CALENDAR')),
  };
}

const codes = async () => (await overview()).reasons.map(({ code }: { code: string }) => code);

test('a term that fails is told until a later run made it good', async () => {
  const refuse = { system: 'WPS', operation: 'event-create', fault: 'status', status: 403 } as const;
  await calendars.control.addFault({ ...refuse, times: 'forever' });
  const run = await calendars.sync('FULL');
  expect(run.status).toBe('FAILED');
  const told = await overview();
  expect(told.calendars).toMatchObject([{ term: TERM, failedRunId: run.runId }]);
  expect(told.reasons).toMatchObject([
    { code: 'CALENDARS_FAILED', message: expect.stringContaining(run.runId) },
  ]);
  expect(told.reasons[0].whatToDo).toContain(run.runId);

  await calendars.control.removeFaults();
  await calendars.closeCircuit();
  expect((await calendars.sync('FULL')).status).toBe('COMPLETED');
  expect(await overview()).toEqual({ calendars: [], reasons: [] });
});

test('members that failed, people whom WPS does not know and open findings are counted', async () => {
  await calendars.enrol('A', '9404');
  await calendars.student('9404');
  const refuse = { system: 'WPS', operation: 'member-create', match: 's2', fault: 'business-error' } as const;
  await calendars.control.addFault({ ...refuse, code: '77', times: 'forever' });
  await calendars.sync('FULL');
  expect((await overview()).calendars).toMatchObject([
    { term: TERM, failed: 1, usersMissing: 1, membersMissing: 1 },
  ]);
  expect(await codes()).toEqual(['CALENDARS_INCOMPLETE', 'CALENDAR_USERS_MISSING']);

  const { id } = calendars.remote('课程B');
  const { system, call } = calendars.byHand();
  await system.deleteCalendar(id, call);
  await system.close();
  await calendars.mutate('reconcileCalendars', { term: TERM });
  expect((await overview()).calendars).toMatchObject([{ openFindings: 1 }]);
  expect(await codes()).toContain('CALENDARS_DIFFER');
});
