import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type CalendarRunKind, calendarRunKinds } from '../../../domain/calendar/run-kinds.ts';
import { hasErrors } from '../../../domain/calendar/runs/run-summary.ts';
import { calendarSteps } from '../../../domain/calendar/runs/steps.ts';
import { type BlockPolicy, timetableUserScopes } from '../../../domain/calendar/states.ts';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarSystem } from '../../../integrations/contract/calendar-system.ts';
import type { TimetableSource } from '../../../integrations/contract/timetable-source.ts';
import type { Logger } from '../../../logger.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import { awaitConfirmation, finishRun, openRun, takeUpRun } from '../../runs/run-record.ts';
import type { SharedSlots } from '../../systems/shared-slots.ts';
import { notifySystemError } from '../kit/notify.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import { RunCancelled, RunRecorder, RunTaken } from '../kit/run-recorder.ts';
import { SystemFailure, WpsAccess } from '../kit/wps-access.ts';
import { newMemory, type RunMemory, type Stage } from '../planning/stage.ts';
import { tellPlan } from './dry-run.ts';
import { keepTermCounts, unusualRemovals } from './stages.ts';
import { stagesOf } from './stages-by-kind.ts';

/** Dependencies of the job. */
export interface RunCalendarContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly slots: SharedSlots;
  readonly source: TimetableSource;
  readonly wps: CalendarSystem;
  readonly attendanceUrl: string | null;
  /** Aborts when the process stops: the run is given back and continues elsewhere. */
  readonly stopping: AbortSignal;
}

const runRow = z.object({
  kind: z.enum(calendarRunKinds),
  scope: z.string(),
  options: z.object({
    userType: z.enum(timetableUserScopes).default('ALL'),
    userNo: z.string().nullable().default(null),
  }),
  items: z.int(),
});

/**
 * Does a calendar run stage by stage. A worker that takes up the run in the middle of reading or planning repeats
 * these. From then on the states of calendars, events and members are the checkpoint: the next worker goes on from
 * there and repeats no confirmed effect. Safe to run twice.
 */
export async function runCalendar(payload: RunJobPayload, context: RunCalendarContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  const taken = await takeUp(context, id);
  if (taken === null) return;
  const ended = new AbortController();
  const abort = () => ended.abort(new JobInterrupted('the process stops'));
  context.stopping.addEventListener('abort', abort, { once: true });
  const access = new WpsAccess({
    ...context,
    signal: ended.signal,
    onCall: (operation) => taken.recorder.countCall(operation),
    mayGoOn: () => taken.recorder.mayGoOn(),
  });
  try {
    await perform({ ...context, ...taken, access });
  } catch (error) {
    if (context.stopping.aborted) throw new JobInterrupted('the process stops');
    // Giving the job back would take the run from its new worker.
    if (error instanceof RunTaken) {
      context.logger.warn({ runId: taken.run.runId }, 'the run goes on without this worker');
      return;
    }
    if (error instanceof RunCancelled) await finish(context, id, { status: 'CANCELLED' });
    else if (error instanceof SystemFailure) await stop(context, taken, error.error);
    else throw error;
  } finally {
    context.stopping.removeEventListener('abort', abort);
    ended.abort(new JobInterrupted('the run is over'));
    await access.close();
  }
}

async function perform(context: CalendarRunContext): Promise<void> {
  const { run, recorder } = context;
  const stages = stagesOf(run.kind);
  const memory = newMemory();
  const completed = await completedSteps(context);
  if (!stages.plan.every(({ key }) => completed.has(key)))
    for (const stage of stages.plan) await doStage(context, stage, memory);
  if (run.mode === 'DRY_RUN' && stages.planned !== 'acts') {
    await tellPlan(context, memory);
    return end(context);
  }
  if (run.mode === 'RUN' && !run.confirmed && stages.planned !== 'acts') {
    const removals = await unusualRemovals(context);
    if (removals !== null) return askFirst(context, removals);
  }
  try {
    for (const stage of stages.act) if (!completed.has(stage.key)) await doStage(context, stage, memory);
  } finally {
    // Work in the background ends with the run, however the run ended.
    await Promise.allSettled([memory.marking]);
  }
  await keepTermCounts(context);
  return end(context, recorder.summary);
}

async function doStage(context: CalendarRunContext, stage: Stage, memory: RunMemory): Promise<void> {
  const { recorder } = context;
  context.stopping.throwIfAborted();
  const total = (await stage.count?.(context)) ?? null;
  await recorder.beginStep(stage.key, total);
  const remark = total === 0 ? null : (storedError.safeParse(await stage.work(context, memory)).data ?? null);
  await recorder.endStep(remark);
}

/** Remark of a stage that did its work. */
const storedError = z.object({ code: z.string(), parameters: z.record(z.string(), z.unknown()) });

