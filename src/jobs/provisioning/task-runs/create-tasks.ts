import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { analyzeGrownTables } from '../../kit/analyze-grown-tables.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import {
  addToSummary,
  awaitConfirmation,
  completeStep,
  finishRun,
  type OpenRun,
  openRun,
  recordProgress,
  storeRunItems,
  takeUpRun,
} from '../../runs/run-record.ts';
import { planSyncedItems } from '../requests/intake-request.ts';
import { finishPlanning } from './finish-planning.ts';
import {
  type CreationRule,
  countLacking,
  countPlanned,
  type LackingPerson,
  newestTaskId,
  planLacking,
  previewLacking,
} from './missing-accounts.ts';
import {
  beginCreateTasks,
  followWithTasks,
  JOBS_STEP,
  PLAN_STEP,
  REQUESTS_STEP,
} from './start-create-tasks.ts';

export interface CreateTasksContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly defaultEmailDomain: string | null;
  readonly displayTimeZone: string;
  /** Aborts when the process stops: the run is given back and goes on elsewhere. */
  readonly stopping: AbortSignal;
}

/** People a dry run lists, and a run that asks (provisioning.md §6). */
const PEOPLE_LISTED_MAX = 1_000;

const optionsSchema = z.object({
  employeeStatuses: z.array(z.string()).nullable(),
  /** False: a person started the run and is not asked. */
  asks: z.boolean(),
  /** A sync or a switch came after the run had looked: another run follows. */
  again: z.boolean().default(false),
});
/** Checkpoint of a step: the tasks that it plans, or still has to process, come after this id. */
const checkpointSchema = z.object({ after: z.string(), done: z.int() });
type Checkpoint = z.output<typeof checkpointSchema>;
/** Other values of the summary, such as the confirmation, stay. */
const summarySchema = z.looseObject({
  people: z.int().default(0),
  tasks: z.record(z.string(), z.int()).default({}),
  requestItems: z.int().default(0),
});

/** One piece of a run: a transaction. */
interface Piece {
  readonly tx: Sql;
  readonly run: OpenRun;
  readonly context: CreateTasksContext;
}

/** Whether the step goes on, is done, or has ended the run. */
type Outcome = 'more' | 'done' | 'ended';

const steps: readonly { readonly key: string; readonly work: (piece: Piece) => Promise<Outcome> }[] = [
  { key: REQUESTS_STEP, work: planRequests },
  { key: PLAN_STEP, work: planPiece },
  { key: JOBS_STEP, work: queueTasks },
];

/**
 * Plans tasks for all people who should have accounts and lack them, then chooses names and enqueues the tasks that
 * can run. Safe to run twice: each piece is a transaction with its checkpoint, and an account that has a task gets no
 * second one.
 */
export async function createTasks(payload: RunJobPayload, context: CreateTasksContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return startByItself(context);
  for (const step of steps) {
    const outcome = await doStep(id, step, context);
    if (outcome === 'ended') return;
  }
}

async function startByItself(context: CreateTasksContext): Promise<void> {
  const { em, settings } = context;
  if (!settings.get('account_creation_enabled') || !settings.get('task_auto_creation_enabled')) return;
  const start = { mode: 'RUN', trigger: 'SCHEDULED_TASK', employeeStatuses: null } as const;
  await inTransaction(em, (tx) => beginCreateTasks(tx, { ...context, principal: null }, start));
}

async function doStep(
  id: string,
  step: (typeof steps)[number],
  context: CreateTasksContext,
): Promise<Outcome> {
  const { em, stopping } = context;
  const begun = await inTransaction(em, async (tx) => {
    if ((await stepOf(tx, id, step.key))?.status === 'COMPLETED') return 'done';
    return (await takeUpRun(tx, id, step.key)) === null ? 'ended' : 'more';
  });
  let outcome: Outcome = begun;
  while (outcome === 'more') {
    if (stopping.aborted) throw new JobInterrupted('the process stops');
    outcome = await inTransaction(em, async (tx) => {
      const run = await openRun(tx, id, step.key);
      if (run === null) return 'ended';
      // Another worker may have done the step while this one waited for the run's row.
      if ((await stepOf(tx, id, step.key))?.status === 'COMPLETED') return 'done';
      return step.work({ tx, run, context });
    });
  }
  return outcome;
}

async function stepOf(tx: Sql, id: string, key: string) {
  const { rows } = await sql<{ status: string; checkpoint: unknown }>`
    select status, checkpoint from run_step where run_id = ${id}::bigint and key = ${key}`.execute(tx);
  return rows[0] ?? null;
}

/** The step's checkpoint; at its beginning, the newest task there is. */
async function checkpointOf(tx: Sql, checkpoint: unknown): Promise<Checkpoint> {
  return checkpointSchema.safeParse(checkpoint).data ?? { after: await newestTaskId(tx), done: 0 };
}

function ruleOf(run: OpenRun, { settings }: CreateTasksContext): CreationRule {
  const { employeeStatuses, asks } = optionsSchema.parse(run.options);
  return { employeeStatuses, byHand: !asks, settings };
}

