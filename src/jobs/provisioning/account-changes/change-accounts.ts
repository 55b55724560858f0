import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { decideChange } from '../../../domain/provisioning/hr/account-change.ts';
import { LOST_IN_A_ROW_LIMIT } from '../../../domain/systems/retry-policy.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { TakenJob } from '../../kit/job.ts';
import type { JobControl } from '../../kit/lane.ts';
import { endOfError } from '../calls/call-end.ts';
import { dropJobs, type LaneContext } from '../calls/lane-context.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import { buildUpdate } from './build-update.ts';
import type { ChangeAccountPayload } from './change-account-job.ts';
import { type ChangeRow, readChangeFacts } from './change-facts.ts';
import type { ChangeEnd, ChangeOutcome, FinishedChange } from './settle-changes.ts';

interface ChangeToMake {
  readonly job: TakenJob;
  readonly payload: ChangeAccountPayload;
}

interface ChangeContext extends LaneContext<ChangeOutcome> {
  readonly trial: boolean;
  readonly control: JobControl;
}

/**
 * Disables or updates accounts that a run lists, one call each: checks whether that is still wanted, acts, and passes
 * the outcome to the recorder. Safe to run twice: a system answers "done" for what is done already. Never throws.
 */
export async function changeAccounts(
  changes: readonly ChangeToMake[],
  context: ChangeContext,
): Promise<void> {
  const { em, settings, connector, control, logger } = context;
  // Keyed by job: one record may have a job of this round and one of the round before.
  const left = new Map(changes.map((change) => [change.job.id, change]));
  try {
    const items = changes.map(({ payload }) => payload.item);
    const rows = await readChangeFacts(outsideTransaction(em.fork()), {
      items,
      system: connector.system,
      settings,
    });
    const known = new Map(rows.map((facts) => [facts.item, facts]));
    for (const change of changes) {
      const facts = known.get(change.payload.item);
      if (facts === undefined || isStale(change, facts)) continue;
      left.delete(change.job.id);
      void make({ ...change, facts }, context);
    }
    await dropJobs(
      context,
      [...left.values()].map(({ job }) => job),
    );
  } catch (error) {
    logger.error(
      { error, jobs: left.size },
      'accounts could not be changed; they are retried when the lease expires',
    );
  }
  for (const { job } of left.values()) {
    control.release(job);
    control.settled(job);
  }
}

/** True when the run has ended, or has sent another job for the record in a later round. */
function isStale(change: ChangeToMake, facts: ChangeRow): boolean {
  return change.payload.round !== facts.round || decideChange(facts).kind === 'drop';
}

async function make(
  change: ChangeToMake & { readonly facts: ChangeRow },
  context: ChangeContext,
): Promise<void> {
  const { control, recorder, trial } = context;
  const end = await endOf(change, context);
  control.release(change.job);
  const finished: FinishedChange = { ...change, ...end, trial };
  recorder.push({ kind: 'change', change: finished, control });
}

async function endOf(
  { facts, job }: ChangeToMake & { readonly facts: ChangeRow },
  context: ChangeContext,
): Promise<ChangeEnd> {
  const { logger } = context;
  const { employeeNumber, system } = facts;
  const who = { employeeNumber, system };
  const decision = decideChange(facts);
  if (decision.kind === 'skip') return { outcome: 'SKIPPED', ...refused(decision.error) };
  if (job.retryCount >= LOST_IN_A_ROW_LIMIT)
    return {
      outcome: 'FAILED',
      ...refused({ code: 'WORKER_LOST', parameters: { ...who, count: LOST_IN_A_ROW_LIMIT } }),
    };
  try {
    return await act(decision.kind, { facts, job }, context);
  } catch (error) {
    const { end, retryAfterMs } = endOfError(error, { who, about: { item: facts.item }, logger });
    return { outcome: null, end, retryAfterMs };
  }
}

async function act(
  kind: 'disable' | 'update' | 'drop',
  { facts, job }: { readonly facts: ChangeRow; readonly job: TakenJob },
  { connector, settings, callFor }: ChangeContext,
): Promise<ChangeEnd> {
  const { employeeNumber, system, identifier, fields } = facts;
  const who = { employeeNumber, system };
  if (kind === 'update') {
    if (connector.updateAccount === undefined || identifier === null)
      return { outcome: 'BY_HAND', ...refused({ code: 'MOVER_BY_HAND', parameters: { ...who, fields } }) };
    const built = buildUpdate(facts, {
      requires: connector.requires,
      countryAliases: settings.get('country_aliases'),
      nameRules: nameRulesOf(settings),
    });
    if ('refusal' in built) return { outcome: 'FAILED', ...refused(built.refusal) };
    await connector.updateAccount({ identifier }, built.update, callFor(job));
    return done('UPDATED');
  }
  if (connector.disableAccount === undefined || identifier === null)
    return { outcome: 'BY_HAND', ...refused({ code: 'LEAVER_BY_HAND', parameters: who }) };
  await connector.disableAccount({ identifier }, callFor(job));
  return done('DISABLED');
}

function done(outcome: 'UPDATED' | 'DISABLED'): ChangeEnd {
  return { outcome, end: { kind: 'ensured', outcome: 'ADOPTED' }, retryAfterMs: null };
}

function refused(error: StoredError) {
  return { end: { kind: 'failed', failure: 'refused', error }, retryAfterMs: null } as const;
}
