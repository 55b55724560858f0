import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { asChangeError } from '../../../domain/provisioning/errors/account-change-errors.ts';
import { type AttemptEnd, settleAttempt } from '../../../domain/provisioning/states/settle-attempt.ts';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import { completeJobs, enqueue, type TakenJob } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { JobControl } from '../../kit/lane.ts';
import type { SettlePolicy } from '../calls/settle-policy.ts';
import { rederive } from '../tasks/derive-states.ts';
import { type ChangeAccountPayload, changeAccountJob } from './change-account-job.ts';
import type { ChangeRow } from './change-facts.ts';
import { advanceLeavers } from './leaver-progress.ts';
import { failedMovesOf } from './movers.ts';

/** How a change of one account ended. */
export interface ChangeEnd {
  /** The outcome; null: it failed, and the kind of failure decides what comes next. */
  readonly outcome: RunItemOutcome | null;
  readonly end: AttemptEnd;
  readonly retryAfterMs: number | null;
}

/** A change whose call is over and whose outcome is to be recorded. */
export interface FinishedChange extends ChangeEnd {
  readonly job: TakenJob;
  readonly payload: ChangeAccountPayload;
  readonly facts: ChangeRow;
  readonly trial: boolean;
}

/** Outcome of a change of an account, for the recorder. */
export interface ChangeOutcome {
  readonly kind: 'change';
  readonly change: FinishedChange;
  readonly control: JobControl;
}

interface Settled {
  readonly change: FinishedChange;
  /** PENDING: tried again. */
  readonly outcome: RunItemOutcome;
  readonly error: StoredError | null;
  readonly again: { readonly payload: ChangeAccountPayload; readonly delaySeconds: number } | null;
}

/**
 * Records the outcomes of changes in one transaction: run items, accounts, jobs, and the runs that end with them. The
 * caller holds the locks of the runs (`lockRunsOf`) and of the people. Guarded by the record's state: an outcome that
 * comes after the lease ended changes nothing. Returns the runs to be passed to `noteFailedMoves`.
 */
export async function settleChanges(
  context: JobContext,
  changes: readonly FinishedChange[],
  policy: SettlePolicy & { readonly maxAttempts: number },
): Promise<string[]> {
  const { tx } = context;
  const people = changes.flatMap(({ facts }) => (facts.person === null ? [] : [facts.person]));
  const settled = changes.map((change) => settle(change, policy));
  const effective = await storeItems(tx, settled);
  await storeAccounts(tx, effective);
  await completeJobs(
    context,
    changes.map(({ job }) => job),
  );
  await sendAgainLater(context, effective);
  await rederive(tx, { personIds: people });
  const runs = effective.flatMap(({ change }) =>
    change.facts.runKind === 'LEAVERS' ? [change.facts.run] : [],
  );
  for (const run of new Set(runs)) await advanceLeavers(tx, run);
  return runsOfFailedMoves(effective);
}

function settle(change: FinishedChange, policy: SettlePolicy & { readonly maxAttempts: number }): Settled {
  const { outcome, payload } = change;
  const end = asRepeatable(change.end);
  const error = end.kind === 'failed' ? end.error : null;
  const failed = (why: StoredError | null): Settled => ({
    change,
    outcome: 'FAILED',
    error: why === null ? null : asChangeError(why, change.facts.runId),
    again: null,
  });
  if (outcome === 'FAILED') return failed(error);
  if (outcome !== null) return { change, outcome, error, again: null };
  const nowMs = Date.parse(change.facts.readAt);
  const settlement = settleAttempt(
    end,
    {
      counted: payload.counted,
      maxAttempts: policy.maxAttempts,
      throttledSinceMs: payload.throttledSinceMs,
      notVisibleSinceMs: null,
      trial: change.trial,
    },
    {
      policy: policy.retry,
      nowMs,
      random: policy.random(),
      circuitOpen: policy.openCircuits.has(change.facts.system),
    },
  );
  if (settlement.status !== 'RETRY') return failed('error' in settlement ? settlement.error : error);
  const counts = settlement.outcome === 'RETRYABLE' || settlement.outcome === 'ERROR';
  const again = {
    payload: {
      ...payload,
      counted: payload.counted + (counts && !change.trial ? 1 : 0),
      throttledSinceMs: settlement.outcome === 'THROTTLED' ? (payload.throttledSinceMs ?? nowMs) : null,
    },
    delaySeconds: settlement.delaySeconds ?? 0,
  };
  return { change, outcome: 'PENDING', error, again };
}

