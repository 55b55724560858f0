import { describe, expect, it } from 'vitest';
import type { Locale } from '../errors/error-entry.ts';
import { type Explanation, renderExplanations } from '../explanations/explanation.ts';
import { explainItem } from './explain/explain-item.ts';
import { explainRequest, type RequestExplanationFacts } from './explain/explain-request.ts';
import { explainTask, type SystemCondition, type TaskToExplain } from './explain/explain-task.ts';

const switches = { creation: true, planning: true, processing: true, paused: [] };
const healthy: SystemCondition = {
  system: 'IDAAS',
  throttledUntil: null,
  circuit: 'CLOSED',
  reason: null,
  openedAt: null,
  nextTrialAt: null,
};
const nowMs = Date.parse('2026-11-22T03:28:16Z');
const later = '2026-11-22 03:30:00+00';

type Given = Partial<Omit<TaskToExplain, 'task'>> & { readonly task?: Partial<TaskToExplain['task']> };

function facts(given: Given): TaskToExplain {
  return {
    employeeNumber: 'P1',
    accounts: {},
    personTasks: {},
    condition: healthy,
    switches,
    nowMs,
    ...given,
    task: {
      system: 'IDAAS',
      status: 'PENDING',
      dependsOn: [],
      error: null,
      nextAttemptAt: null,
      ...given.task,
    },
  };
}

function text(explanations: readonly Explanation[], locale: Locale = 'EN'): string | null {
  return renderExplanations(explanations, { locale, timeZone: 'Asia/Shanghai' });
}

const why = (given: Given, locale?: Locale): string | null => text(explainTask(facts(given)), locale);

describe('the explanation of a task', () => {
  it('is nothing when it is done', () => {
    expect(why({ task: { status: 'COMPLETED' } })).toBeNull();
  });

  it('says until when its system is paused, and why', () => {
    const until = '2026-11-22T12:00:00+08:00';
    const paused = [{ system: 'IDAAS', until, reason: '机房断电' }];
    const given = { switches: { ...switches, paused }, condition: { ...healthy, throttledUntil: later } };
    for (const status of ['PENDING', 'RETRY', 'UNCERTAIN'] as const) {
      expect(why({ ...given, task: { status } }, 'ZH_CN')).toContain(
        'IDAAS 维护至 2026-11-22 12:00:00 +08:00（机房断电）',
      );
      expect(why({ ...given, task: { status } })).toContain(
        'paused until 2026-11-22 12:00:00 +08:00 (机房断电)',
      );
    }
    expect(why({ ...given, task: { system: 'EMAIL' }, condition: null })).not.toContain('paused');
    expect(why({ switches: { ...switches, paused: [{ system: 'IDAAS', reason: 'R' }] } })).toContain(
      'paused_systems',
    );
  });

  it('names the account it waits for', () => {
    const task = { system: 'EMAIL', status: 'WAITING', dependsOn: ['IDAAS'] } as const;
    const idaas = { system: 'IDAAS', status: 'PENDING', dependsOn: [], error: null } as const;
    expect(why({ task, personTasks: { IDAAS: idaas } }, 'ZH_CN')).toBe(
      'EMAIL 账号要等 IDAAS 账号先建好，之后自动继续，无需操作。',
    );
  });

  it('names what blocks it, and whose', () => {
    const task = { system: 'EMAIL', status: 'WAITING', dependsOn: ['IDAAS'] } as const;
    const failed = {
      system: 'IDAAS',
      status: 'FAILED',
      dependsOn: [],
      error: { code: 'DEPARTMENT_UNMAPPED', parameters: {} },
    } as const;
    expect(why({ task, personTasks: { IDAAS: failed } })).toContain(
      'The EMAIL account of P1 waits for the account in IDAAS, which failed (DEPARTMENT_UNMAPPED)',
    );
    expect(why({ task })).toContain('which nobody asked for');
  });

  it('names the switch that holds it, before anything else', () => {
    expect(why({ switches: { ...switches, creation: false } })).toContain('account_creation_enabled');
    expect(why({ switches: { ...switches, processing: false } })).toContain('task_processing_enabled');
  });

  it('says since when a circuit is open and when it is tried, in the time zone of the service', () => {
    const condition: SystemCondition = {
      ...healthy,
      circuit: 'OPEN',
      reason: { code: 'RETRIES_EXHAUSTED', parameters: { attempts: 3 } },
      openedAt: '2026-11-22 03:00:00+00',
      nextTrialAt: later,
    };
    const explained = why({ condition });
    expect(explained).toContain('since 2026-11-22 11:00:00 +08:00');
    expect(explained).toContain('next trial is at 2026-11-22 11:30:00 +08:00');
  });

  it('calls the operator when the system refuses us', () => {
    const condition: SystemCondition = {
      ...healthy,
      circuit: 'OPEN',
      reason: { code: 'SYSTEM_NOT_CONFIGURED', parameters: {} },
    };
    expect(why({ condition }, 'ZH_CN')).toContain('须由管理员修正配置或凭据');
  });

  it('says until when a system is throttled, not once that is over', () => {
    expect(why({ condition: { ...healthy, throttledUntil: later } })).toContain(
      'before 2026-11-22 11:30:00 +08:00',
    );
    expect(why({ condition: { ...healthy, throttledUntil: '2026-11-22 03:00:00+00' } })).toContain('Ready');
  });

  it('says when it is retried and why it was not done', () => {
    const error = { code: 'UNEXPECTED_ERROR', parameters: { employeeNumber: 'P1', system: 'IDAAS' } };
    const retry = why({ task: { status: 'RETRY', error, nextAttemptAt: later } });
    expect(retry).toContain('tried again at 2026-11-22 11:30:00 +08:00');
    expect(retry).toContain('the IDAAS task of P1');
    expect(why({ task: { status: 'RETRY', error } })).toContain('Due to be tried again');
  });

  it('says that a lost answer is being looked up', () => {
    expect(why({ task: { status: 'UNCERTAIN', nextAttemptAt: later } }, 'ZH_CN')).toContain('不会重复创建');
  });

  it('says who can put a failure right, and how', () => {
    const unmapped = {
      code: 'DEPARTMENT_UNMAPPED',
      parameters: { employeeNumber: 'P1', departmentCodes: ['D1'] },
    };
    expect(why({ task: { status: 'FAILED', error: unmapped } })).toContain('upsertDepartmentMappings');
    const phone = { code: 'PHONE_NOT_MOBILE', parameters: { employeeNumber: 'P1', system: 'WELINK' } };
    expect(why({ task: { status: 'FAILED', error: phone } })).toContain('whoever sent the request');
  });
});

