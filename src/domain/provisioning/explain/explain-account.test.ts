import { describe, expect, it } from 'vitest';
import { renderExplanations } from '../../explanations/explanation.ts';
import { whatToDo } from '../../explanations/what-to-do.ts';
import { type AccountFacts, explainAccount } from './explain-account.ts';

const since = '2026-11-22 03:00:00+00';
const later = '2026-11-22 03:30:00+00';
const closed = {
  throttledUntil: null,
  circuit: 'CLOSED',
  reason: null,
  openedAt: null,
  nextTrialAt: null,
} as const;
const open = { ...closed, circuit: 'OPEN', openedAt: since, nextTrialAt: later } as const;
const switches = { creation: true, planning: true, processing: true, autoCreation: true, paused: [] };
const ofHr = { source: 'HR', status: '1', disableDate: null, dayOver: false } as const;
const ofRequest = { ...ofHr, source: 'REQUEST' } as const;

const base: AccountFacts = {
  employeeNumber: 'P1',
  system: 'EMAIL',
  person: ofHr,
  accounts: {},
  tasks: {},
  item: null,
  conditions: ['IDAAS', 'EMAIL'].map((system) => ({ system, ...closed })),
  switches,
  enabled: true,
  validStatuses: ['1'],
  creationMinutes: 10,
  creationRun: null,
  rejection: null,
  lastSyncAt: since,
  nowMs: Date.parse('2026-11-22T03:28:16Z'),
};

type Task = AccountFacts['tasks'][string];
function task(status: Task['status'], given: Partial<Task> = {}): Task {
  return { system: 'EMAIL', status, dependsOn: ['IDAAS'], error: null, nextAttemptAt: null, ...given };
}
const idaas = (status: Task['status'], given: Partial<Task> = {}): Task =>
  task(status, { system: 'IDAAS', dependsOn: [], ...given });
const unmapped = {
  code: 'DEPARTMENT_UNMAPPED',
  parameters: { departmentCodes: ['D9'], employeeNumber: 'P1', system: 'IDAAS' },
};
const account = (state: 'ACTIVE' | 'DISABLED', identifier = 'zp1') => ({ state, identifier, since });
const sick = (system: string, code: string): AccountFacts['conditions'] => [
  ...base.conditions.filter((condition) => condition.system !== system),
  { system, ...open, reason: { code, parameters: {} } },
];

