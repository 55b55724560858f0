import type { KeyState } from '../../domain/access/key-state.ts';
import type { FixBy, Locale } from '../../domain/errors/error-entry.ts';
import type { HealthLevel } from '../../domain/explanations/judge-health.ts';
import type { AccountAnswer } from '../../domain/provisioning/explain/explain-account.ts';
import type { PersonEventKind } from '../../domain/provisioning/explain/person-events.ts';
import type { IntakeWarningCode } from '../../domain/provisioning/intake/intake-warnings.ts';
import type { InvalidRowPolicy } from '../../domain/provisioning/intake/normalise-create-accounts.ts';
import type {
  AccountOrigin,
  AccountState,
  AttemptOutcome,
  ItemStatus,
  PersonSource,
  Priority,
  RequestStatus,
  TaskResolution,
  TaskStatus,
} from '../../domain/provisioning/states/states.ts';
import type { Builder } from '../builder.ts';
import type { SystemInfo } from '../context.ts';
import { userErrorCodes } from '../errors.ts';
import { addAuditEnums } from './audit-enums.ts';
import { addNotificationEnums } from './notification-enums.ts';
import { addRunEnums } from './run-enums.ts';

type Values<T extends string> = Readonly<Record<T, { readonly description: string }>>;

const locales = {
  ZH_CN: { description: '简体中文' },
  EN: { description: 'English' },
} as const satisfies Values<Locale>;

const requestStatuses = {
  PENDING: { description: 'Accepted; nothing was planned yet.' },
  PROCESSING: { description: 'At least one item can still move.' },
  COMPLETED: { description: 'Every wanted account exists.' },
  PARTIAL_FAILED: { description: 'All items are final; some completed, some failed.' },
  FAILED: { description: 'All items are final; none completed, at least one failed.' },
  CANCELLED: { description: 'All items are final; none failed, some were cancelled.' },
} as const satisfies Values<RequestStatus>;

const itemStatuses = {
  PENDING: { description: 'Accepted; the person is not stored yet.' },
  SYNCED: { description: 'The person is stored; tasks are not planned yet.' },
  TASK_CREATED: { description: 'A task or an active account stands for every wanted system.' },
  COMPLETED: { description: 'Every wanted account is active.' },
  FAILED: { description: 'Nothing of it can move any more and an account is missing.' },
  CANCELLED: { description: 'Cancelled before every account existed.' },
} as const satisfies Values<ItemStatus>;

const taskStatuses = {
  PENDING: { description: 'Ready, waiting for its turn.' },
  WAITING: { description: 'An account it depends on does not exist yet.' },
  PROCESSING: { description: 'An attempt is under way.' },
  RETRY: { description: 'The last attempt failed for a passing reason; it is tried again.' },
  UNCERTAIN: { description: 'Sent, the answer was lost; a look-up settles it, or a person by resolveTask.' },
  COMPLETED: { description: 'The account exists.' },
  FAILED: { description: 'Ended without an account; can be retried by hand.' },
  CANCELLED: { description: 'No request wanted it any more.' },
} as const satisfies Values<TaskStatus>;

const taskResolutions = {
  EXISTS: { description: 'The account is there, under `identifier`.' },
  SEND_AGAIN: { description: 'It is not there: the task is sent again.' },
  GIVE_UP: { description: 'It is not to be tried further: the task fails, for `reason`.' },
} as const satisfies Values<TaskResolution>;

const attemptOutcomes = {
  CREATED: { description: 'The account was made now.' },
  ADOPTED: { description: "The account existed and is this person's." },
  NOT_NEEDED: { description: 'The account was active already; nothing was sent. Free.' },
  NOT_VISIBLE_YET: { description: 'What it depends on has not replicated yet. Free.' },
  RETRYABLE: { description: 'Failed for a passing reason. Free when it probed an open circuit.' },
  THROTTLED: { description: 'The system asked us to slow down. Free.' },
  CREDENTIALS: { description: 'The system refused our credentials. Free.' },
  UNCERTAIN: { description: 'Sent, the answer was lost. Free when it probed an open circuit.' },
  REJECTED: { description: 'Refused for good, by the system or by us before sending.' },
  CONFLICT: { description: "The identity is another person's." },
  ERROR: { description: 'The program failed.' },
  LOST: { description: 'The worker died. Free.' },
} as const satisfies Values<AttemptOutcome>;

const priorities = {
  LOW: { description: 'After everything else of the same origin system.' },
  NORMAL: { description: 'The usual.' },
  HIGH: { description: 'Before everything else of the same origin system.' },
} as const satisfies Values<Priority>;

