import { describe, expect, test } from 'vitest';
import type { StoredError } from '../../errors/error-entry.ts';
import { deriveItemState, findBlocker, type ItemFacts, type TaskFact } from './item-state.ts';
import type { TaskStatus } from './states.ts';

const conflict: StoredError = { code: 'IDENTIFIER_TAKEN', parameters: { system: 'IDAAS' } };
const needs: Readonly<Record<string, readonly string[]>> = { WELINK: ['IDAAS'], EMAIL: ['IDAAS'] };

function taskAt(system: string, status: TaskStatus, error: StoredError | null = null): TaskFact {
  return { system, status, dependsOn: needs[system] ?? [], error };
}

/** Tasks by system, given as their states; a failed one failed with `conflict`. */
function tasksAt(states: Readonly<Record<string, TaskStatus>>): Record<string, TaskFact> {
  return Object.fromEntries(
    Object.entries(states).map(([system, status]) => [
      system,
      taskAt(system, status, status === 'FAILED' ? conflict : null),
    ]),
  );
}

function stateOf(
  states: Readonly<Record<string, TaskStatus>>,
  more: Partial<ItemFacts> & { readonly ofOthers?: Readonly<Record<string, TaskStatus>> } = {},
) {
  const tasks = tasksAt(states);
  return deriveItemState({
    status: 'TASK_CREATED',
    wanted: ['IDAAS', 'WELINK'],
    cancelled: false,
    accounts: {},
    tasks,
    personTasks: { ...tasks, ...tasksAt(more.ofOthers ?? {}) },
    ...more,
  });
}

describe('an item on its way', () => {
  test('is SYNCED while a wanted system has neither a task nor an active account', () => {
    expect(stateOf({})).toEqual({ status: 'SYNCED', settledCount: 0, error: null });
    expect(stateOf({ IDAAS: 'PENDING' })).toMatchObject({ status: 'SYNCED', settledCount: 0 });
    expect(stateOf({}, { accounts: { IDAAS: 'ACTIVE' } })).toMatchObject({
      status: 'SYNCED',
      settledCount: 1,
    });
  });

  test('is TASK_CREATED once every wanted system has a task or an active account', () => {
    expect(stateOf({ IDAAS: 'PENDING', WELINK: 'WAITING' })).toMatchObject({ status: 'TASK_CREATED' });
    expect(stateOf({ WELINK: 'PENDING' }, { accounts: { IDAAS: 'ACTIVE' } })).toEqual({
      status: 'TASK_CREATED',
      settledCount: 1,
      error: null,
    });
  });

  test.for(['PENDING', 'PROCESSING', 'RETRY', 'UNCERTAIN'] as const)(
    'stays TASK_CREATED while a task is %s, and what waits for it waits',
    (status) => {
      expect(stateOf({ IDAAS: status, WELINK: 'WAITING' })).toEqual({
        status: 'TASK_CREATED',
        settledCount: 0,
        error: null,
      });
    },
  );

  test('counts what is settled while the rest still moves', () => {
    expect(stateOf({ IDAAS: 'COMPLETED', WELINK: 'RETRY' })).toMatchObject({ settledCount: 1 });
    expect(stateOf({ IDAAS: 'FAILED', WELINK: 'RETRY' })).toEqual({
      status: 'TASK_CREATED',
      settledCount: 1,
      error: null,
    });
  });

  test.for(['PLANNED', 'DISABLED'] as const)('does not take a %s account for an active one', (state) => {
    expect(stateOf({}, { accounts: { IDAAS: state, WELINK: state } })).toMatchObject({ status: 'SYNCED' });
  });
});

describe('a completed item', () => {
  test('has every wanted account, of any origin', () => {
    const done = { status: 'COMPLETED', settledCount: 2, error: null };
    expect(stateOf({ IDAAS: 'COMPLETED', WELINK: 'COMPLETED' })).toEqual(done);
    expect(stateOf({}, { accounts: { IDAAS: 'ACTIVE', WELINK: 'ACTIVE' } })).toEqual(done);
    expect(stateOf({ WELINK: 'COMPLETED' }, { accounts: { IDAAS: 'ACTIVE' } })).toEqual(done);
  });

  test('is completed by an account that appeared although its task failed', () => {
    expect(
      stateOf({ IDAAS: 'FAILED', WELINK: 'COMPLETED' }, { accounts: { IDAAS: 'ACTIVE' } }),
    ).toMatchObject({ status: 'COMPLETED' });
  });

  test('is completed although its request was cancelled, when the accounts exist', () => {
    expect(stateOf({ IDAAS: 'COMPLETED', WELINK: 'COMPLETED' }, { cancelled: true })).toMatchObject({
      status: 'COMPLETED',
    });
  });
});

