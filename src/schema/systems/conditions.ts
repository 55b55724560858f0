import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { Switches, SystemCondition } from '../../domain/provisioning/explain/explain-task.ts';
import type { RequestScope } from '../context/context.ts';
import { perOperation, sqlOf } from '../reading/loaders.ts';

/** The switches in force. */
export function switchesOf({ services: { settings } }: RequestScope): Switches {
  return {
    creation: settings.get('account_creation_enabled'),
    planning: settings.get('request_task_creation_enabled'),
    processing: settings.get('task_processing_enabled'),
    paused: settings.pausedSystems(Date.now()),
  };
}

interface ConditionRow extends Omit<SystemCondition, 'reason'> {
  readonly code: string | null;
  readonly parameters: ErrorParameters | null;
}

/** Health of every system; read once per operation. */
export const systemConditions = perOperation((scope) => {
  let conditions: Promise<SystemCondition[]> | null = null;
  return {
    read: (): Promise<SystemCondition[]> => {
      conditions ??= readConditions(scope);
      return conditions;
    },
  };
});

async function readConditions(scope: RequestScope): Promise<SystemCondition[]> {
  const { rows } = await sql<ConditionRow>`
    select system, throttled_until as "throttledUntil", circuit, circuit_reason as code,
      circuit_parameters as parameters, opened_at as "openedAt", next_trial_at as "nextTrialAt"
    from system_state`.execute(sqlOf(scope));
  return rows.map(({ code, parameters, ...condition }) => ({
    ...condition,
    reason: code === null ? null : { code, parameters: parameters ?? {} },
  }));
}
