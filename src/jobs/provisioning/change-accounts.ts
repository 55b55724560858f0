import type { StoredError } from '../../domain/error-entry.ts';
import { decideChange } from '../../domain/provisioning/account-change.ts';
import { LOST_IN_A_ROW_LIMIT } from '../../domain/provisioning/retry-policy.ts';
import type { TakenJob } from '../kit.ts';
import type { JobControl } from '../lane.ts';
import { statements } from '../transaction.ts';
import type { ChangeAccountPayload } from './change-account-job.ts';
import { type ChangeRow, readChangeFacts } from './change-facts.ts';
import { endOfError } from './execute-task.ts';
import { dropJobs, type LaneContext } from './lane-context.ts';
import type { ChangeEnd, FinishedChange } from './settle-changes.ts';

interface ChangeToMake {
  readonly job: TakenJob;
  readonly payload: ChangeAccountPayload;
}

interface ChangeContext extends LaneContext {
  readonly trial: boolean;
  readonly control: JobControl;
}

/**
 * Disables accounts that a run lists, one call each: looks whether that is still wanted, acts, hands the outcome to
 * the settler. Safe to run twice: a system says "done" of what is done already. Never throws.
 */
export async function changeAccounts(
  changes: readonly ChangeToMake[],
  context: ChangeContext,
): Promise<void> {
  const { em, settings, connector, control, logger } = context;
  const left = new Map(changes.map((change) => [change.payload.item, change]));
  try {
    const items = [...left.keys()];
    const rows = await readChangeFacts(statements(em.fork()), { items, system: connector.system, settings });
    for (const facts of rows) {
      const change = left.get(facts.item);
      if (change === undefined || decideChange(facts).kind === 'drop') continue;
      left.delete(facts.item);
      void make({ ...change, facts }, context);
    }
    await dropJobs(
      context,
      [...left.values()].map(({ job }) => job),
    );
  } catch (error) {
    logger.error({ error, jobs: left.size }, 'accounts could not be changed; the lease ends by itself');
  }
  for (const { job } of left.values()) {
    control.release(job);
    control.settled(job);
  }
}

async function make(
  change: ChangeToMake & { readonly facts: ChangeRow },
  context: ChangeContext,
): Promise<void> {
  const { control, settler, trial } = context;
  const end = await endOf(change, context);
  control.release(change.job);
  const finished: FinishedChange = { ...change, ...end, trial };
  settler.push({ kind: 'change', change: finished, control });
}

async function endOf(
  { facts, job }: ChangeToMake & { readonly facts: ChangeRow },
  context: ChangeContext,
): Promise<ChangeEnd> {
  const { connector, logger } = context;
  const { employeeNumber, system, identifier } = facts;
  const who = { employeeNumber, system };
  const decision = decideChange(facts);
  if (decision.kind === 'skip') return { outcome: 'SKIPPED', ...refused(decision.error) };
  if (job.retryCount >= LOST_IN_A_ROW_LIMIT)
    return {
      outcome: 'FAILED',
      ...refused({ code: 'WORKER_LOST', parameters: { ...who, count: LOST_IN_A_ROW_LIMIT } }),
    };
  if (connector.disableAccount === undefined || identifier === null)
    return { outcome: 'BY_HAND', ...refused({ code: 'LEAVER_BY_HAND', parameters: who }) };
  try {
    await connector.disableAccount({ identifier }, context.callFor(true));
    return { outcome: 'DISABLED', end: { kind: 'ensured', outcome: 'ADOPTED' }, retryAfterMs: null };
  } catch (error) {
    const { end, retryAfterMs } = endOfError(error, { who, about: { item: facts.item }, logger });
    return { outcome: null, end, retryAfterMs };
  }
}

function refused(error: StoredError) {
  return { end: { kind: 'failed', failure: 'refused', error }, retryAfterMs: null } as const;
}
