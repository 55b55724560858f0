import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { HealthFacts } from '../../domain/explanations/health.ts';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

interface TermRow {
  readonly term: string;
  readonly run: {
    readonly runId: string;
    readonly kind: RunKind;
    readonly since: string;
    readonly code: string | null;
    readonly parameters: ErrorParameters | null;
  } | null;
  readonly failed: number;
  readonly code: string | null;
  readonly parameters: ErrorParameters | null;
  readonly members_missing: number;
  readonly users_missing: number;
  readonly findings: number;
}

/**
 * Open terms of which something wants a person: the newest failed run that no later run of its kind, and no full run,
 * made good; effects that failed; members that WPS does not know; findings that `reconcileCalendars` would repair.
 */
export async function readTroubledTerms(scope: RequestScope): Promise<HealthFacts['terms']> {
  const { rows } = await sql<TermRow>`
    with failed as materialized (
      select term_id, error_code as code, error_parameters as parameters from course_calendar where state = 'FAILED'
      union all
      select term_id, error_code, error_parameters from lesson_block where event_state = 'FAILED'
      union all
      select c.term_id, m.error_code, m.error_parameters
      from calendar_member m join course_calendar c on c.id = m.calendar_id
      where m.state not in ('ACTIVE', 'REMOVED') and m.state = 'FAILED'
    ), causes as (
      select term_id, coalesce(code, 'UNEXPECTED_ERROR') as code, (array_agg(parameters))[1] as parameters,
        sum(count(*)) over (partition by term_id)::int as failed,
        row_number() over (partition by term_id order by count(*) desc, code) as nth
      from failed group by term_id, code
    ), missing as (
      select c.term_id, count(*)::int as members, count(distinct m.user_no)::int as users
      from calendar_member m join course_calendar c on c.id = m.calendar_id
      where m.state not in ('ACTIVE', 'REMOVED') and m.state = 'USER_MISSING' group by c.term_id
    ), found as (
      select term_id, count(*)::int as findings from calendar_finding
      where repaired_at is null and closed_at is null and kind <> 'FOREIGN' group by term_id
    )
    select t.code as term, run.facts as run, coalesce(x.failed, 0) as failed, x.code, x.parameters,
      coalesce(m.members, 0) as members_missing, coalesce(m.users, 0) as users_missing,
      coalesce(f.findings, 0) as findings
    from term t
    left join causes x on x.term_id = t.id and x.nth = 1
    left join missing m on m.term_id = t.id
    left join found f on f.term_id = t.id
    left join lateral (
      select json_build_object('runId', r.run_id, 'kind', r.kind, 'since', coalesce(r.finished_at, r.updated_at)::text,
        'code', r.error_code, 'parameters', r.error_parameters) as facts
      from sync_run r
      where r.scope = t.code and r.kind like 'CALENDAR\\_%' and r.mode = 'RUN' and r.status = 'FAILED'
        and not exists (select 1 from sync_run n
          where n.scope = r.scope and n.id > r.id and n.mode = 'RUN' and n.kind in (r.kind, 'CALENDAR_FULL')
            and n.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS'))
      order by r.id desc limit 1
    ) run on true
    where t.status = 'OPEN'
      and (run.facts is not null or x.failed > 0 or m.members > 0 or f.findings > 0)
    order by t.code desc`.execute(sqlOf(scope));
  return rows.map(({ term, run, failed, code, parameters, members_missing, users_missing, findings }) => ({
    term,
    failedRun:
      run === null
        ? null
        : {
            runId: run.runId,
            kind: run.kind,
            since: run.since,
            error: { code: run.code ?? 'RUN_ABANDONED', parameters: run.parameters ?? {} },
          },
    failed: { count: failed, error: { code: code ?? 'UNEXPECTED_ERROR', parameters: parameters ?? {} } },
    usersMissing: users_missing,
    membersMissing: members_missing,
    openFindings: findings,
  }));
}
