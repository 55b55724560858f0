import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { HealthFacts } from '../../domain/explanations/health.ts';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

/** Runs that are listed; more probably have one cause. */
const RUNS_MAX = 5;

interface FailedChangesRow {
  readonly runId: string;
  readonly kind: RunKind;
  readonly count: number;
  readonly code: string;
  readonly parameters: ErrorParameters | null;
}

/**
 * Changes of accounts (leavers, movers) that failed and still stand: the account is active, and no later run has taken
 * it again. The run that found them may have ended long before they failed.
 */
export async function readFailedChanges(scope: RequestScope): Promise<HealthFacts['failedChanges']> {
  const { rows } = await sql<FailedChangesRow>`
    select r.run_id as "runId", r.kind, count(*)::int as count,
      (array_agg(coalesce(i.error_code, 'UNEXPECTED_ERROR') order by i.id))[1] as code,
      (array_agg(i.error_parameters order by i.id))[1] as parameters
    from run_item i join sync_run r on r.id = i.run_id and r.mode = 'RUN'
    join account a on i.subject_kind = 'ACCOUNT' and a.id = i.subject_id and a.state = 'ACTIVE'
    where i.outcome = 'FAILED' and i.subject_kind = 'ACCOUNT' and r.kind in ('HR_SYNC', 'LEAVERS')
      and not exists (select 1 from run_item n join sync_run later on later.id = n.run_id and later.kind = r.kind
        where n.subject_kind = i.subject_kind and n.subject_id = i.subject_id and n.id > i.id
          and n.outcome in ('PENDING', 'UPDATED', 'DISABLED', 'BY_HAND', 'FAILED'))
    group by r.id order by r.id desc limit ${RUNS_MAX}`.execute(sqlOf(scope));
  return rows.map(({ code, parameters, ...run }) => ({
    ...run,
    error: { code, parameters: parameters ?? {} },
  }));
}
