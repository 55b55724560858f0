import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { RunMode, RunTrigger } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { type StartedRun, startRun } from '../../runs/start-run.ts';
import { ACCOUNTS_STEP, disableLeaversJob, LEAVERS_STEP } from './disable-leavers-job.ts';
import { isLeaverSql } from './leaver-condition.ts';

interface LeaversStart {
  readonly mode: RunMode;
  readonly trigger: RunTrigger;
  /** Leavers too, not only people who came back. */
  readonly disable: boolean;
  readonly createdBy: string | null;
  readonly displayTimeZone: string;
}

/**
 * Starts a run of leavers by hand, also while the Setting `leaver_disable_enabled` is off, or joins the live one.
 */
export function startDisableLeavers(
  context: OperationContext,
  input: { readonly mode: RunMode },
): Promise<{ readonly id: string; readonly joined: boolean; readonly userErrors: readonly [] }> {
  const { principal, displayTimeZone } = context;
  const start = {
    ...input,
    trigger: 'MANUAL_TASK',
    disable: true,
    createdBy: principal,
    displayTimeZone,
  } as const;
  return inTransaction(context.em, async (tx) => {
    const { id, joined } = await begin({ tx, boss: context.boss }, start);
    return { id, joined, userErrors: [] };
  });
}

/**
 * Starts a run of leavers after a successful sync, in its transaction: where the Setting says so, or where a person
 * came back whose account an earlier run disabled.
 */
export async function followSyncWithLeavers(
  context: { readonly tx: Sql; readonly boss: PgBoss; readonly displayTimeZone: string },
  settings: LiveSettings,
): Promise<void> {
  const disable = settings.get('leaver_disable_enabled');
  if (!disable && !(await somebodyCameBack(context.tx, settings))) return;
  const { displayTimeZone } = context;
  await begin(context, { mode: 'RUN', trigger: 'EVENT', disable, createdBy: null, displayTimeZone });
}

async function begin(context: JobContext, start: LeaversStart): Promise<StartedRun> {
  const { disable, ...rest } = start;
  const run = await startRun(context.tx, {
    ...rest,
    kind: 'LEAVERS',
    scope: '',
    options: { disable },
    steps: [
      { key: LEAVERS_STEP, parentKey: null },
      { key: ACCOUNTS_STEP, parentKey: null },
    ],
  });
  await enqueueRun(context, disableLeaversJob, run);
  return run;
}

async function somebodyCameBack(tx: Sql, settings: LiveSettings): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from account a join person p on p.id = a.person_id
      where a.leaver_since is not null and p.source = 'HR'
        and not ${isLeaverSql(settings.get('valid_employee_statuses'))}) as found`.execute(tx);
  return rows[0]?.found ?? false;
}
