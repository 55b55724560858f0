import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EventContent } from '../../src/domain/calendar/event-content.ts';
import type { CalendarSystem } from '../../src/integrations/contract/calendar-system.ts';
import { UpstreamError } from '../../src/integrations/contract/errors.ts';
import { wps } from '../../src/integrations/wps/definition.ts';
import { createLogger } from '../../src/logger.ts';
import { faultRule } from '../../src/sandbox/playing/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { throttledCalls, uncertainCreates } from './contract/connector-contract-faults.ts';
import { PATIENT_MS } from './contract/connector-contract-setup.ts';

let sandbox: Sandbox;
let service: CalendarSystem;
const call = { signal: new AbortController().signal, acquire: async () => {} };

const content: EventContent = {
  summary: '财务管理',
  description: '编号：abc1',
  startsAt: '2025-03-04T09:50:00+08:00',
  endsAt: '2025-03-04T11:25:00+08:00',
  location: '第一教学楼1223',
};

beforeAll(async () => {
  sandbox = await startSandbox({ systems: ['WPS'], latencyMs: { min: 0, max: 0 } });
  service = connect(sandbox.environment);
});
afterEach(() => sandbox.control.reset());
afterAll(async () => {
  service.close();
  await sandbox.close();
});

function connect(environment: Readonly<Record<string, string>>, timeoutMs = 500): CalendarSystem {
  const logger = createLogger({ level: 'silent', pretty: false });
  return wps.connect(wps.environment.parse(environment), { logger, timeoutMs, maxSockets: 4 });
}

async function failureOf(work: Promise<unknown>): Promise<UpstreamError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`no upstream error: ${String(error)}`);
  return error;
}

test('a calendar with members and events comes into being, is found in pages, changed and deleted', async () => {
  const { id } = await service.createCalendar('财务管理', call);
  await service.renameCalendar(id, '财务管理（一）', call);
  const owner = await service.createMember(id, { userNo: '100001', role: 'OWNER' }, call);
  expect(owner).toMatchObject({ userNo: '100001', role: 'OWNER' });
  const students = Array.from({ length: 30 }, (_, index) => ({
    userNo: `s${index}`,
    role: 'READER' as const,
  }));
  expect(await service.createMembers(id, students, call)).toHaveLength(30);
  const first = await service.listMembers(id, null, call);
  const second = await service.listMembers(id, first.next, call);
  expect([first.items.length, second.items.length, second.next]).toEqual([20, 11, null]);
  const [event] = await service.createEvents(id, [content], call);
  await service.updateEvent(id, event?.id ?? '', { ...content, location: '1301' }, call);
  const window = { from: '2025-03-04T00:00:00+08:00', to: '2025-03-05T00:00:00+08:00' };
  const { items } = await service.listEvents(id, window, null, call);
  expect(items).toMatchObject([
    { summary: '财务管理', location: '1301', startsAtMs: Date.parse(content.startsAt) },
  ]);
  await service.deleteEvent(id, event?.id ?? '', call);
  await service.deleteMember(id, owner.permissionId, call);
  expect((await service.listCalendars(null, call)).items).toEqual([{ id, title: '财务管理（一）' }]);
  await service.deleteCalendar(id, call);
  expect((await service.listCalendars(null, call)).items).toEqual([]);
});

test('an existing member is answered as they are', async () => {
  const { id } = await service.createCalendar('A', call);
  await service.createMember(id, { userNo: 'u', role: 'READER' }, call);
  expect(await service.createMember(id, { userNo: 'u', role: 'WRITER' }, call)).toMatchObject({
    role: 'READER',
  });
});

test('what is gone already is deleted; anything else about it is MISSING_REMOTE', async () => {
  const { id } = await service.createCalendar('A', call);
  await service.deleteEvent(id, 'event-0', call);
  await service.deleteMember(id, 'perm-0', call);
  await service.deleteCalendar('cal-0', call);
  expect(await failureOf(service.updateEvent(id, 'event-0', content, call))).toMatchObject({
    code: 'MISSING_REMOTE',
    failure: 'permanent',
  });
  expect(await failureOf(service.renameCalendar('cal-0', 'B', call))).toMatchObject({
    code: 'MISSING_REMOTE',
  });
});

