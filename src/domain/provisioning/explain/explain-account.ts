import type { FixBy, StoredError } from '../../errors/error-entry.ts';
import type { Explanation } from '../../explanations/explanation.ts';
import { fixByOf } from '../../explanations/what-to-do.ts';
import type { TaskFact } from '../states/item-state.ts';
import { type AccountState, type ItemStatus, isFinalTask, type PersonSource } from '../states/states.ts';
import { explainItem } from './explain-item.ts';
import { explainFailure, explainTask, type Switches, type SystemCondition } from './explain-task.ts';

/** The state of a person's account in a system. */
export const accountAnswers = [
  'HAS_ACCOUNT',
  'DISABLED',
  'UNKNOWN_PERSON',
  'NOT_WANTED',
  'WAITING',
  'IN_PROGRESS',
  'BLOCKED',
  'FAILED',
  'CANCELLED',
] as const;
export type AccountAnswer = (typeof accountAnswers)[number];

export interface AccountFacts {
  readonly employeeNumber: string;
  readonly system: string;
  readonly person: {
    readonly source: PersonSource;
    readonly status: string;
    /** `2026-11-22`; null while there is none. */
    readonly disableDate: string | null;
    /** The last day is over, in Shanghai. */
    readonly dayOver: boolean;
  } | null;
  /** The person's accounts by system. */
  readonly accounts: Readonly<
    Record<
      string,
      { readonly state: AccountState; readonly identifier: string | null; readonly since: string }
    >
  >;
  /** The task of each system: the open one, else the newest. */
  readonly tasks: Readonly<Record<string, TaskFact & { readonly nextAttemptAt: string | null }>>;
  /** The newest item of this number in a request that wants the system. */
  readonly item: {
    readonly status: ItemStatus;
    readonly error: StoredError | null;
    readonly cancelled: boolean;
  } | null;
  readonly conditions: readonly SystemCondition[];
  readonly switches: Switches & {
    /** Setting `task_auto_creation_enabled`. */
    readonly autoCreation: boolean;
  };
  /** Setting `enabled_account_types` has the system. */
  readonly enabled: boolean;
  readonly validStatuses: readonly string[];
  readonly creationMinutes: number;
  /** The task creation run that is live. */
  readonly creationRun: {
    readonly runId: string;
    readonly awaiting: boolean;
    readonly since: string;
  } | null;
  /** A person rejected the run that would have planned for this one; it holds until then, or until they change. */
  readonly rejection: {
    readonly runId: string;
    readonly rejectedBy: string;
    readonly reason: string | null;
    readonly since: string;
    readonly until: string;
  } | null;
  /** When people were last synced from HR; null: never. */
  readonly lastSyncAt: string | null;
  readonly nowMs: number;
}

export interface AccountExplanation {
  readonly answer: AccountAnswer;
  /** The cause comes last; `lead` is the one that says what to do. */
  readonly explanations: readonly Explanation[];
  readonly lead: Explanation;
  readonly fixBy: FixBy;
  /** The Setting that holds it back. */
  readonly setting: string | null;
  /** The rows it is about besides the person: the task of this system, the item, the live run. */
  readonly concerns: {
    readonly taskOf: string | null;
    readonly item: boolean;
    readonly run: boolean;
  };
}

/** Why a person has, or has not, an account in a system. */
export function explainAccount(facts: AccountFacts): AccountExplanation {
  const { system, employeeNumber, person } = facts;
  const parameters = { system, employeeNumber };
  const account = facts.accounts[system];
  const task = facts.tasks[system];
  const open = task !== undefined && !isFinalTask(task.status);
  if (account?.state === 'ACTIVE') {
    const { identifier, since } = account;
    const code = 'HAS_ACCOUNT';
    return conclude('HAS_ACCOUNT', { code, parameters: { ...parameters, identifier }, times: { since } });
  }
  if (open) return explainOpenTask(facts, system, []);
  if (account?.state === 'DISABLED') return explainDisabled(facts, account);
  // Before its tasks are planned the item knows why; afterwards each task does.
  if (facts.item?.status === 'PENDING' || facts.item?.status === 'SYNCED')
    return explainItemOf(facts, facts.item);
  if (person !== null && task?.status === 'FAILED') {
    return conclude('FAILED', explainFailure(task.error), { taskOf: system });
  }
  if (facts.item?.status === 'FAILED') return explainItemOf(facts, facts.item);
  if (task?.status === 'CANCELLED') return conclude('CANCELLED', { code: 'CANCELLED' }, { taskOf: system });
  if (facts.item?.status === 'CANCELLED') return explainItemOf(facts, facts.item);
  if (person === null) return explainUnknown(facts);
  if (task?.status === 'COMPLETED')
    return conclude('NOT_WANTED', { code: 'ACCOUNT_GONE', parameters }, { taskOf: system });
  return explainUnwanted(facts, person);
}

