import type { StoredError } from '../../errors/error-entry.ts';
import type { AccountState, ItemStatus, TaskStatus } from './states.ts';

/** A task as far as the state of an item depends on it. */
export interface TaskFact {
  readonly system: string;
  readonly status: TaskStatus;
  readonly dependsOn: readonly string[];
  readonly error: StoredError | null;
}

export interface ItemFacts {
  readonly status: ItemStatus;
  /** The request's systemList. */
  readonly wanted: readonly string[];
  /** The request was cancelled. */
  readonly cancelled: boolean;
  /** The person's accounts by system. */
  readonly accounts: Readonly<Record<string, AccountState>>;
  /** The item's own task per system: the open one, else the newest. */
  readonly tasks: Readonly<Record<string, TaskFact>>;
  /** The person's task per system, of any request: the open one, else the newest. */
  readonly personTasks: Readonly<Record<string, TaskFact>>;
}

export interface ItemState {
  readonly status: ItemStatus;
  /** How many of the wanted accounts are active or failed for good. */
  readonly settledCount: number;
  /** Why it failed; null unless FAILED. */
  readonly error: StoredError | null;
}

type Part =
  | { readonly kind: 'active' }
  | { readonly kind: 'failed'; readonly error: StoredError; readonly ownFault: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'moving'; readonly inFlight: boolean }
  | { readonly kind: 'unplanned' };

/** The state of an item whose person is known, from its tasks and the person's accounts (provisioning.md §2). */
export function deriveItemState(facts: ItemFacts): ItemState {
  const parts = facts.wanted.map((system) => partOf(system, facts));
  const count = parts.length;
  const settled = parts.filter((part) => part.kind === 'active' || part.kind === 'failed').length;
  const failures = parts.filter((part) => part.kind === 'failed');
  if (parts.every((part) => part.kind === 'active'))
    return { status: 'COMPLETED', settledCount: count, error: null };

  const canMove = parts.some((part) =>
    part.kind === 'moving'
      ? !facts.cancelled || part.inFlight
      : part.kind === 'unplanned' && !facts.cancelled,
  );
  if (canMove) {
    const planned = parts.every((part) => part.kind !== 'unplanned');
    return { status: planned ? 'TASK_CREATED' : 'SYNCED', settledCount: settled, error: null };
  }
  // The cause itself is shown rather than what only waits for it.
  const cause = failures.find((failure) => failure.ownFault) ?? failures[0];
  if (cause !== undefined) return { status: 'FAILED', settledCount: count, error: cause.error };
  return { status: 'CANCELLED', settledCount: count, error: null };
}

function partOf(system: string, facts: ItemFacts): Part {
  if (facts.accounts[system] === 'ACTIVE') return { kind: 'active' };
  const task = facts.tasks[system];
  if (task === undefined) return { kind: 'unplanned' };
  switch (task.status) {
    case 'COMPLETED':
      return { kind: 'active' };
    case 'FAILED':
      return {
        kind: 'failed',
        error: task.error ?? { code: 'UNEXPECTED_ERROR', parameters: {} },
        ownFault: true,
      };
    case 'CANCELLED':
      return { kind: 'cancelled' };
    case 'WAITING': {
      const error = findBlocker(task, facts);
      return error === null
        ? { kind: 'moving', inFlight: false }
        : { kind: 'failed', error, ownFault: false };
    }
    case 'PROCESSING':
    case 'UNCERTAIN':
      return { kind: 'moving', inFlight: true };
    case 'PENDING':
    case 'RETRY':
      return { kind: 'moving', inFlight: false };
  }
}

/**
 * Finds why a waiting task cannot start: a dependency without an active account whose task failed, that no request
 * wants, or that is itself blocked in this way. Null while every dependency may still be met. Tasks planned under two
 * dependency graphs may wait for each other: then both are blocked.
 */
export function findBlocker(
  task: TaskFact,
  facts: Pick<ItemFacts, 'accounts' | 'personTasks'>,
  waitingFor: readonly string[] = [],
): StoredError | null {
  const path = [...waitingFor, task.system];
  for (const needed of task.dependsOn) {
    if (facts.accounts[needed] === 'ACTIVE') continue;
    const parameters = { system: task.system, dependency: needed };
    if (path.includes(needed))
      return { code: 'DEPENDENCY_MISSING', parameters: { ...parameters, dependency: task.system } };
    const other = facts.personTasks[needed];
    switch (other?.status) {
      case 'FAILED':
        return {
          code: 'DEPENDENCY_FAILED',
          parameters: { ...parameters, cause: other.error?.code ?? 'UNEXPECTED_ERROR' },
        };
      case 'WAITING': {
        const deeper = findBlocker(other, facts, path);
        if (deeper !== null)
          return { code: deeper.code, parameters: { ...deeper.parameters, system: task.system } };
        break;
      }
      case undefined:
      case 'CANCELLED':
      case 'COMPLETED':
        return { code: 'DEPENDENCY_MISSING', parameters };
      case 'PENDING':
      case 'PROCESSING':
      case 'RETRY':
      case 'UNCERTAIN':
        break;
    }
  }
  return null;
}