describe('a failed item', () => {
  test('shows the error of the task that failed, and counts everything as settled', () => {
    expect(stateOf({ IDAAS: 'COMPLETED', WELINK: 'FAILED' })).toEqual({
      status: 'FAILED',
      settledCount: 2,
      error: conflict,
    });
  });

  test('shows the cause itself rather than what only waits for it', () => {
    const facts = { wanted: ['EMAIL', 'WELINK', 'IDAAS'] };
    expect(stateOf({ EMAIL: 'WAITING', WELINK: 'WAITING', IDAAS: 'FAILED' }, facts)).toMatchObject({
      status: 'FAILED',
      error: conflict,
    });
  });

  test('fails at once when the dependency failed in another request, naming the cause', () => {
    expect(stateOf({ WELINK: 'WAITING' }, { wanted: ['WELINK'], ofOthers: { IDAAS: 'FAILED' } })).toEqual({
      status: 'FAILED',
      settledCount: 1,
      error: {
        code: 'DEPENDENCY_FAILED',
        parameters: { system: 'WELINK', dependency: 'IDAAS', cause: 'IDENTIFIER_TAKEN' },
      },
    });
  });

  test('fails at once when no request wants the dependency', () => {
    expect(stateOf({ WELINK: 'WAITING' }, { wanted: ['WELINK'] })).toMatchObject({
      status: 'FAILED',
      error: { code: 'DEPENDENCY_MISSING', parameters: { system: 'WELINK', dependency: 'IDAAS' } },
    });
  });

  test('moves again when another request has opened a task for the dependency', () => {
    expect(stateOf({ WELINK: 'WAITING' }, { wanted: ['WELINK'], ofOthers: { IDAAS: 'PENDING' } })).toEqual({
      status: 'TASK_CREATED',
      settledCount: 0,
      error: null,
    });
  });

  test('moves again when the account of the dependency appeared', () => {
    expect(
      stateOf({ WELINK: 'WAITING' }, { wanted: ['WELINK'], accounts: { IDAAS: 'ACTIVE' } }),
    ).toMatchObject({ status: 'TASK_CREATED' });
  });

  test('has some error even when the failed task says none', () => {
    const tasks = { IDAAS: taskAt('IDAAS', 'FAILED') };
    expect(stateOf({}, { wanted: ['IDAAS'], tasks })).toMatchObject({ error: { code: 'UNEXPECTED_ERROR' } });
  });

  test('failed rather than cancelled when it was both', () => {
    expect(stateOf({ IDAAS: 'FAILED', WELINK: 'CANCELLED' }, { cancelled: true })).toMatchObject({
      status: 'FAILED',
      error: conflict,
    });
  });
});

describe('an item of a cancelled request', () => {
  const cancelled = { cancelled: true };

  test('is CANCELLED when nothing of it is in flight', () => {
    expect(stateOf({ IDAAS: 'CANCELLED', WELINK: 'CANCELLED' }, cancelled)).toMatchObject({
      status: 'CANCELLED',
      error: null,
    });
    expect(stateOf({ IDAAS: 'COMPLETED', WELINK: 'CANCELLED' }, cancelled)).toMatchObject({
      status: 'CANCELLED',
    });
    expect(stateOf({}, cancelled)).toMatchObject({ status: 'CANCELLED' });
  });

  test.for(['PROCESSING', 'UNCERTAIN'] as const)('waits for a task that is %s', (status) => {
    expect(stateOf({ IDAAS: status, WELINK: 'CANCELLED' }, cancelled)).toMatchObject({
      status: 'TASK_CREATED',
    });
  });

  test.for(['PENDING', 'RETRY'] as const)('does not wait for a shared task that is only %s', (status) => {
    expect(stateOf({ IDAAS: status, WELINK: 'CANCELLED' }, cancelled)).toMatchObject({ status: 'CANCELLED' });
  });
});

describe('what keeps a waiting task from starting', () => {
  const waiting = taskAt('WELINK', 'WAITING');

  test.for(['PENDING', 'PROCESSING', 'RETRY', 'UNCERTAIN'] as const)(
    'is nothing while the dependency is %s',
    (status) => {
      expect(findBlocker(waiting, { accounts: {}, personTasks: tasksAt({ IDAAS: status }) })).toBeNull();
    },
  );

  test.for(['CANCELLED', 'COMPLETED'] as const)(
    'is a missing dependency when its task is %s and no account is active',
    (status) => {
      expect(findBlocker(waiting, { accounts: {}, personTasks: tasksAt({ IDAAS: status }) })).toMatchObject({
        code: 'DEPENDENCY_MISSING',
      });
    },
  );

  test('is found through a dependency that waits itself', () => {
    const vpn: TaskFact = { system: 'VPN', status: 'WAITING', dependsOn: ['EMAIL'], error: null };
    const personTasks = tasksAt({ EMAIL: 'WAITING', IDAAS: 'FAILED' });
    expect(findBlocker(vpn, { accounts: {}, personTasks })).toEqual({
      code: 'DEPENDENCY_FAILED',
      parameters: { system: 'VPN', dependency: 'IDAAS', cause: 'IDENTIFIER_TAKEN' },
    });
  });

  test('is each other, when tasks planned under two graphs wait in a circle', () => {
    const personTasks = {
      WELINK: waiting,
      IDAAS: { system: 'IDAAS', status: 'WAITING', dependsOn: ['WELINK'], error: null },
    } as const;
    expect(findBlocker(waiting, { accounts: {}, personTasks })).toEqual({
      code: 'DEPENDENCY_MISSING',
      parameters: { system: 'WELINK', dependency: 'IDAAS' },
    });
    expect(stateOf({}, { tasks: personTasks, personTasks })).toMatchObject({ status: 'FAILED' });
  });
});
