import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** How long a rejection holds: until then scheduled runs do not ask about the same people. */
export const REJECTION_HOURS = 24;

/**
 * Runs of task creation, as `r`, that a person rejected within a day and that had asked about this person (`person p`)
 * as they still are: nothing about them, their accounts or the Settings that choose people has changed since. People
 * who came or changed after the question are asked about anew.
 */
export const rejectedCreation: RawBuilder<unknown> = sql`
  sync_run r where r.kind = 'TASK_CREATION' and r.mode = 'RUN'
    and r.rejected_at > clock_timestamp() - ${sql.lit(REJECTION_HOURS)} * interval '1 hour'
    and p.updated_at <= r.confirmation_requested_at
    and not exists (select 1 from account touched
      where touched.person_id = p.id and touched.updated_at > r.confirmation_requested_at)
    and not exists (select 1 from setting s where s.updated_at > r.confirmation_requested_at
      and s.key in ('valid_employee_statuses', 'enabled_account_types'))`;

/** Whether a rejection holds for `person p`. */
export const isRejected: RawBuilder<SqlBool> = sql<SqlBool>`exists (select 1 from ${rejectedCreation})`;