const cases: readonly (readonly [string, Partial<AccountFacts>, Record<string, unknown>])[] = [
  [
    'an account',
    { accounts: { EMAIL: account('ACTIVE') } },
    { answer: 'HAS_ACCOUNT', lead: 'HAS_ACCOUNT', fixBy: 'NOBODY' },
  ],
  [
    'a number nobody has',
    { person: null },
    { answer: 'UNKNOWN_PERSON', lead: 'UNKNOWN_PERSON', fixBy: 'CALLER' },
  ],
  [
    'a number nobody has, HR never read',
    { person: null, lastSyncAt: null },
    { answer: 'UNKNOWN_PERSON', lead: 'UNKNOWN_PERSON', fixBy: 'OPERATOR' },
  ],
  [
    'a request not taken in yet',
    { person: null, item: { status: 'PENDING', error: null, cancelled: false } },
    { answer: 'WAITING', lead: 'WAITING_FOR_INTAKE', item: true },
  ],
  [
    'a request while everything is off',
    {
      person: null,
      switches: { ...switches, creation: false },
      item: { status: 'PENDING', error: null, cancelled: false },
    },
    { answer: 'BLOCKED', lead: 'CREATION_OFF', setting: 'account_creation_enabled', fixBy: 'OPERATOR' },
  ],
  [
    'a request while planning is off',
    { item: { status: 'SYNCED', error: null, cancelled: false }, switches: { ...switches, planning: false } },
    { answer: 'BLOCKED', lead: 'PLANNING_OFF', setting: 'request_task_creation_enabled' },
  ],
  [
    'a request refused by name',
    {
      item: {
        status: 'FAILED',
        error: { code: 'PERSON_MISMATCH', parameters: { employeeNumber: 'P1' } },
        cancelled: false,
      },
    },
    { answer: 'FAILED', lead: 'CORRECTABLE', fixBy: 'CALLER', item: true },
  ],
  [
    'a cancelled request',
    { item: { status: 'CANCELLED', error: null, cancelled: true }, tasks: { EMAIL: task('CANCELLED') } },
    { answer: 'CANCELLED', lead: 'CANCELLED', taskOf: 'EMAIL' },
  ],
  [
    'a ready task',
    { tasks: { IDAAS: idaas('PENDING') }, system: 'IDAAS' },
    { answer: 'WAITING', lead: 'READY', fixBy: 'NOBODY', taskOf: 'IDAAS' },
  ],
  [
    'a task under way',
    { tasks: { IDAAS: idaas('PROCESSING') }, system: 'IDAAS' },
    { answer: 'IN_PROGRESS', lead: 'RUNNING' },
  ],
  [
    'a lost answer',
    { tasks: { IDAAS: idaas('UNCERTAIN', { nextAttemptAt: later }) }, system: 'IDAAS' },
    { answer: 'IN_PROGRESS', lead: 'UNCERTAIN' },
  ],
  [
    'a retry',
    {
      tasks: {
        IDAAS: idaas('RETRY', { nextAttemptAt: later, error: { ...unmapped, code: 'UNEXPECTED_ERROR' } }),
      },
      system: 'IDAAS',
    },
    { answer: 'WAITING', lead: 'RETRY_AT' },
  ],
  [
    'a switch that is off',
    { tasks: { IDAAS: idaas('PENDING') }, system: 'IDAAS', switches: { ...switches, processing: false } },
    { answer: 'BLOCKED', lead: 'PROCESSING_OFF', setting: 'task_processing_enabled', fixBy: 'OPERATOR' },
  ],
  [
    'a pause that ends',
    {
      tasks: { IDAAS: idaas('PENDING') },
      system: 'IDAAS',
      switches: { ...switches, paused: [{ system: 'IDAAS', until: '2026-11-22T05:00:00Z', reason: '升级' }] },
    },
    { answer: 'WAITING', lead: 'PAUSED_UNTIL', setting: 'paused_systems' },
  ],
  [
    'a pause without an end',
    {
      tasks: { IDAAS: idaas('PENDING') },
      system: 'IDAAS',
      switches: { ...switches, paused: [{ system: 'IDAAS', reason: '升级' }] },
    },
    { answer: 'BLOCKED', lead: 'PAUSED', setting: 'paused_systems', fixBy: 'OPERATOR' },
  ],
  [
    'an open circuit',
    { tasks: { IDAAS: idaas('RETRY') }, system: 'IDAAS', conditions: sick('IDAAS', 'UPSTREAM_TIMEOUT') },
    { answer: 'BLOCKED', lead: 'CIRCUIT_OPEN', fixBy: 'UPSTREAM_OWNER' },
  ],
  [
    'refused credentials',
    { tasks: { IDAAS: idaas('RETRY') }, system: 'IDAAS', conditions: sick('IDAAS', 'SYSTEM_NOT_CONFIGURED') },
    { answer: 'BLOCKED', lead: 'CREDENTIALS_REFUSED', fixBy: 'OPERATOR' },
  ],
  [
    'a dependency under way',
    { tasks: { EMAIL: task('WAITING'), IDAAS: idaas('PROCESSING') } },
    { answer: 'WAITING', codes: ['WAITING_FOR_DEPENDENCY', 'RUNNING'], taskOf: 'IDAAS' },
  ],
  [
    'a dependency whose system is sick',
    {
      tasks: { EMAIL: task('WAITING'), IDAAS: idaas('RETRY') },
      conditions: sick('IDAAS', 'UPSTREAM_TIMEOUT'),
    },
    {
      answer: 'BLOCKED',
      codes: ['WAITING_FOR_DEPENDENCY', 'CIRCUIT_OPEN'],
      fixBy: 'UPSTREAM_OWNER',
      taskOf: 'IDAAS',
    },
  ],
  [
    'a dependency that failed',
    { tasks: { EMAIL: task('WAITING'), IDAAS: idaas('FAILED', { error: unmapped }) } },
    { answer: 'BLOCKED', codes: ['BLOCKED', 'DEPARTMENT_UNMAPPED'], fixBy: 'OPERATOR', taskOf: 'IDAAS' },
  ],
  [
    'a dependency nobody asked for',
    { tasks: { EMAIL: task('WAITING') } },
    { answer: 'BLOCKED', codes: ['BLOCKED'], fixBy: 'CALLER', taskOf: 'EMAIL' },
  ],
  [
    'a failed task',
    { tasks: { IDAAS: idaas('FAILED', { error: unmapped }) }, system: 'IDAAS' },
    { answer: 'FAILED', lead: 'DEPARTMENT_UNMAPPED', fixBy: 'OPERATOR' },
  ],
  [
    'a disabled account',
    { accounts: { EMAIL: account('DISABLED') } },
    { answer: 'DISABLED', lead: 'ACCOUNT_DISABLED', fixBy: 'OPERATOR' },
  ],
  [
    'a leaver',
    { accounts: { EMAIL: account('DISABLED') }, person: { ...ofHr, status: '2' } },
    { answer: 'DISABLED', lead: 'ACCOUNT_DISABLED', fixBy: 'CALLER' },
  ],
  [
    'a system that is off',
    { enabled: false },
    { answer: 'NOT_WANTED', lead: 'SYSTEM_SWITCHED_OFF', setting: 'enabled_account_types' },
  ],
  [
    'somebody only another request knows',
    { person: ofRequest },
    { answer: 'NOT_WANTED', lead: 'NOT_REQUESTED', fixBy: 'CALLER' },
  ],
  [
    'a status that is not valid',
    { person: { ...ofHr, status: '2' } },
    { answer: 'NOT_WANTED', lead: 'STATUS_NOT_VALID', setting: 'valid_employee_statuses' },
  ],
  [
    'a last day that is over',
    { person: { ...ofHr, disableDate: '2026-11-21', dayOver: true } },
    { answer: 'NOT_WANTED', lead: 'LAST_DAY_OVER' },
  ],
  [
    'a number no account can have',
    { employeeNumber: '外包001' },
    { answer: 'BLOCKED', lead: 'NUMBER_UNUSABLE' },
  ],
  [
    'people of HR not planned for',
    { switches: { ...switches, autoCreation: false } },
    { answer: 'BLOCKED', lead: 'AUTO_CREATION_OFF', setting: 'task_auto_creation_enabled' },
  ],
  [
    'a run that waits for its confirmation',
    { creationRun: { runId: 'run_1', awaiting: true, since } },
    { answer: 'BLOCKED', lead: 'AWAITING_CONFIRMATION', run: true, fixBy: 'OPERATOR' },
  ],
  [
    'a run that plans',
    { creationRun: { runId: 'run_1', awaiting: false, since } },
    { answer: 'WAITING', lead: 'CREATION_RUNNING', run: true },
  ],
  ['the next run', {}, { answer: 'WAITING', lead: 'NEXT_TASK_CREATION', fixBy: 'NOBODY' }],
  [
    'an account taken out of the records',
    { tasks: { EMAIL: task('COMPLETED') } },
    { answer: 'NOT_WANTED', lead: 'ACCOUNT_GONE' },
  ],
];

