import { z } from 'zod';
import type { Locale } from '../../errors/error-entry.ts';
import { eventKind, type MailTemplate } from '../../notifications/event-kind.ts';
import { requestStatuses } from './states.ts';
import { displayRequestStatus } from './status-display.ts';

const finished: MailTemplate = {
  zh: [
    '请求 {requestId} {status}',
    '来源 {originSystem}，业务号 {businessKey}，第 {round} 轮。',
    '共 {totalUsers} 人：完成 {completedUsers}，失败 {failedUsers}，取消 {cancelledUsers}；受理时拒绝 {rejectedUsers} 行。',
    '失败原因和处理办法：accountsync request {requestId}，或在控制台打开该请求。',
  ],
  en: [
    'Request {requestId}: {status}',
    'From {originSystem}, business key {businessKey}, round {round}.',
    'People: {totalUsers}; completed {completedUsers}, failed {failedUsers}, cancelled {cancelledUsers}. Rows refused at intake: {rejectedUsers}.',
    'What failed and what to do: accountsync request {requestId}, or the request in the console.',
  ],
};

const tasksFailed: MailTemplate = {
  zh: [
    '{system} 有 {count} 个任务失败（{code}）',
    '{firstFailedAt} 至 {lastFailedAt}，{system} 有 {count} 个任务失败，错误代码 {code}。',
    '原因：{cause}',
    '任务：{taskIds}',
    '查看：accountsync tasks --system {system} --error-code {code} --status FAILED',
    '处理后重试：accountsync retry --system {system} --error-code {code}',
  ],
  en: [
    '{system}: tasks failed with {code}: {count}',
    'From {firstFailedAt} to {lastFailedAt}, tasks that failed at {system} with {code}: {count}.',
    'Cause: {cause}',
    'Tasks: {taskIds}',
    'See them: accountsync tasks --system {system} --error-code {code} --status FAILED',
    'Once it is settled: accountsync retry --system {system} --error-code {code}',
  ],
};

function displayStatus(status: string, locale: Locale): string {
  const known = requestStatuses.find((each) => each === status);
  return known === undefined ? status : displayRequestStatus(known, locale);
}

/** Events of requests and their tasks. */
export const provisioningEvents = [
  eventKind('request.finished', {
    data: z.looseObject({
      requestId: z.string(),
      originSystem: z.string(),
      businessKey: z.string(),
      status: z.string(),
      round: z.int(),
      totalUsers: z.int(),
      completedUsers: z.int(),
      failedUsers: z.int(),
      cancelledUsers: z.int(),
      rejectedUsers: z.int(),
    }),
    mail: ({ status }) => ({
      template: finished,
      toOperators: false,
      facts: (locale) => ({ status: displayStatus(status, locale) }),
    }),
  }),
  eventKind('task.failed', {
    data: z.looseObject({
      system: z.string(),
      code: z.string(),
      count: z.int(),
      firstFailedAt: z.string(),
      lastFailedAt: z.string(),
      taskIds: z.array(z.string()),
    }),
    mail: () => ({ template: tasksFailed, toOperators: true }),
  }),
] as const;
