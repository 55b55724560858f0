import { describe, expect, it } from 'vitest';
import { renderExplanations } from './explanation.ts';
import type { HealthFacts } from './health.ts';
import { judgeHealth } from './judge-health.ts';
import { whatToDo } from './what-to-do.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const ago = (minutes: number): string => new Date(nowMs - minutes * 60_000).toISOString();
const idaas = {
  system: 'IDAAS',
  holdsAccounts: true,
  enabled: true,
  configured: true,
  lastSuccessAt: ago(1),
  held: [],
} as const;
const open = (code: 'CIRCUIT_OPEN' | 'CREDENTIALS_REFUSED') => ({
  code,
  parameters: { system: 'IDAAS' },
  times: { since: ago(5), until: ago(0) },
  cause: { code: 'UPSTREAM_TIMEOUT', parameters: { system: 'IDAAS' } },
});
const failure = { code: 'HR_PAGE_FAILED', parameters: { page: 2, attempts: 5, cause: '500' } };
const well: HealthFacts = {
  systems: [idaas],
  ready: [],
  uncertain: [],
  failures: [],
  failedChanges: [],
  instances: [],
  terms: [],
  notifications: { givenUp: [], locked: null, overdue: null },
  auditProblem: null,
  deadLetters: [],
  switchesOff: [],
  awaiting: [],
  hr: { configured: true, enabled: true, intervalMinutes: 10, lastSuccessAt: ago(5), failure: null },
  nowMs,
};
const ready = (minutes: number) => [{ system: 'IDAAS', since: ago(minutes), taskId: 'P1_IDAAS_1' }];
const failed = (fixBy: 'OPERATOR' | 'NOBODY') => [
  {
    system: 'IDAAS',
    error: {
      code: 'DEPARTMENT_UNMAPPED',
      parameters: { employeeNumber: 'P1', departmentCodes: ['D9'], system: 'IDAAS' },
    },
    failed: 3,
    fixBy,
  },
];