interface Concerns {
  readonly taskOf?: string;
  readonly item?: boolean;
  readonly run?: boolean;
}

function conclude(answer: AccountAnswer, lead: Explanation, concerns: Concerns = {}): AccountExplanation {
  const { taskOf = null, item = false, run = false } = concerns;
  return {
    answer,
    explanations: [lead],
    lead,
    fixBy: fixByOf(lead),
    setting: settingOf(lead),
    concerns: { taskOf, item, run },
  };
}

/** Explains an open task; one that waits for another account is explained by that account's task. */
function explainOpenTask(facts: AccountFacts, system: string, path: readonly string[]): AccountExplanation {
  const task = facts.tasks[system];
  if (task === undefined) return conclude('BLOCKED', { code: 'CANCELLED' });
  const [own = { code: 'READY', parameters: { system } } as const] = explainTask({
    task,
    employeeNumber: facts.employeeNumber,
    accounts: Object.fromEntries(Object.entries(facts.accounts).map(([name, { state }]) => [name, state])),
    personTasks: facts.tasks,
    condition: facts.conditions.find((condition) => condition.system === system) ?? null,
    switches: facts.switches,
    nowMs: facts.nowMs,
  });
  const explained = conclude(answerOf(own), own, { taskOf: system });
  const awaited = task.status === 'WAITING' ? missingDependency(facts, task) : null;
  const awaitedTask = awaited === null ? undefined : facts.tasks[awaited];
  if (awaited === null || awaitedTask === undefined || path.includes(awaited)) return explained;
  if (awaitedTask.status === 'COMPLETED' || awaitedTask.status === 'CANCELLED') return explained;
  const deeper = explainOpenTask(facts, awaited, [...path, system]);
  const stuck = deeper.answer === 'BLOCKED' || deeper.answer === 'FAILED';
  return { ...deeper, answer: stuck ? 'BLOCKED' : 'WAITING', explanations: [own, ...deeper.explanations] };
}

function missingDependency(facts: AccountFacts, task: TaskFact): string | null {
  return task.dependsOn.find((needed) => facts.accounts[needed]?.state !== 'ACTIVE') ?? null;
}

function answerOf({ code }: Explanation): AccountAnswer {
  switch (code) {
    case 'CREATION_OFF':
    case 'PLANNING_OFF':
    case 'PROCESSING_OFF':
    case 'PAUSED':
    case 'CIRCUIT_OPEN':
    case 'CREDENTIALS_REFUSED':
    case 'BLOCKED':
    case 'RESOLVE_BY_HAND':
      return 'BLOCKED';
    case 'RUNNING':
    case 'UNCERTAIN':
      return 'IN_PROGRESS';
    case 'FAILED':
    case 'CORRECTABLE':
    case 'DEPARTMENT_UNMAPPED':
    case 'PERSON_TYPE_INCOMPLETE':
      return 'FAILED';
    case 'CANCELLED':
      return 'CANCELLED';
    default:
      return 'WAITING';
  }
}

/** The Setting whose change would help. */
function settingOf({ code }: Explanation): string | null {
  switch (code) {
    case 'CREATION_OFF':
      return 'account_creation_enabled';
    case 'PLANNING_OFF':
      return 'request_task_creation_enabled';
    case 'PROCESSING_OFF':
      return 'task_processing_enabled';
    case 'AUTO_CREATION_OFF':
      return 'task_auto_creation_enabled';
    case 'PAUSED':
    case 'PAUSED_UNTIL':
      return 'paused_systems';
    case 'SYSTEM_SWITCHED_OFF':
      return 'enabled_account_types';
    case 'STATUS_NOT_VALID':
      return 'valid_employee_statuses';
    default:
      return null;
  }
}