async function completedSteps({ em, run }: CalendarRunContext): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select key from run_step where run_id = ${run.id}::bigint and status = 'COMPLETED'`.execute(
    outsideTransaction(em.fork()),
  );
  return new Set(rows.map(({ key }) => key));
}

/** A run that would take away unusually much waits for a person before its first effect. */
async function askFirst(context: CalendarRunContext, removals: Record<string, number>): Promise<void> {
  const [first] = calendarSteps(context.run.kind);
  await inTransaction(context.em, async (tx) => {
    const run = await openRun(tx, context.run.id, first?.key ?? '');
    if (run !== null) await awaitConfirmation(tx, run, removals);
  });
}

async function end(context: CalendarRunContext, summary = context.recorder.summary): Promise<void> {
  const { run } = context;
  const status = hasErrors(summary) ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED';
  await inTransaction(context.em, async (tx) => {
    if (run.mode === 'DRY_RUN')
      await sql`
        update run_step set status = 'SKIPPED', finished_at = clock_timestamp()
        where run_id = ${run.id}::bigint and status = 'PENDING'`.execute(tx);
    await finishOpen(tx, run.id, run.kind, { status });
  });
}

/** Ends the run after the design's "system error": nothing half-done is lost, and people are notified. */
async function stop(context: RunCalendarContext, taken: Taken, error: StoredError): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    if (!(await finishOpen(tx, taken.run.id, taken.run.kind, { status: 'FAILED', error }))) return;
    await notifySystemError(tx, { ...taken.run, round: taken.round }, { term: taken.term.code, error });
  });
}

async function finish(
  context: RunCalendarContext,
  id: string,
  how: { readonly status: 'CANCELLED' },
): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    await sql`select id from sync_run where id = ${id}::bigint and status = 'RUNNING' for update`.execute(tx);
    await finishRun(tx, { id, runId: await runIdOf(tx, id) }, how);
  });
}

async function runIdOf(tx: Sql, id: string): Promise<string> {
  const { rows } = await sql<{ run_id: string }>`
    select run_id from sync_run where id = ${id}::bigint`.execute(tx);
  return rows[0]?.run_id ?? '';
}

/** False when the run has ended meanwhile. */
async function finishOpen(
  tx: Sql,
  id: string,
  kind: CalendarRunKind,
  how: Parameters<typeof finishRun>[2],
): Promise<boolean> {
  const run = await openRun(tx, id, calendarSteps(kind)[0]?.key ?? '');
  if (run === null) return false;
  await finishRun(tx, run, how);
  return true;
}

type Taken = Pick<CalendarRunContext, 'run' | 'term' | 'recorder'> & { readonly round: string };

/** Takes up the run as its next worker; null when there is nothing left to do. */
async function takeUp(context: RunCalendarContext, id: string): Promise<Taken | null> {
  return inTransaction(context.em, async (tx) => {
    const row = await readRun(tx, id);
    if (row === null) return null;
    const firstStep = calendarSteps(row.kind)[0]?.key ?? '';
    const run = await takeUpRun(tx, id, firstStep);
    if (run === null) return null;
    // The previous worker may still be alive: the new number shuts it out.
    const { rows } = await sql<{ worker: number; round: string }>`
      update run_step s set checkpoint = jsonb_build_object('worker', coalesce((s.checkpoint->>'worker')::int, 0) + 1)
      from sync_run r where r.id = s.run_id and s.run_id = ${id}::bigint and s.key = ${firstStep}
      returning (s.checkpoint->>'worker')::int as worker, r.round::text as round`.execute(tx);
    const term = await readTerm(tx, row.scope);
    // Failed items are tried again, and recorded anew.
    await sql`delete from run_item where run_id = ${id}::bigint and outcome = 'FAILED'`.execute(tx);
    const summary = summaryWithout(run.summary);
    const recorder = new RunRecorder({
      em: context.em,
      run,
      worker: rows[0]?.worker ?? 1,
      firstStep,
      summary,
      items: row.items,
    });
    const { runId, mode, confirmed, startedAt } = run;
    return {
      run: { id, runId, kind: row.kind, mode, confirmed, options: row.options, startedAt },
      term,
      recorder,
      round: rows[0]?.round ?? '1',
    };
  });
}

const summaryShape = z.looseObject({});

/** The summary without counts of failures: each worker counts them anew, as it retries the failed items. */
function summaryWithout(summary: unknown): unknown {
  const counts = summaryShape.parse(summary ?? {});
  const entries = Object.entries(counts).map(([name, value]) => {
    const inner = summaryShape.safeParse(value);
    return [name, inner.success && 'failed' in inner.data ? { ...inner.data, failed: 0 } : value];
  });
  return Object.fromEntries(entries);
}

async function readRun(tx: Sql, id: string): Promise<z.output<typeof runRow> | null> {
  const { rows } = await sql`
    select kind, scope, options, (select count(*)::int from run_item i where i.run_id = r.id) as items
    from sync_run r where r.id = ${id}::bigint and r.status = 'RUNNING' for update`.execute(tx);
  return rows.length === 0 ? null : runRow.parse(rows[0]);
}

async function readTerm(tx: Sql, code: string) {
  const { rows } = await sql<{ id: string; policy: BlockPolicy }>`
    select id, block_policy as policy from term where code = ${code}`.execute(tx);
  const [term] = rows;
  if (term === undefined) throw new Error(`The term ${code} of a run does not exist.`);
  return { id: term.id, code, policy: term.policy };
}