const invalidRowPolicies = {
  REJECT_ALL: { description: 'One bad row refuses the call; nothing is stored.' },
  ACCEPT_VALID: { description: 'Good rows are stored, bad ones are reported.' },
} as const satisfies Values<InvalidRowPolicy>;

const personSources = {
  HR: { description: 'From the HR system.' },
  REQUEST: { description: 'Brought by a request; HR does not know the person.' },
} as const satisfies Values<PersonSource>;

const personEvents = {
  PERSON_ADDED: { description: 'HR or a request first told us of them.' },
  REQUEST_ACCEPTED: { description: 'A request asked for accounts.' },
  TASK_PLANNED: { description: 'An account was planned.' },
  ATTEMPT_STARTED: { description: 'An attempt began and has not ended.' },
  ATTEMPT_ENDED: { description: 'An attempt ended; `outcome` says how.' },
  ACCOUNT_CREATED: { description: 'This service made an account.' },
  ACCOUNT_ADOPTED: { description: 'An account was found at the system.' },
  ACCOUNT_IMPORTED: { description: 'An account became known from HR or a first import.' },
  ACCOUNT_LINKED: { description: 'An operator linked an account.' },
  ACCOUNT_DISABLED: { description: 'An account was switched off.' },
  ACCOUNT_ENABLED: { description: 'An account was switched on again.' },
  ACCOUNT_REMOVED: { description: 'An account was taken out of the records.' },
  TASK_COMPLETED: { description: 'A task ended with an account.' },
  TASK_FAILED: { description: 'A task ended without one.' },
  TASK_CANCELLED: { description: 'Nobody wanted the task any more.' },
  REQUEST_COMPLETED: { description: 'Every account a request wanted exists.' },
  REQUEST_FAILED: { description: 'The person failed in a request.' },
  REQUEST_CANCELLED: { description: 'The person was cancelled in a request.' },
  RUN_RECORD: { description: 'A run had something to say of them.' },
} as const satisfies Values<PersonEventKind>;

const accountAnswers = {
  HAS_ACCOUNT: { description: 'The account exists and is active.' },
  DISABLED: { description: 'The account exists, switched off.' },
  UNKNOWN_PERSON: { description: 'Neither HR nor a request told us of such a person.' },
  NOT_WANTED: { description: 'Nobody asked for it, and nothing plans it by itself.' },
  WAITING: { description: 'It comes by itself; nothing to do.' },
  IN_PROGRESS: { description: 'It is being made, or looked up, right now.' },
  BLOCKED: { description: 'It could be made, but somebody has to do something first.' },
  FAILED: { description: 'It was tried and failed.' },
  CANCELLED: { description: 'It was wanted and then cancelled.' },
} as const satisfies Values<AccountAnswer>;

const healthLevels = {
  OK: { description: 'Nothing to do.' },
  ATTENTION: { description: 'It works; somebody should look at the reasons.' },
  BROKEN: { description: 'Accounts are not being made somewhere, and nobody meant it.' },
} as const satisfies Values<HealthLevel>;

const circuitStates = {
  CLOSED: { description: 'As usual.' },
  OPEN: { description: 'It failed again and again, or refused our credentials: only a trial now and then.' },
} as const satisfies Values<'OPEN' | 'CLOSED'>;

const accountStates = {
  PLANNED: { description: 'A task exists; the account does not yet.' },
  ACTIVE: { description: 'Exists at the system.' },
  DISABLED: { description: 'Exists, switched off.' },
} as const satisfies Values<AccountState>;

const accountOrigins = {
  CREATED: { description: 'Made by this service.' },
  ADOPTED: { description: 'Found at the system when it was to be made.' },
  IMPORTED: { description: 'Known from HR or a first import.' },
  LINKED: { description: 'Linked by an operator.' },
} as const satisfies Values<AccountOrigin>;

const accountWarningCodes = {
  PHONE_SHARED: { description: 'Two rows of the call have one phone, and WELINK signs people in by it.' },
  PHONE_NOT_MOBILE: { description: 'WELINK is wanted, and the phone is no mobile.' },
  PHONE_INVALID: { description: 'A system that needs a phone is wanted, and this one cannot be dialled.' },
  PHONE_PLACEHOLDER: { description: 'WELINK is wanted, and the phone looks like one that stands for none.' },
  COUNTRY_UNKNOWN: { description: 'Nobody knows the country, so its phone is not read as a Chinese one.' },
  DEPARTMENT_UNMAPPED: {
    description: 'The department has no mapping yet; tasks fail until the operator adds one.',
  },
  ACCOUNT_TYPE_UNKNOWN: { description: 'The account type is no person type; the default type counts.' },
  PERSON_MISMATCH: {
    description:
      'The employee number belongs to a person of another name; the row fails, or is accepted by a Setting.',
  },
} as const satisfies Values<IntakeWarningCode>;

