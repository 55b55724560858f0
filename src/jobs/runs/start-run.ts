import { sql } from 'kysely';
import { newPublicId } from '../../domain/public-id.ts';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { RunMode, RunTrigger } from '../../domain/runs/run-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { notifyChange } from '../kit/change-feed.ts';

/** A run to begin. */
export interface RunStart {
  readonly kind: RunKind;
  /** Scope within the kind; empty where there is only one. */
  readonly scope: string;
  readonly mode: RunMode;
  readonly trigger: RunTrigger;
  readonly options: Readonly<Record<string, unknown>>;
  /** Null: started by a schedule or an event. */
  readonly createdBy: string | null;
  /** For the date in its id. */
  readonly displayTimeZone: string;
  /** Its stages in order, parents before children. */
  readonly steps: readonly { readonly key: string; readonly parentKey: string | null }[];
}

export interface StartedRun {
  readonly id: string;
  readonly runId: string;
  readonly round: number;
  readonly status: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** True when this is a run of the same kind and scope that was live already. */
  readonly joined: boolean;
}

// A live run may end between the refused insert and the select; then a new one can be inserted.
const TRIES = 5;

interface RunRow {
  readonly id: string;
  readonly run_id: string;
  readonly round: number;
  readonly status: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Starts a run, or joins the live one of its kind and scope: the partial unique index decides, so of simultaneous
 * starts one starts a run and the others join it. A dry run neither joins nor is joined. The caller enqueues the job
 * in the same transaction.
 */
export async function startRun(tx: Sql, start: RunStart): Promise<StartedRun> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const begun = await begin(tx, start);
    if (begun !== null) return { ...shapeOf(begun), joined: false };
    const { rows } = await sql<RunRow>`
      select id, run_id, round, status, options from sync_run
      where kind = ${start.kind} and scope = ${start.scope} and mode = 'RUN'
        and status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(tx);
    const [live] = rows;
    if (live !== undefined) return { ...shapeOf(live), joined: true };
  }
  throw new Error(`A run of ${start.kind} could neither be started nor joined.`);
}

async function begin(tx: Sql, start: RunStart): Promise<RunRow | null> {
  const { kind, scope, mode, trigger, createdBy } = start;
  const { rows } = await sql<RunRow>`
    insert into sync_run (run_id, kind, scope, mode, trigger, options, created_by, started_at)
    values (${newPublicId('run', new Date(), start.displayTimeZone)}, ${kind}, ${scope}, ${mode}, ${trigger},
      ${JSON.stringify(start.options)}::jsonb, ${createdBy}, clock_timestamp())
    on conflict (kind, scope) where status in ('RUNNING', 'AWAITING_CONFIRMATION') and mode = 'RUN' do nothing
    returning id, run_id, round, status, options`.execute(tx);
  const run = rows[0] ?? null;
  if (run === null) return null;
  await sql`
    insert into run_step (run_id, key, parent_key)
    select ${run.id}::bigint, key, "parentKey"
    from json_to_recordset(${JSON.stringify(start.steps)}::json) as r(key text, "parentKey" text)`.execute(
    tx,
  );
  await notifyChange(tx, { run: run.run_id });
  return run;
}

function shapeOf({ id, run_id, round, status, options }: RunRow): Omit<StartedRun, 'joined'> {
  return { id, runId: run_id, round, status, options };
}