/** First step: people of requests, with the systems their requests want. A dry run previews everything here. */
async function planRequests(piece: Piece): Promise<Outcome> {
  const { tx, run, context } = piece;
  const { settings } = context;
  if (!settings.get('account_creation_enabled')) {
    const error = { code: 'FEATURE_DISABLED', parameters: { setting: 'account_creation_enabled' } };
    await finishRun(tx, run, { status: 'FAILED', error });
    return 'ended';
  }
  if (run.mode === 'DRY_RUN') return preview(piece);
  const { after, done } = await checkpointOf(tx, run.step.checkpoint);
  const waiting = plansRequests(piece) ? await findRequests(tx) : { request: null, items: 0 };
  const items =
    waiting.request === null
      ? 0
      : await planSyncedItems(tx, { ...context, requestId: waiting.request, runId: run.id });
  const planned = await countPlanned(tx, { runId: run.id, after, systems: settings.enabledSystems });
  await recordProgress(tx, run, {
    done: done + items,
    total: done + waiting.items,
    failed: 0,
    checkpoint: { after, done: done + items },
    summary: { ...planned, requestItems: done + items },
  });
  if (items > 0) return 'more';
  await completeStep(tx, run);
  return 'done';
}

/**
 * A scheduled run skips items that the switch of request tasks holds back; a run started by a person plans them too.
 */
function plansRequests({ run, context }: Piece): boolean {
  return !optionsSchema.parse(run.options).asks || context.settings.get('request_task_creation_enabled');
}

/** The number of items that wait for tasks, and their oldest request. */
async function findRequests(tx: Sql) {
  const { rows } = await sql<{ request: string | null; items: number }>`
    select min(i.request_id)::text as request, count(*)::int as items
    from request_item i join account_request r on r.id = i.request_id
    where i.status = 'SYNCED' and r.status in ('PENDING', 'PROCESSING') and r.cancelled_at is null`.execute(
    tx,
  );
  return rows[0] ?? { request: null, items: 0 };
}

async function preview(piece: Piece): Promise<Outcome> {
  const { tx, run, context } = piece;
  const withRequests = plansRequests(piece);
  const { counts, people } = await previewLacking(tx, ruleOf(run, context), {
    withRequests,
    limit: PEOPLE_LISTED_MAX,
  });
  const { items } = withRequests ? await findRequests(tx) : { items: 0 };
  await storeRunItems(
    tx,
    run,
    people.map((person) => itemOf(person, 'WOULD_INSERT')),
  );
  await recordProgress(tx, run, {
    done: 1,
    total: 1,
    failed: 0,
    checkpoint: {},
    summary: { ...counts, requestItems: items },
  });
  await finishRun(tx, run, { status: 'COMPLETED' });
  return 'ended';
}

function itemOf({ employee_number: key, systems }: LackingPerson, outcome: 'WOULD_INSERT' | 'PENDING') {
  return { key, outcome, error: null, payload: { systems } };
}

/** Second step: all people of HR in one statement, unless a person has to confirm first. */
async function planPiece({ tx, run, context }: Piece): Promise<Outcome> {
  const { settings } = context;
  const rule = ruleOf(run, context);
  const summary = summarySchema.parse(run.summary);
  if (optionsSchema.parse(run.options).asks && !run.confirmed) {
    const limit = settings.get('task_creation_threshold_people');
    const lacking = await countLacking(tx, rule);
    if (lacking.people > limit) {
      const { people } = await previewLacking(tx, rule, { withRequests: false, limit: PEOPLE_LISTED_MAX });
      await storeRunItems(
        tx,
        run,
        people.map((person) => itemOf(person, 'PENDING')),
      );
      await addToSummary(tx, run, { ...lacking });
      await awaitConfirmation(tx, run, { count: lacking.people, limit });
      return 'ended';
    }
  }
  await sql`delete from run_item where run_id = ${run.id}::bigint and outcome = 'PENDING'`.execute(tx);
  // The statement sees what was committed before; a later event waits for the run's row.
  await sql`update sync_run set options = options - 'again' where id = ${run.id}::bigint`.execute(tx);
  const after = await newestTaskId(tx);
  await planLacking(tx, rule, run.id);
  await analyzeGrownTables(tx);
  const { enabledSystems: systems } = settings;
  const ofHr = await countPlanned(tx, { runId: run.id, after, systems });
  // Counting many people is slow: once is enough when requests brought none.
  const begun = summary.people === 0 ? null : await stepOf(tx, run.id, REQUESTS_STEP);
  const all =
    begun === null
      ? ofHr
      : await countPlanned(tx, { runId: run.id, ...(await checkpointOf(tx, begun.checkpoint)), systems });
  await recordProgress(tx, run, {
    done: ofHr.people,
    total: ofHr.people,
    failed: 0,
    checkpoint: { after, done: Object.values(ofHr.tasks).reduce((sum, count) => sum + count, 0) },
    summary: { ...summary, ...all },
  });
  await completeStep(tx, run);
  return 'done';
}

/** Third step: names and jobs for the tasks of HR's people, in chunks; tasks of requests have theirs already. */
async function queueTasks({ tx, run, context }: Piece): Promise<Outcome> {
  const planned = await checkpointOf(tx, (await stepOf(tx, run.id, PLAN_STEP))?.checkpoint);
  const { after, done } = checkpointSchema.safeParse(run.step.checkpoint).data ?? { ...planned, done: 0 };
  const followed = await finishPlanning({ ...context, tx }, { runId: run.id, after });
  await analyzeGrownTables(tx);
  if (followed.last === null) {
    await finishRun(tx, run, { status: 'COMPLETED' });
    if (optionsSchema.parse(run.options).again) await followWithTasks(tx, context);
    return 'ended';
  }
  await recordProgress(tx, run, {
    done: done + followed.count,
    total: planned.done,
    failed: 0,
    checkpoint: { after: followed.last, done: done + followed.count },
    summary: summarySchema.parse(run.summary),
  });
  return 'more';
}