describe('why a person has no account', () => {
  it('comes from the failed task while others of its request still run', () => {
    const item = { status: 'TASK_CREATED', error: null, cancelled: false } as const;
    const tasks = { EMAIL: task('FAILED', { error: unmapped }), IDAAS: idaas('PROCESSING') };
    expect(explainAccount({ ...base, item, tasks })).toMatchObject({
      answer: 'FAILED',
      concerns: { taskOf: 'EMAIL' },
    });
  });

  it.each(cases)('%s', (_, given, expected) => {
    const explained = explainAccount({ ...base, ...given });
    const { answer, lead, fixBy, setting, concerns, explanations } = explained;
    const codes = explanations.map(({ code }) => code);
    expect({ answer, lead: lead.code, codes, fixBy, setting, ...concerns }).toMatchObject(expected);
    // Texts are whole in both languages: nothing they name is missing.
    for (const locale of ['ZH_CN', 'EN'] as const) {
      const about = { requestId: concerns.item ? 'req_1' : null, employeeNumber: 'P1' };
      const facts = { setting, taskId: concerns.taskOf, system: 'EMAIL', ...about };
      const reason = renderExplanations(explanations, { locale, timeZone: 'Asia/Shanghai' });
      const text = `${reason} ${whatToDo(lead, facts, locale)}`;
      if (explained.answer !== 'DISABLED') expect(text).not.toContain('–');
      expect(text).not.toMatch(/[{}]/);
      expect(/\p{Script=Han}/u.test(text.replaceAll(/[（(]?升级[）)]?|外包001/g, ''))).toBe(
        locale === 'ZH_CN',
      );
    }
  });

  it('does not run in a circle where two tasks wait for each other', () => {
    const tasks = { EMAIL: task('WAITING'), IDAAS: idaas('WAITING', { dependsOn: ['EMAIL'] }) };
    expect(explainAccount({ ...base, tasks }).answer).toBe('BLOCKED');
  });
});
