import type {
  AccountOrigin,
  AccountState,
  AttemptOutcome,
  ItemStatus,
  PersonSource,
  Priority,
  RequestStatus,
  TaskStatus,
} from '../../../domain/provisioning/states/states.ts';
import { builder } from '../../building/builder.ts';
import type { Described } from '../../building/shared-enums.ts';

// The states of what `rows.ts` reads.

const requestStatuses = {
  PENDING: { description: 'Accepted; nothing was planned yet.' },
  PROCESSING: { description: 'At least one item can still move.' },
  COMPLETED: { description: 'Every wanted account exists.' },
  PARTIAL_FAILED: { description: 'All items are final; some completed, some failed.' },
  FAILED: { description: 'All items are final; none completed, at least one failed.' },
  CANCELLED: { description: 'All items are final; none failed, some were cancelled.' },
} as const satisfies Described<RequestStatus>;

export const RequestStatusEnum = builder.enumType('RequestStatus', {
  description: 'State of a request, derived from its items.',
  values: requestStatuses,
});

const itemStatuses = {
  PENDING: { description: 'Accepted; the person is not stored yet.' },
  SYNCED: { description: 'The person is stored; tasks are not planned yet.' },
  TASK_CREATED: { description: 'Every wanted system has a task or an active account.' },
  COMPLETED: { description: 'Every wanted account is active.' },
  FAILED: { description: 'An account is missing, and no task can make it without action.' },
  CANCELLED: { description: 'Cancelled before every account existed.' },
} as const satisfies Described<ItemStatus>;

export const ItemStatusEnum = builder.enumType('RequestItemStatus', {
  description: 'State of one person in a request, derived from tasks and accounts.',
  values: itemStatuses,
});

const taskStatuses = {
  PENDING: { description: 'Ready, waiting for its turn.' },
  WAITING: { description: 'An account it depends on does not exist yet.' },
  PROCESSING: { description: 'An attempt is under way.' },
  RETRY: { description: 'The last attempt failed for a passing reason; it is tried again.' },
  UNCERTAIN: { description: 'Sent, the answer was lost; a look-up settles it, or a person by resolveTask.' },
  COMPLETED: { description: 'The account exists.' },
  FAILED: { description: 'Ended without an account; can be retried by hand.' },
  CANCELLED: { description: 'Every request that wanted it was cancelled.' },
} as const satisfies Described<TaskStatus>;

export const TaskStatusEnum = builder.enumType('TaskStatus', {
  description: 'State of a task.',
  values: taskStatuses,
});

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
} as const satisfies Described<AttemptOutcome>;

export const AttemptOutcomeEnum = builder.enumType('AttemptOutcome', {
  description: 'How one execution of a task ended. Free ones do not count against maxAttempts.',
  values: attemptOutcomes,
});

const priorities = {
  LOW: { description: 'After everything else of the same origin system.' },
  NORMAL: { description: 'The usual.' },
  HIGH: { description: 'Before everything else of the same origin system.' },
} as const satisfies Described<Priority>;

export const PriorityEnum = builder.enumType('Priority', {
  description: 'Order among the tasks of one origin system.',
  values: priorities,
});

const personSources = {
  HR: { description: 'From the HR system.' },
  REQUEST: { description: 'Brought by a request; HR does not know the person.' },
} as const satisfies Described<PersonSource>;

export const PersonSourceEnum = builder.enumType('PersonSource', {
  description: 'Who told us about a person.',
  values: personSources,
});

const accountStates = {
  PLANNED: { description: 'A task exists; the account does not yet.' },
  ACTIVE: { description: 'Exists at the system.' },
  DISABLED: { description: 'Exists, switched off.' },
} as const satisfies Described<AccountState>;

export const AccountStateEnum = builder.enumType('AccountState', {
  description: 'PLANNED from the moment a task exists; ACTIVE when it exists at the system.',
  values: accountStates,
});

const accountOrigins = {
  CREATED: { description: 'Made by this service.' },
  ADOPTED: { description: 'Found at the system when it was to be made.' },
  IMPORTED: { description: 'Known from HR or a first import.' },
  LINKED: { description: 'Linked by an operator.' },
} as const satisfies Described<AccountOrigin>;

export const AccountOriginEnum = builder.enumType('AccountOrigin', {
  description: 'Origin of an account.',
  values: accountOrigins,
});
