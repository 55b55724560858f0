import { z } from 'zod';
import { eventKind, type MailTemplate, NO_MAIL } from './event-kind.ts';

const runFails: MailTemplate = {
  zh: [
    '{kind} 开始失败',
    '运行 {runId} 失败（{errorCode}）。原因：accountsync run {runId}',
    '之后的定时运行若继续失败，不再通知；恢复时会通知。',
  ],
  en: [
    '{kind} begins to fail',
    'Run {runId} failed ({errorCode}). Why: accountsync run {runId}',
    'Scheduled runs that go on failing are not told of again; that they work again is.',
  ],
};

const runWorks: MailTemplate = {
  zh: ['{kind} 已恢复', '运行 {runId} 已完成，此前的运行是失败的。无需操作。'],
  en: ['{kind} works again', 'Run {runId} completed; the one before had failed. Nothing to do.'],
};

const runWaits: MailTemplate = {
  zh: [
    '{kind} 等待确认',
    '运行 {runId} 的改动超出自动执行的范围，正在等待确认（{counts}）。',
    '查看：accountsync run {runId}',
    '然后：accountsync confirm {runId}，或 accountsync reject {runId} --reason 原因',
  ],
  en: [
    '{kind} awaits confirmation',
    'Run {runId} would change more than it may by itself and waits ({counts}).',
    'Look at it: accountsync run {runId}',
    'Then: accountsync confirm {runId}, or accountsync reject {runId} --reason REASON',
  ],
};

const circuitOpened: MailTemplate = {
  zh: [
    '{system} 熔断打开',
    '{openedAt} 起暂停调用 {system}，原因 {reason}；任务等待，不消耗重试次数。',
    '系统恢复后自动继续；立即试一次：accountsync check {system}。若原因是凭据被拒绝，请核对该系统的环境变量。',
  ],
  en: [
    '{system}: circuit opened',
    'Since {openedAt} nothing is sent to {system} ({reason}); tasks wait and lose no attempt.',
    'It goes on by itself when the system answers again; to try at once: accountsync check {system}. Where credentials are refused, check the environment variables of the system.',
  ],
};

const circuitClosed: MailTemplate = {
  zh: [
    '{system} 已恢复',
    '{system} 自 {openedAt} 起的熔断已于 {closedAt} 关闭，等待的任务已继续。无需操作。',
  ],
  en: [
    '{system} works again',
    'The circuit of {system}, open since {openedAt}, closed at {closedAt}; what waited goes on. Nothing to do.',
  ],
};

/** Events of every area: of runs, of systems, and the test of an endpoint. */
export const coreEvents = [
  // Of runs only a change between failing and working; one that was started by hand is watched by its starter.
  eventKind('run.finished', {
    data: z.looseObject({
      runId: z.string(),
      kind: z.string(),
      mode: z.string(),
      status: z.string(),
      stateChanged: z.boolean(),
      errorCode: z.string().nullable(),
    }),
    mail: ({ status, stateChanged }) => ({
      template: status === 'FAILED' ? runFails : runWorks,
      toOperators: stateChanged,
    }),
  }),
  eventKind('run.awaiting_confirmation', {
    data: z.looseObject({
      runId: z.string(),
      kind: z.string(),
      counts: z.record(z.string(), z.number()),
    }),
    mail: () => ({ template: runWaits, toOperators: true }),
  }),
  eventKind('system.circuit_opened', {
    data: z.looseObject({
      system: z.string(),
      reason: z.string().nullable(),
      openedAt: z.string(),
    }),
    mail: () => ({ template: circuitOpened, toOperators: true }),
  }),
  eventKind('system.circuit_closed', {
    data: z.looseObject({ system: z.string(), openedAt: z.string(), closedAt: z.string() }),
    mail: () => ({ template: circuitClosed, toOperators: true }),
  }),
  eventKind('webhook.test', { data: z.looseObject({ webhookUrl: z.string() }), mail: () => NO_MAIL }),
] as const;