const cases: readonly (readonly [string, Partial<HealthFacts>, string, readonly string[]])[] = [
  ['nothing is wrong', {}, 'OK', []],
  ['a long queue that moves', { ready: ready(600) }, 'OK', []],
  [
    'a queue that began a moment ago',
    { ready: ready(5), systems: [{ ...idaas, lastSuccessAt: null }] },
    'OK',
    [],
  ],
  [
    'a queue that does not move',
    { ready: ready(20), systems: [{ ...idaas, lastSuccessAt: ago(30) }] },
    'BROKEN',
    ['WORK_STALLED'],
  ],
  [
    'a queue behind an open circuit',
    { ready: ready(20), systems: [{ ...idaas, lastSuccessAt: null, held: [open('CIRCUIT_OPEN')] }] },
    'BROKEN',
    ['CIRCUIT_OPEN'],
  ],
  [
    'a queue behind a switch',
    {
      ready: ready(20),
      systems: [{ ...idaas, lastSuccessAt: null }],
      switchesOff: ['task_processing_enabled'],
    },
    'ATTENTION',
    ['SWITCH_OFF'],
  ],
  [
    'refused credentials',
    { systems: [{ ...idaas, held: [open('CREDENTIALS_REFUSED')] }] },
    'BROKEN',
    ['CREDENTIALS_REFUSED'],
  ],
  [
    'trouble of a system that is not enabled',
    { systems: [{ ...idaas, enabled: false, configured: false, held: [open('CIRCUIT_OPEN')] }] },
    'OK',
    [],
  ],
  [
    'an enabled system nobody is connected to',
    { systems: [{ ...idaas, configured: false }] },
    'BROKEN',
    ['NOT_CONNECTED'],
  ],
  [
    'a pause',
    { systems: [{ ...idaas, held: [{ code: 'PAUSED', parameters: { system: 'IDAAS', reason: 'R' } }] }] },
    'ATTENTION',
    ['PAUSED'],
  ],
  [
    'throttling',
    {
      systems: [
        {
          ...idaas,
          held: [{ code: 'THROTTLED', parameters: { system: 'IDAAS' }, times: { until: ago(0) } }],
        },
      ],
    },
    'OK',
    [],
  ],
  ['failures somebody has to settle', { failures: failed('OPERATOR') }, 'ATTENTION', ['FAILURES']],
  [
    'tokens of another issuer than OIDC_ISSUER',
    { issuerMismatch: { configured: 'https://sso', found: 'https://sso/other' } },
    'BROKEN',
    ['ISSUER_DIFFERS'],
  ],
  ['failures that go away', { failures: failed('NOBODY') }, 'OK', []],
  [
    'a run that waits',
    { awaiting: [{ runId: 'run_1', kind: 'LEAVERS', since: ago(1) }] },
    'ATTENTION',
    ['RUN_WAITS'],
  ],
  [
    'a term whose calendars are not as they should be',
    {
      terms: [
        {
          term: '2024-2025-2',
          failedRun: { runId: 'run_3', kind: 'CALENDAR_FULL', since: ago(2), error: failure },
          failed: { count: 2, error: failure },
          usersMissing: 3,
          membersMissing: 12,
          openFindings: 1,
        },
      ],
    },
    'ATTENTION',
    ['CALENDARS_FAILED', 'CALENDARS_INCOMPLETE', 'CALENDARS_DIFFER', 'CALENDAR_USERS_MISSING'],
  ],
  [
    'a term of which only people are missing',
    {
      terms: [
        {
          term: '2024-2025-2',
          failedRun: null,
          failed: { count: 0, error: failure },
          usersMissing: 1,
          membersMissing: 1,
          openFindings: 0,
        },
      ],
    },
    'ATTENTION',
    ['CALENDAR_USERS_MISSING'],
  ],
  [
    'answers lost long ago',
    { uncertain: [{ system: 'IDAAS', since: ago(11), count: 2 }] },
    'ATTENTION',
    ['UNCERTAIN_LONG'],
  ],
  ['answers lost just now', { uncertain: [{ system: 'IDAAS', since: ago(1), count: 2 }] }, 'OK', []],
  [
    'dead letters',
    { deadLetters: [{ queue: 'provisioning.sweep.dead', count: 1 }] },
    'ATTENTION',
    ['DEAD_LETTERS'],
  ],
  [
    'one failed sync of people',
    { hr: { ...well.hr, failure: { runId: 'run_2', at: ago(2), error: failure } } },
    'ATTENTION',
    ['HR_SYNC_FAILED'],
  ],
  [
    'syncs of people that fail for hours',
    { hr: { ...well.hr, lastSuccessAt: ago(90), failure: { runId: 'run_2', at: ago(2), error: failure } } },
    'BROKEN',
    ['HR_SYNC_FAILED'],
  ],
  [
    'people not synced for hours',
    { hr: { ...well.hr, lastSuccessAt: ago(90) } },
    'BROKEN',
    ['HR_SYNC_STALE'],
  ],
  ['people not to be synced', { hr: { ...well.hr, enabled: false, lastSuccessAt: ago(90) } }, 'OK', []],
  ['no HR source', { hr: { ...well.hr, configured: false, lastSuccessAt: null } }, 'OK', []],
];

describe('the health of the service', () => {
  it.each(cases)('with %s', (_, given, health, codes) => {
    const judged = judgeHealth({ ...well, ...given });
    expect([judged.health, judged.reasons.map(({ explanation }) => explanation.code)]).toEqual([
      health,
      codes,
    ]);
    for (const { explanation, setting } of judged.reasons) {
      for (const locale of ['ZH_CN', 'EN'] as const) {
        const completed = { ...explanation, parameters: { kind: 'K', ...explanation.parameters } };
        const text = renderExplanations([completed], { locale, timeZone: 'Asia/Shanghai' });
        expect(`${text} ${whatToDo(explanation, { setting }, locale)}`).not.toMatch(/\{\w+\}|–/);
      }
    }
  });

  it('is as bad as the worst, which stands first', () => {
    const { health, reasons } = judgeHealth({
      ...well,
      failures: failed('OPERATOR'),
      systems: [{ ...idaas, held: [open('CIRCUIT_OPEN')] }],
    });
    expect(health).toBe('BROKEN');
    expect(reasons.map(({ level }) => level)).toEqual(['BROKEN', 'ATTENTION']);
  });
});