function explainDisabled(
  { system, employeeNumber, person, validStatuses }: AccountFacts,
  account: { readonly identifier: string | null; readonly since: string },
): AccountExplanation {
  const left =
    person?.source === 'HR' && (person.dayOver || !validStatuses.includes(person.status)) ? person : null;
  const about =
    left === null ? {} : { variant: 'LEAVER', status: left.status, disableDate: left.disableDate };
  return conclude('DISABLED', {
    code: 'ACCOUNT_DISABLED',
    parameters: { system, employeeNumber, identifier: account.identifier, ...about },
    times: { since: account.since },
  });
}

/** Before its tasks are planned, or when it never came to that. */
function explainItemOf(facts: AccountFacts, item: NonNullable<AccountFacts['item']>): AccountExplanation {
  const { status, error, cancelled } = item;
  const [lead = { code: 'WAITING_FOR_PLANNING' } as const] = explainItem({
    status,
    error,
    cancelled,
    tasks: [],
    switches: facts.switches,
  });
  return conclude(answerOf(lead), lead, { item: true });
}

function explainUnknown({ employeeNumber, lastSyncAt }: AccountFacts): AccountExplanation {
  const variant = lastSyncAt === null ? { variant: 'NEVER_SYNCED' } : {};
  return conclude('UNKNOWN_PERSON', {
    code: 'UNKNOWN_PERSON',
    parameters: { employeeNumber, ...variant },
    times: { since: lastSyncAt },
  });
}

const USABLE_NUMBER = /^[A-Za-z0-9._-]{1,50}$/;

/** Why an account is not wanted: without a request, only people of HR who work here get accounts. */
function explainUnwanted(
  facts: AccountFacts,
  person: NonNullable<AccountFacts['person']>,
): AccountExplanation {
  const { system, employeeNumber, switches, validStatuses, creationRun, rejection } = facts;
  const { status, disableDate } = person;
  const parameters = { system, employeeNumber };
  if (!facts.enabled) return conclude('NOT_WANTED', { code: 'SYSTEM_SWITCHED_OFF', parameters });
  if (person.source !== 'HR') return conclude('NOT_WANTED', { code: 'NOT_REQUESTED', parameters });
  if (!validStatuses.includes(status)) {
    const given = { ...parameters, status, valid: validStatuses };
    return conclude('NOT_WANTED', { code: 'STATUS_NOT_VALID', parameters: given });
  }
  if (person.dayOver)
    return conclude('NOT_WANTED', { code: 'LAST_DAY_OVER', parameters: { ...parameters, disableDate } });
  if (!USABLE_NUMBER.test(employeeNumber))
    return conclude('BLOCKED', { code: 'NUMBER_UNUSABLE', parameters });
  if (!switches.creation) return conclude('BLOCKED', { code: 'CREATION_OFF' });
  if (creationRun !== null) {
    const { runId, since, awaiting } = creationRun;
    const code = awaiting ? 'AWAITING_CONFIRMATION' : 'CREATION_RUNNING';
    const lead = { code, parameters: { ...parameters, runId }, times: { since } } as const;
    return conclude(awaiting ? 'BLOCKED' : 'WAITING', lead, { run: true });
  }
  if (!switches.autoCreation) return conclude('BLOCKED', { code: 'AUTO_CREATION_OFF', parameters });
  if (rejection !== null) {
    const { runId, rejectedBy, reason, since, until } = rejection;
    const about = { ...parameters, runId, rejectedBy, reason };
    const lead = { code: 'CREATION_REJECTED', parameters: about, times: { since, until } } as const;
    return conclude('NOT_WANTED', lead, { run: true });
  }
  return conclude('WAITING', {
    code: 'NEXT_TASK_CREATION',
    parameters: { ...parameters, minutes: facts.creationMinutes },
  });
}
