/** States and outcomes of area 1 (provisioning.md §2); drawn in docs/states.md. */

export const requestStatuses = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'PARTIAL_FAILED',
  'FAILED',
  'CANCELLED',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

export const itemStatuses = [
  'PENDING',
  'SYNCED',
  'TASK_CREATED',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const taskStatuses = [
  'PENDING',
  'WAITING',
  'PROCESSING',
  'RETRY',
  'UNCERTAIN',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const attemptOutcomes = [
  'CREATED',
  'ADOPTED',
  'NOT_NEEDED',
  'NOT_VISIBLE_YET',
  'RETRYABLE',
  'THROTTLED',
  'CREDENTIALS',
  'UNCERTAIN',
  'REJECTED',
  'CONFLICT',
  'ERROR',
  'LOST',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Findings of an operator about a lost answer: `resolveTask`. */
export const taskResolutions = ['EXISTS', 'SEND_AGAIN', 'GIVE_UP'] as const;
export type TaskResolution = (typeof taskResolutions)[number];

export const accountStates = ['PLANNED', 'ACTIVE', 'DISABLED'] as const;
export type AccountState = (typeof accountStates)[number];

export const accountOrigins = ['CREATED', 'ADOPTED', 'IMPORTED', 'LINKED'] as const;
export type AccountOrigin = (typeof accountOrigins)[number];

export const personSources = ['HR', 'REQUEST'] as const;
export type PersonSource = (typeof personSources)[number];

export const priorities = ['LOW', 'NORMAL', 'HIGH'] as const;
export type Priority = (typeof priorities)[number];

/** Attempts that `attemptCount` counts against `maxAttempts`; the others are free (provisioning.md §1). */
export const countedOutcomes = [
  'RETRYABLE',
  'UNCERTAIN',
  'ERROR',
  'REJECTED',
  'CONFLICT',
  'CREATED',
  'ADOPTED',
] as const satisfies readonly AttemptOutcome[];

export const finalRequestStatuses = [
  'COMPLETED',
  'PARTIAL_FAILED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly RequestStatus[];

export const finalItemStatuses = [
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly ItemStatus[];

/** A task in one of these is not open: another may be made for the same (person, system). */
export const finalTaskStatuses = [
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly TaskStatus[];

/** Codes of tasks that were open or failed in the first system: they never run, but are requested anew. */
export const historyCodes: readonly string[] = ['FIRST_SYSTEM_OPEN', 'FIRST_SYSTEM_FAILED'];

function isOneOf<T extends string>(set: readonly T[], value: string): value is T {
  return set.some((member) => member === value);
}

/** True when nothing more happens to the request unless it is revived. */
export function isFinalRequest(status: string): boolean {
  return isOneOf(finalRequestStatuses, status);
}

/** True when nothing more happens to the item unless it is revived. */
export function isFinalItem(status: string): boolean {
  return isOneOf(finalItemStatuses, status);
}

/** True when the task has ended. */
export function isFinalTask(status: string): boolean {
  return isOneOf(finalTaskStatuses, status);
}
