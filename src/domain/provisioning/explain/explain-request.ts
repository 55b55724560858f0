import type { StoredError } from '../../errors/error-entry.ts';
import type { Explanation } from '../../explanations/explanation.ts';
import { isFinalTask, type RequestStatus, type TaskStatus } from '../states/states.ts';
import { explainCondition, explainPause, type Switches, type SystemCondition } from './explain-task.ts';

export interface RequestExplanationFacts {
  readonly status: RequestStatus;
  /** The request was cancelled; items in flight may still move. */
  readonly cancelled: boolean;
  /** Its people were removed: to be done again, the request must be sent again. */
  readonly purged: boolean;
  readonly totalUsers: number;
  readonly processedUsers: number;
  readonly failedUsers: number;
  /** People stored, tasks not planned yet. */
  readonly syncedUsers: number;
  readonly tasks: readonly { readonly system: string; readonly status: TaskStatus; readonly count: number }[];
  /** Most frequent first. */
  readonly errors: readonly { readonly error: StoredError; readonly count: number }[];
  readonly conditions: readonly SystemCondition[];
  readonly switches: Switches;
  readonly nowMs: number;
}

// The first causes are most of the trouble; errorSummary has them all.
const CAUSES_SHOWN = 3;

/** Why a request is not completed, and what would help; nothing when it is. */
export function explainRequest(facts: RequestExplanationFacts): Explanation[] {
  switch (facts.status) {
    case 'COMPLETED':
      return [];
    case 'CANCELLED':
      return [{ code: 'CANCELLED' }];
    case 'PENDING':
      return [{ code: facts.switches.creation ? 'WAITING_FOR_INTAKE' : 'CREATION_OFF' }];
    case 'FAILED':
    case 'PARTIAL_FAILED':
      return [...explainFailures(facts), { code: facts.purged ? 'REQUEST_PURGED' : 'REQUEST_RETRY' }];
    case 'PROCESSING':
      return explainProcessing(facts);
  }
}

function explainFailures({
  failedUsers,
  totalUsers,
  errors,
  purged,
}: RequestExplanationFacts): Explanation[] {
  if (failedUsers === 0) return [];
  return [
    { code: 'REQUEST_FAILURES', parameters: { failed: failedUsers, total: totalUsers } },
    // Whom an error was about is gone with them.
    ...(purged ? [] : errors)
      .slice(0, CAUSES_SHOWN)
      .map(
        ({ error, count }): Explanation => ({ code: 'REQUEST_CAUSE', parameters: { count }, cause: error }),
      ),
  ];
}

function explainProcessing(facts: RequestExplanationFacts): Explanation[] {
  const { switches, cancelled, processedUsers, totalUsers, nowMs } = facts;
  const open = facts.tasks.filter((task) => !isFinalTask(task.status));
  if (cancelled) return [{ code: 'CANCELLING', parameters: { open: totalUsers - processedUsers } }];
  const systems = new Set(open.map((task) => task.system));
  const pauses = [...systems].flatMap((system) => explainPause(system, switches) ?? []);
  const conditions = facts.conditions.flatMap((condition) => {
    const { system } = condition;
    if (!systems.has(system) || explainPause(system, switches) !== null) return [];
    return explainCondition(condition, nowMs) ?? [];
  });
  return [
    { code: 'REQUEST_PROGRESS', parameters: { processed: processedUsers, total: totalUsers } },
    ...explainSwitches(switches, facts.syncedUsers),
    ...pauses,
    ...conditions,
    ...explainOpen(open),
    ...explainFailures(facts),
  ];
}

function explainSwitches(switches: Switches, syncedUsers: number): Explanation[] {
  if (!switches.creation) return [{ code: 'CREATION_OFF' }];
  return [
    ...(!switches.planning && syncedUsers > 0 ? [{ code: 'PLANNING_OFF' } as const] : []),
    ...(switches.processing ? [] : [{ code: 'PROCESSING_OFF' } as const]),
  ];
}

function explainOpen(open: RequestExplanationFacts['tasks']): Explanation[] {
  if (open.length === 0) return [];
  const tasks = open.map(({ system, status, count }) => `${system} ${status} ${count}`);
  return [{ code: 'REQUEST_TASKS', parameters: { tasks } }];
}