test('the directory answers only whom it knows; one unknown user refuses a batch without a name', async () => {
  expect([...(await service.findUsers(['1', '2404', '3'], call))]).toEqual(['1', '3']);
  expect([...(await service.findUsers(['2404'], call))]).toEqual([]);
  const { id } = await service.createCalendar('A', call);
  const members = [
    { userNo: '1', role: 'READER' },
    { userNo: '2404', role: 'READER' },
  ] as const;
  expect(await failureOf(service.createMembers(id, members, call))).toMatchObject({
    code: 'UPSTREAM_CALL_REJECTED',
    failure: 'permanent',
  });
});

test('concurrent calls share one token, and one renewal after it was refused', async () => {
  const own = connect(sandbox.environment);
  await Promise.all(Array.from({ length: 5 }, () => own.listCalendars(null, call)));
  expect(sandbox.control.ledger({ operation: 'token' })).toHaveLength(1);
  sandbox.control.expireTokens('WPS');
  await Promise.all(Array.from({ length: 5 }, () => own.listCalendars(null, call)));
  expect(sandbox.control.ledger({ operation: 'token' })).toHaveLength(2);
  own.close();
});

test('a refused signature and a refused token call are matters of credentials', async () => {
  const wrong = connect({ ...sandbox.environment, WPS_APP_SECRET: 'wrong' });
  expect(await failureOf(wrong.listCalendars(null, call))).toMatchObject({ failure: 'credentials' });
  expect(await wrong.checkHealth(call)).toMatchObject({ reachable: true, credentialsAccepted: false });
  wrong.close();
  expect(await service.checkHealth(call)).toMatchObject({ reachable: true, credentialsAccepted: true });
  await sandbox.control.addFault({ system: 'WPS', fault: 'status', status: 403 });
  expect(await failureOf(service.createCalendar('A', call))).toMatchObject({ failure: 'credentials' });
});

test.each(uncertainCreates)(
  'a create that meets $fault $status is uncertain, and sent once',
  async ({ expected, ...fault }) => {
    const patient = connect(sandbox.environment, PATIENT_MS);
    const { id } = await patient.createCalendar('A', call);
    await sandbox.control.addFault(faultRule.parse({ system: 'WPS', ...fault, operation: 'event-create' }));
    const error = await failureOf(patient.createEvents(id, [content], call));
    expect(error).toMatchObject({ failure: 'uncertain', code: expected });
    expect(sandbox.control.ledger({ operation: 'event-create' })).toHaveLength(1);
    patient.close();
  },
);

test('a create that is not answered in time is uncertain', async () => {
  const { id } = await service.createCalendar('A', call);
  await sandbox.control.addFault({ system: 'WPS', operation: 'event-create', fault: 'hang' });
  expect(await failureOf(service.createEvents(id, [content], call))).toMatchObject({
    failure: 'uncertain',
    code: 'UPSTREAM_TIMEOUT',
  });
});

test.each(throttledCalls)(
  'a call that is throttled waits as asked and no more than is sane: $name',
  async ({ fault, within }) => {
    const rule = { system: 'WPS', operation: 'calendar-create', fault: 'throttle', ...fault() };
    await sandbox.control.addFault(faultRule.parse(rule));
    const error = await failureOf(service.createCalendar('A', call));
    expect(error).toMatchObject({ failure: 'throttled', code: 'UPSTREAM_THROTTLED' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(within[0]);
    expect(error.retryAfterMs).toBeLessThanOrEqual(within[1]);
  },
);

test('§7.3 27 a list without items is empty, and every page of a long one is read', async () => {
  const { id } = await service.createCalendar('A', call);
  const window = { from: '2025-03-04T00:00:00+08:00', to: '2025-03-05T00:00:00+08:00' };
  expect(await service.listEvents(id, window, null, call)).toEqual({ items: [], next: null });
  for (const count of [100, 1])
    await service.createEvents(id, Array<EventContent>(count).fill(content), call);
  const first = await service.listEvents(id, window, null, call);
  const second = await service.listEvents(id, window, first.next, call);
  expect([first.items.length, second.items.length, second.next]).toEqual([100, 1, null]);
});

test('a read that breaks off is read again', async () => {
  await service.createCalendar('A', call);
  await sandbox.control.addFault({ system: 'WPS', operation: 'calendar-list', fault: 'answer-lost' });
  expect((await service.listCalendars(null, call)).items).toHaveLength(1);
});
