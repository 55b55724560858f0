import { expect, test } from 'vitest';
import { type NotificationEvent, parseEvent } from '../catalogue/all-events.ts';
import { mailText } from './mail-text.ts';

const zh = { locale: 'ZH_CN', timeZone: 'Asia/Shanghai' } as const;
const en = { locale: 'EN', timeZone: 'Asia/Shanghai' } as const;

const stored = {
  'request.finished': {
    requestId: 'req_20261122_aaaaaaaaaaaa',
    originSystem: 'OA',
    businessKey: 'K-7',
    status: 'PARTIAL_FAILED',
    round: 2,
    totalUsers: 5,
    completedUsers: 3,
    failedUsers: 2,
    cancelledUsers: 0,
    rejectedUsers: 1,
  },
  'task.failed': {
    system: 'WELINK',
    code: 'PHONE_NOT_MOBILE',
    count: 12,
    firstFailedAt: '2026-11-22T01:00:00.123456+00:00',
    lastFailedAt: '2026-11-22T01:14:59+00:00',
    taskIds: ['P1_WELINK_00000001', 'P2_WELINK_00000002'],
  },
  'run.finished': {
    runId: 'run_20261122_aaaaaaaaaaaa',
    kind: 'HR_SYNC',
    mode: 'RUN',
    status: 'FAILED',
    stateChanged: true,
    errorCode: 'HR_SOURCE_EMPTY',
  },
  'run.awaiting_confirmation': {
    runId: 'run_20261122_bbbbbbbbbbbb',
    kind: 'LEAVERS',
    counts: { people: 42 },
  },
  'system.circuit_opened': {
    system: 'IDAAS',
    reason: 'UPSTREAM_TIMEOUT',
    openedAt: '2026-11-22T01:00:00+00:00',
  },
  'system.circuit_closed': {
    system: 'IDAAS',
    openedAt: '2026-11-22T01:00:00+00:00',
    closedAt: '2026-11-22T02:00:00+00:00',
  },
  'calendar.system_error': {
    runId: 'run_20261122_cccccccccccc',
    term: '2024-2025-2',
    system: 'WPS',
    code: 'UPSTREAM_CREDENTIALS',
  },
  'database.privileged_account.appeared': {
    instance: 'hr-mysql',
    account: 'ops@%',
    capabilities: ['SUPERUSER'],
    reasons: [{ code: 'SUPERUSER', subject: 'ops@%' }],
  },
};

function event(type: keyof typeof stored, change: object = {}): NotificationEvent {
  const parsed = parseEvent({ type, data: { ...stored[type], ...change } });
  if (parsed === null) throw new Error(`${type} does not parse`);
  return parsed;
}

test('a mail about a request has its counts, in the language of the reader', () => {
  expect(mailText(event('request.finished'), zh)).toEqual({
    subject: '[AccountSync] 请求 req_20261122_aaaaaaaaaaaa 部分失败',
    text: expect.stringContaining('共 5 人：完成 3，失败 2，取消 0；受理时拒绝 1 行。'),
  });
  expect(mailText(event('request.finished'), en)?.subject).toBe(
    '[AccountSync] Request req_20261122_aaaaaaaaaaaa: Partly failed',
  );
});

test('moments are in the time zone of the reader', () => {
  expect(mailText(event('task.failed'), en)?.text).toMatch(/09:00:00.* to .*09:14:59/);
});

test('a run that fails and one that works again read differently', () => {
  expect(mailText(event('run.finished'), en)?.subject).toContain('HR_SYNC begins to fail');
  const works = event('run.finished', { status: 'COMPLETED', errorCode: null });
  expect(mailText(works, en)?.subject).toContain('HR_SYNC works again');
});

test.each(Object.keys(stored))('%s says everything it names, in both languages', (type) => {
  const parsed = event(
    Object.keys(stored).find((key): key is keyof typeof stored => key === type) ?? 'task.failed',
  );
  for (const reader of [zh, en]) {
    const mail = mailText(parsed, reader, { cause: 'why' });
    expect(mail?.text).not.toMatch(/–|undefined|\[object/);
    expect(mail?.text.replaceAll('{system, errorCode, status}', '')).not.toMatch(/[{}]/);
  }
});

test.each([
  ['webhook.test', { webhookUrl: 'https://portal.example.com/' }],
  ['database.account.changed', { instance: 'hr-mysql', runId: 'run_1', counts: { CREATED: 1 } }],
])('there is no mail of %s', (type, data) => {
  const parsed = parseEvent({ type, data });
  expect(parsed?.mail.toOperators).toBe(false);
  expect(parsed && mailText(parsed, en)).toBeNull();
});