const apiKeyStates = {
  ACTIVE: { description: 'It works.' },
  EXPIRED: { description: 'Its time is over.' },
  REVOKED: { description: 'Somebody ended it.' },
} as const satisfies Values<KeyState>;

const fixBy = {
  CALLER: { description: 'The portal that asked: correct the data, send it again.' },
  OPERATOR: { description: 'The operator of AccountSync.' },
  UPSTREAM_OWNER: { description: 'The owner of the other system.' },
  NOBODY: { description: 'Goes away by itself.' },
} as const satisfies Values<FixBy>;

/** Both names of a system, or the one it has everywhere. */
function describe({ en, zh }: SystemInfo['displayName']): string {
  return en === zh ? en : `${en} / ${zh}`;
}

/** Every closed set of the API; `AccountSystem` has one value per registered connector. */
export function addEnums(builder: Builder, systems: readonly SystemInfo[]) {
  return {
    ...addRunEnums(builder),
    ...addNotificationEnums(builder),
    ...addAuditEnums(builder),
    accountSystem: builder.enumType('AccountSystem', {
      description: 'A downstream system that holds accounts; one value per registered connector.',
      values: Object.fromEntries(
        systems.map(({ system, displayName }) => [
          system,
          { value: system, description: describe(displayName) },
        ]),
      ),
    }),
    locale: builder.enumType('Locale', { description: 'Languages every text exists in.', values: locales }),
    requestStatus: builder.enumType('RequestStatus', {
      description: 'State of a request, derived from its items.',
      values: requestStatuses,
    }),
    itemStatus: builder.enumType('RequestItemStatus', {
      description: 'State of one person in a request, derived from tasks and accounts.',
      values: itemStatuses,
    }),
    taskResolution: builder.enumType('TaskResolution', {
      description: 'What a person found out about a task whose answer was lost.',
      values: taskResolutions,
    }),
    taskStatus: builder.enumType('TaskStatus', { description: 'State of a task.', values: taskStatuses }),
    attemptOutcome: builder.enumType('AttemptOutcome', {
      description: 'How one execution of a task ended. Free ones do not count against maxAttempts.',
      values: attemptOutcomes,
    }),
    priority: builder.enumType('Priority', {
      description: 'Order among the tasks of one origin system.',
      values: priorities,
    }),
    invalidRowPolicy: builder.enumType('InvalidRowPolicy', {
      description: 'What becomes of a call with bad rows.',
      values: invalidRowPolicies,
    }),
    personSource: builder.enumType('PersonSource', {
      description: 'Who told us about a person.',
      values: personSources,
    }),
    personEventKind: builder.enumType('PersonEventKind', {
      description: 'What happened to a person.',
      values: personEvents,
    }),
    accountAnswer: builder.enumType('AccountAnswer', {
      description: "How it stands with a person's account in a system.",
      values: accountAnswers,
    }),
    healthLevel: builder.enumType('HealthLevel', {
      description: 'How the service is.',
      values: healthLevels,
    }),
    circuitState: builder.enumType('CircuitState', {
      description: 'Whether a system is called at all.',
      values: circuitStates,
    }),
    accountState: builder.enumType('AccountState', {
      description: 'PLANNED from the moment a task exists; ACTIVE when it exists at the system.',
      values: accountStates,
    }),
    accountOrigin: builder.enumType('AccountOrigin', {
      description: 'How an account came to be known.',
      values: accountOrigins,
    }),
    apiKeyState: builder.enumType('ApiKeyState', {
      description: 'Whether an API key works.',
      values: apiKeyStates,
    }),
    fixBy: builder.enumType('FixBy', { description: 'Who can put it right.', values: fixBy }),
    accountWarningCode: builder.enumType('AccountWarningCode', {
      description: 'What a dry run of `createAccounts` warns of.',
      values: accountWarningCodes,
    }),
    errorCode: builder.enumType('ErrorCode', {
      description:
        'Why a call was refused. More codes may be added; each says whose fault it is and what to do.',
      values: userErrorCodes,
    }),
  };
}

export type Enums = ReturnType<typeof addEnums>;
