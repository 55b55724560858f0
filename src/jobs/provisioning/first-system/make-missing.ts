import { sql } from 'kysely';
import { newTaskId, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import { completeStep, finishRun, type OpenRun, openRun, recordProgress } from '../../runs/run-record.ts';
import { finishPlanning } from '../task-runs/finish-planning.ts';
import { newestTaskId, systemsInOrder } from '../task-runs/missing-accounts.ts';
import { verifyAccounts } from '../verification/verify-accounts.ts';
import { MAKE_STEP } from './import-job.ts';
import type { ImportJobContext } from './import-job-context.ts';
import { isResubmission, resubmitOpen } from './resubmit-open.ts';
import { workInBatches } from './work-in-batches.ts';

/** Claims per transaction: each gets a task, a name and a job. */
const BATCH = 1_000;

/**
 * Continues an import whose tables are read: looks up the claims, or, once a person confirmed the run, makes the
 * missing accounts. Safe to run twice: a made claim is no longer missing, and an open task gets no second one.
 */
export async function continueImport(payload: RunJobPayload, context: ImportJobContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  if (await isResubmission(context.em, id)) return await resubmitOpen(payload, context);
  const confirmed = await inTransaction(
    context.em,
    async (tx) => (await openRun(tx, id, MAKE_STEP))?.confirmed,
  );
  if (confirmed !== true) return await verifyAccounts(payload, context);
  await workInBatches(context, { id, step: MAKE_STEP }, (tx, run) => makeBatch(tx, run, context));
}

/** False when nothing is left to do. */
async function makeBatch(tx: Sql, run: OpenRun, context: ImportJobContext): Promise<boolean> {
  const { settings, boss } = context;
  const systems = systemsInOrder(settings);
  const { rows: made } = await sql<{ id: string }>`
    update account_claim c set state = 'MADE', settled_at = clock_timestamp()
    where c.id in (select m.id from account_claim m where m.state = 'MISSING' and m.system = any(${systems.map(({ system }) => system)}::text[])
      order by m.person_id, m.id limit ${BATCH} for update)
    returning c.id`.execute(tx);
  if (made.length === 0) {
    await completeStep(tx, run);
    await finishRun(tx, run, { status: 'COMPLETED_WITH_ERRORS' });
    return false;
  }
  const after = await newestTaskId(tx);
  await sql`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system,
      priority, run_id)
    select ${newTaskId(sql.ref('p.employee_number'), sql.ref('s.system'))}, p.id, s.system, s.depends_on,
      case when s.depends_on <@ coalesce((select array_agg(a.system) from account a
        where a.person_id = p.id and a.state = 'ACTIVE'), '{}') then 'PENDING' else 'WAITING' end,
      ${1 + settings.get('account_creation_max_retries')}::int, 'FIRST_SYSTEM', 'NORMAL', ${run.id}::bigint
    from account_claim c join person p on p.id = c.person_id and p.erased_at is null
    join json_to_recordset(${JSON.stringify(systems)}::json) as s(system text, position int, depends_on text[])
      on s.system = c.system
    where c.id = any(${made.map(({ id }) => id)}::bigint[])
      and not exists (select 1 from account a where a.person_id = p.id and a.system = c.system and a.state <> 'PLANNED')
    order by p.id, s.position
    on conflict (person_id, system) where status ${openTask} do nothing`.execute(tx);
  const planned = { tx, boss, settings, defaultEmailDomain: context.defaultEmailDomain };
  await finishPlanning(planned, { runId: run.id, after });
  const done = doneBefore(run) + made.length;
  await recordProgress(tx, run, {
    done,
    total: null,
    failed: 0,
    checkpoint: { done },
    summary: { made: done },
  });
  return true;
}

function doneBefore({ step: { checkpoint } }: OpenRun): number {
  if (typeof checkpoint !== 'object' || checkpoint === null || !('done' in checkpoint)) return 0;
  return typeof checkpoint.done === 'number' ? checkpoint.done : 0;
}
