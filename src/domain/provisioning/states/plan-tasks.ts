import type { DependencyGraph } from './dependencies.ts';
import type { AccountState } from './states.ts';

/** Accounts and tasks of one person before planning. */
export interface PersonSystems {
  readonly accounts: Readonly<Record<string, AccountState>>;
  /** Ids of open tasks by system. */
  readonly openTasks: Readonly<Record<string, string>>;
}

/** The need of one wanted system: nothing, an open task to wait for, or a new task. */
export type PlannedSystem =
  | { readonly system: string; readonly action: 'none' }
  | { readonly system: string; readonly action: 'link'; readonly taskId: string }
  | {
      readonly system: string;
      readonly action: 'create';
      readonly status: 'PENDING' | 'WAITING';
      readonly dependsOn: readonly string[];
    };

/**
 * Plans one person's wanted systems (provisioning.md §4): an active account needs no task, an open task is shared,
 * anything else becomes a task that waits while a dependency has no active account. Wanted is exactly what was
 * asked for: dependencies are not added silently.
 */
export function planTasks(
  wanted: readonly string[],
  person: PersonSystems,
  dependencies: DependencyGraph,
): PlannedSystem[] {
  return wanted.map((system): PlannedSystem => {
    if (person.accounts[system] === 'ACTIVE') return { system, action: 'none' };
    const taskId = person.openTasks[system];
    if (taskId !== undefined) return { system, action: 'link', taskId };
    const dependsOn = [...(dependencies[system] ?? [])];
    const met = dependenciesMet(dependsOn, person.accounts);
    return { system, action: 'create', status: met ? 'PENDING' : 'WAITING', dependsOn };
  });
}

/** Dependencies are met when the person has an ACTIVE account in each of them, of any origin. */
export function dependenciesMet(
  dependsOn: readonly string[],
  accounts: Readonly<Record<string, AccountState>>,
): boolean {
  return dependsOn.every((system) => accounts[system] === 'ACTIVE');
}
