import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { RunMode, RunTrigger } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { letGoOn } from '../../runs/confirm-run.ts';
import { lockRun } from '../../runs/locked-run.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { startRun } from '../../runs/start-run.ts';
import { createTasksJob, taskCreationWork } from './create-tasks-job.ts';

/**
 * The steps of a run of task creation: people of requests, people of HR, then names and jobs for the planned tasks.
 */
export const REQUESTS_STEP = 'requests';
export const PLAN_STEP = 'plan';
export const JOBS_STEP = 'jobs';

/** Result of a mutation that starts a run of tasks. */
export interface StartRunOutcome {
  /** Primary key of the run; null when none was started. */
  readonly id: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

export interface CreateTasksStart {
  readonly mode: RunMode;
  readonly trigger: RunTrigger;
  /** Statuses instead of those of the Setting; null: those of the Setting. */
  readonly employeeStatuses: readonly string[] | null;
}

/** The error while the master switch is off; null when it is on. */
export function creationDisabled(settings: LiveSettings): OperationError | null {
  if (settings.get('account_creation_enabled')) return null;
  return operationError('FEATURE_DISABLED', {
    path: [],
    parameters: { setting: 'account_creation_enabled' },
  });
}

/**
 * Starts a run that plans tasks for all people who lack accounts, or joins the running one, and returns at once.
 * Started by hand it asks no confirmation, and confirms the run it joins. Other statuses than those of the live run
 * are INVALID_STATE.
 */
export function startCreateTasks(
  context: OperationContext,
  input: CreateTasksStart,
): Promise<StartRunOutcome> {
  const disabled = creationDisabled(context.settings);
  if (disabled !== null) return Promise.resolve({ id: null, joined: false, userErrors: [disabled] });
  return inTransaction(context.em, async (tx, em) => {
    const run = await beginCreateTasks(tx, context, input);
    if (!run.joined) return { id: run.id, joined: false, userErrors: [] };
    if (!isSameChoice(run.options['employeeStatuses'], input.employeeStatuses)) {
      const parameters = { kind: 'run', id: run.runId, status: run.status };
      const error = operationError('INVALID_STATE', { path: ['employeeStatus'], parameters });
      return { id: null, joined: false, userErrors: [error] };
    }
    const kinds = { TASK_CREATION: taskCreationWork };
    const live = await lockRun(tx, em, run.runId);
    // Refused where it does not wait: then it goes on anyway.
    if (live !== null) await letGoOn(live.run, { ...context, tx, em, at: live.at, kinds });
    return { id: run.id, joined: true, userErrors: [] };
  });
}

function isSameChoice(ofRun: unknown, asked: readonly string[] | null): boolean {
  return asked === null || JSON.stringify(ofRun) === JSON.stringify(asked);
}

/** Begins or joins a run in the caller's transaction; `principal` null: a schedule or an event does. */
export async function beginCreateTasks(
  tx: Sql,
  context: { readonly boss: PgBoss; readonly principal: string | null; readonly displayTimeZone: string },
  { mode, trigger, employeeStatuses }: CreateTasksStart,
) {
  const run = await startRun(tx, {
    kind: 'TASK_CREATION',
    scope: '',
    mode,
    trigger,
    options: { employeeStatuses, asks: trigger !== 'MANUAL_TASK' },
    createdBy: context.principal,
    displayTimeZone: context.displayTimeZone,
    steps: [REQUESTS_STEP, PLAN_STEP, JOBS_STEP].map((key) => ({ key, parentKey: null })),
  });
  await enqueueRun({ tx, boss: context.boss }, createTasksJob, run);
  return run;
}

/**
 * Starts a run after an event that may have left people without accounts: a sync, or a switch that was turned on. A
 * running one may have looked already: it is followed by another.
 */
export async function followWithTasks(
  tx: Sql,
  context: { readonly boss: PgBoss; readonly settings: LiveSettings; readonly displayTimeZone: string },
): Promise<void> {
  const { settings } = context;
  if (!settings.get('account_creation_enabled') || !settings.get('task_auto_creation_enabled')) return;
  const event = { mode: 'RUN', trigger: 'EVENT', employeeStatuses: null } as const;
  const run = await beginCreateTasks(tx, { ...context, principal: null }, event);
  if (!run.joined) return;
  const { rows } = await sql`
    update sync_run set options = options || '{"again": true}' where id = ${run.id}::bigint
      and status in ('RUNNING', 'AWAITING_CONFIRMATION') returning id`.execute(tx);
  // The run ended while this waited for its row.
  if (rows.length === 0) await beginCreateTasks(tx, { ...context, principal: null }, event);
}