/** Makes an uncertain end retryable: a change that was done already is answered with "done". */
function asRepeatable(end: AttemptEnd): AttemptEnd {
  return end.kind === 'failed' && end.failure === 'uncertain' ? { ...end, failure: 'retryable' } : end;
}

async function storeItems(tx: Sql, settled: readonly Settled[]): Promise<Settled[]> {
  const rows = settled.map(({ change, outcome, error }) => ({
    id: change.facts.item,
    outcome,
    code: error?.code ?? null,
    parameters: error?.parameters ?? null,
  }));
  const { rows: stored } = await sql<{ id: string }>`
    update run_item i set outcome = r.outcome, error_code = r.code, error_parameters = r.parameters,
      settled_at = case when r.outcome <> 'PENDING' then clock_timestamp() end
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, outcome text, code text, parameters jsonb)
    where i.id = r.id and i.id = any(${rows.map((row) => row.id)}::bigint[]) and i.outcome = 'PENDING'
    returning i.id`.execute(tx);
  const ids = new Set(stored.map((row) => row.id));
  return settled.filter(({ change }) => ids.has(change.facts.item));
}

async function storeAccounts(tx: Sql, settled: readonly Settled[]): Promise<void> {
  const disabled = settled.flatMap(({ change, outcome }) =>
    outcome === 'DISABLED' && change.facts.account !== null ? [change.facts.account] : [],
  );
  if (disabled.length === 0) return;
  await sql`
    update account set state = 'DISABLED', leaver_since = clock_timestamp(), updated_at = clock_timestamp()
    where id = any(${disabled}::bigint[]) and state = 'ACTIVE'`.execute(tx);
}

/**
 * Locks the runs that may end with one of these changes, in order of id, before the people (docs/architecture.md,
 * "Lock order").
 */
export async function lockRunsOf(tx: Sql, changes: readonly FinishedChange[]): Promise<void> {
  const runs = changes.flatMap(({ facts }) => (facts.runKind === 'LEAVERS' ? [facts.run] : []));
  if (runs.length === 0) return;
  await sql`select id from sync_run where id = any(${[...new Set(runs)]}::bigint[]) order by id for no key update`.execute(
    tx,
  );
}

/** The syncs whose movers failed, by primary key. */
function runsOfFailedMoves(settled: readonly Settled[]): string[] {
  const failed = settled.filter(
    ({ change, outcome }) => outcome === 'FAILED' && change.facts.runKind === 'HR_SYNC',
  );
  return [...new Set(failed.map(({ change }) => change.facts.run))];
}

/**
 * Corrects syncs that ended before their movers failed: they had errors after all. In a transaction of its own,
 * because runs come before people in the lock order; a sync that still runs counts its failed movers when it ends.
 */
export async function noteFailedMoves(tx: Sql, runs: readonly string[]): Promise<void> {
  // Locked first, so that no other transaction counts at the same time.
  await sql`select id from sync_run where id = any(${[...runs]}::bigint[]) order by id for no key update`.execute(
    tx,
  );
  const { rows } = await sql<{ run: string }>`
    update sync_run r set updated_at = clock_timestamp(),
      status = case when r.status = 'COMPLETED' then 'COMPLETED_WITH_ERRORS' else r.status end,
      summary = r.summary || jsonb_build_object('movesFailed', ${failedMovesOf(sql`r.id`)})
    where r.id = any(${[...runs]}::bigint[]) and r.status <> 'RUNNING' returning r.run_id as run`.execute(tx);
  await notifyChange(tx, ...rows);
}

async function sendAgainLater(context: JobContext, settled: readonly Settled[]): Promise<void> {
  for (const [system, ofSystem] of Map.groupBy(settled, ({ change }) => change.facts.system)) {
    const entries = ofSystem.flatMap(({ again }) => (again === null ? [] : [again]));
    await enqueue(context, changeAccountJob(system), entries);
  }
}
