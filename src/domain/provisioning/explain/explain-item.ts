import type { StoredError } from '../../errors/error-entry.ts';
import type { Explanation } from '../../explanations/explanation.ts';
import type { ItemStatus, TaskStatus } from '../states/states.ts';
import { isFinalTask } from '../states/states.ts';
import { explainFailure, type Switches } from './explain-task.ts';

export interface ItemExplanationFacts {
  readonly status: ItemStatus;
  readonly error: StoredError | null;
  /** The request was cancelled. */
  readonly cancelled: boolean;
  readonly tasks: readonly { readonly status: TaskStatus; readonly explanations: readonly Explanation[] }[];
  readonly switches: Switches;
}

/** Why an item is not completed, and what would help; nothing when it is. */
export function explainItem(facts: ItemExplanationFacts): Explanation[] {
  const { status, switches } = facts;
  switch (status) {
    case 'COMPLETED':
      return [];
    case 'CANCELLED':
      return [{ code: 'CANCELLED' }];
    case 'FAILED':
      return [explainFailure(facts.error)];
    case 'PENDING':
      return [{ code: switches.creation ? 'WAITING_FOR_INTAKE' : 'CREATION_OFF' }];
    case 'SYNCED':
      if (!switches.creation) return [{ code: 'CREATION_OFF' }];
      return [{ code: switches.planning ? 'WAITING_FOR_PLANNING' : 'PLANNING_OFF' }];
    case 'TASK_CREATED':
      return explainTasks(facts);
  }
}

/**
 * Explanations of an item's tasks: failed ones first, because they need a person; a moving task explains those that
 * wait for it.
 */
function explainTasks({ tasks, cancelled }: ItemExplanationFacts): Explanation[] {
  const open = tasks.filter((task) => !isFinalTask(task.status));
  if (cancelled) return [{ code: 'CANCELLING', parameters: { open: open.length } }];
  const failed = tasks.filter((task) => task.status === 'FAILED');
  const moving = open.filter((task) => task.status !== 'WAITING');
  return [...failed, ...(moving.length > 0 ? moving : open)].flatMap((task) => task.explanations);
}
