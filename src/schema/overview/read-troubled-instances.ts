import { sql } from 'kysely';
import type { HealthFacts } from '../../domain/explanations/health.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

/** Database instances whose newest run failed or waits for a person. */
export async function readTroubledInstances(scope: RequestScope): Promise<HealthFacts['instances']> {
  const { rows } = await sql<{
    readonly instance: string;
    readonly run_id: string;
    readonly outcome: string;
    readonly code: string | null;
    readonly parameters: HealthFacts['instances'][number]['error']['parameters'] | null;
    readonly gone: number;
    readonly since: string;
  }>`
    select newest.* from database_instance d cross join lateral (
      select d.name as instance, r.run_id, i.outcome, i.error_code as code, i.error_parameters as parameters,
        coalesce((i.payload->>'deactivated')::int, 0) as gone, coalesce(i.settled_at, r.confirmation_requested_at, i.created_at) as since
      from run_item i join sync_run r on r.id = i.run_id
      where i.subject_kind = 'DATABASE_INSTANCE' and i.subject_id = d.id and r.mode = 'RUN' order by i.id desc limit 1
    ) as newest
    where d.state = 'ACTIVE' and newest.outcome in ('FAILED', 'AWAITING_CONFIRMATION') order by d.name`.execute(
    sqlOf(scope),
  );
  return rows.map(({ instance, run_id, outcome, code, parameters, gone, since }) => ({
    instance,
    runId: run_id,
    waits: outcome === 'AWAITING_CONFIRMATION',
    gone,
    since,
    error: { code: code ?? 'RUN_ABANDONED', parameters: parameters ?? {} },
  }));
}