describe('the explanation of an item', () => {
  const base = { status: 'TASK_CREATED', error: null, cancelled: false, tasks: [], switches } as const;
  const waiting = { status: 'WAITING', explanations: [{ code: 'WAITING_FOR_DEPENDENCY' }] } as const;
  const retry = { status: 'RETRY', explanations: [{ code: 'RETRY_AT' }] } as const;

  it('shows what moves, not what only waits for it', () => {
    const explanations = explainItem({ ...base, tasks: [waiting, retry] });
    expect(explanations.map(({ code }) => code)).toEqual(['RETRY_AT']);
  });

  it('shows what waits when nothing else moves', () => {
    expect(explainItem({ ...base, tasks: [waiting] }).map(({ code }) => code)).toEqual([
      'WAITING_FOR_DEPENDENCY',
    ]);
  });

  it('names the switch it waits for', () => {
    const off = { ...switches, planning: false };
    expect(text(explainItem({ ...base, status: 'SYNCED', switches: off }))).toContain(
      'request_task_creation_enabled',
    );
  });

  it('says that what was sent ends before a cancellation does', () => {
    expect(explainItem({ ...base, cancelled: true, tasks: [retry] }).map(({ code }) => code)).toEqual([
      'CANCELLING',
    ]);
  });

  it('is nothing when it is completed', () => {
    expect(explainItem({ ...base, status: 'COMPLETED' })).toEqual([]);
  });
});

describe('the explanation of a request', () => {
  it('names the pauses of the systems it still needs, instead of their health', () => {
    const paused = [
      { system: 'IDAAS', reason: '升级' },
      { system: 'EMAIL', reason: '搬迁' },
    ];
    const explained = text(explainRequest({ ...base, switches: { ...switches, paused } }), 'ZH_CN');
    expect(explained).toContain('IDAAS 维护中（升级）');
    expect(explained).not.toContain('搬迁');
    expect(explained).not.toContain('IDAAS 要求放慢');
  });

  const base: RequestExplanationFacts = {
    status: 'PROCESSING',
    cancelled: false,
    purged: false,
    totalUsers: 10,
    processedUsers: 4,
    failedUsers: 0,
    syncedUsers: 0,
    tasks: [{ system: 'IDAAS', status: 'RETRY', count: 6 }],
    errors: [],
    conditions: [
      { ...healthy, throttledUntil: later },
      { ...healthy, system: 'EMAIL', throttledUntil: later },
    ],
    switches,
    nowMs,
  };

  it('says how far it is and what holds the systems it still needs', () => {
    const explained = text(explainRequest(base));
    expect(explained).toContain('4 of 10 people are done.');
    expect(explained).toContain('IDAAS asks us to slow down');
    expect(explained).not.toContain('EMAIL asks');
    expect(explained).toContain('IDAAS RETRY 6');
  });

  it('names the most frequent failures and how to go on', () => {
    const error = {
      code: 'PHONE_NOT_MOBILE',
      parameters: { employeeNumber: ['P1', 'P2'], system: 'WELINK' },
    };
    const explained = text(
      explainRequest({ ...base, status: 'PARTIAL_FAILED', failedUsers: 2, errors: [{ error, count: 2 }] }),
      'ZH_CN',
    );
    expect(explained).toContain('2 / 10 人失败。');
    expect(explained).toContain('2 次：工号 P1、P2 的电话不是手机号');
    expect(explained).toContain('retryRequest');
  });

  it('says of one whose people were purged that it has to be sent again', () => {
    const error = { code: 'PHONE_NOT_MOBILE', parameters: {} };
    const facts = {
      ...base,
      status: 'FAILED',
      failedUsers: 2,
      purged: true,
      errors: [{ error, count: 2 }],
    } as const;
    expect(text(explainRequest(facts))).toMatch(/^2 of 10 people failed.*send the same call again/);
    expect(text(explainRequest(facts))).not.toMatch(/–|retryRequest/);
  });

  it('is nothing when it is completed', () => {
    expect(explainRequest({ ...base, status: 'COMPLETED' })).toEqual([]);
  });
});
