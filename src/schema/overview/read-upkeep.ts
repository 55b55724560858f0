import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { HealthFacts } from '../../domain/explanations/health.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

interface DeliveryRow {
  readonly kind: 'GIVEN_UP' | 'LOCKED' | 'SENDER' | 'OVERDUE';
  readonly count: number;
  readonly since: string;
  readonly code: string | null;
  readonly parameters: ErrorParameters | null;
}

/** Notifications that did not go out, and whether the audit log is whole: one statement. */
export async function readUpkeep(
  scope: RequestScope,
): Promise<Pick<HealthFacts, 'notifications' | 'auditProblem'>> {
  const { rows } = await sql<{
    deliveries: readonly DeliveryRow[] | null;
    audit: { at: string; problem: string; seal: string | null; entry: string | null } | null;
  }>`
    with given_up as (
      select 'GIVEN_UP' as kind, count(*)::int as count, min(updated_at)::text as since,
        coalesce(error_code, 'UNEXPECTED_ERROR') as code,
        (array_agg(error_parameters order by id desc))[1] as parameters
      from notification_delivery
      where status = 'DEAD_LETTER' and updated_at > clock_timestamp() - interval '24 hours'
      group by error_code
    ), waiting as (
      select case error_code when 'SECRETS_KEY_UNKNOWN' then 'LOCKED' when 'MAIL_SENDER_REFUSED' then 'SENDER'
          else 'OVERDUE' end as kind,
        count(*)::int as count,
        min(case when error_code in ('SECRETS_KEY_UNKNOWN', 'MAIL_SENDER_REFUSED') then created_at
          else next_attempt_at end)::text as since,
        max(error_code) as code, (array_agg(error_parameters order by id))[1] as parameters
      from notification_delivery
      where next_attempt_at is not null
        and (error_code in ('SECRETS_KEY_UNKNOWN', 'MAIL_SENDER_REFUSED') or next_attempt_at < clock_timestamp())
      group by 1
    )
    select (select json_agg(d order by d.count desc)
        from (select * from given_up union all select * from waiting) d) as deliveries,
      (select json_build_object('at', verified_at::text, 'problem', problem, 'seal', seal, 'entry', entry)
        from audit_verification where problem is not null) as audit`.execute(sqlOf(scope));
  const deliveries = rows[0]?.deliveries ?? [];
  const audit = rows[0]?.audit ?? null;
  const of = (kind: DeliveryRow['kind']) => deliveries.filter((row) => row.kind === kind);
  const [locked] = of('LOCKED');
  const [refused] = of('SENDER');
  const [overdue] = of('OVERDUE');
  return {
    notifications: {
      givenUp: of('GIVEN_UP').map((row) => ({ count: row.count, error: errorOf(row) })),
      locked: locked === undefined ? null : { ...locked, error: errorOf(locked) },
      senderRefused: refused === undefined ? null : { ...refused, error: errorOf(refused) },
      overdue: overdue ?? null,
    },
    auditProblem:
      audit === null
        ? null
        : {
            at: audit.at,
            error: {
              code: 'AUDIT_BROKEN',
              parameters: { variant: audit.problem, seal: audit.seal, entry: audit.entry },
            },
          },
  };
}

function errorOf({ code, parameters }: DeliveryRow) {
  return { code: code ?? 'UNEXPECTED_ERROR', parameters: parameters ?? {} };
}
