import { sql } from 'kysely';
import { daysAgo, type RetentionRule } from '../maintenance/retention-rule.ts';
import { INSTANCE_SUBJECT } from './registry/in-flight.ts';

/**
 * Retention of rows about remote databases. The log of an existing account stays, because its past is folded from it.
 */
export const databasesRetention: readonly RetentionRule[] = [
  {
    // With its history.
    table: 'database_account',
    due: (days) => sql`
      select a.id from database_account a where a.disappeared_at < ${daysAgo(days.databaseAccounts)}`,
  },
  {
    // Each run by hand has a scope of its own; the newest run of an instance stays, as its state.
    table: 'sync_run',
    due: (days) => sql`
      select r.id from sync_run r
      where r.kind = 'DATABASE_ACCOUNTS' and r.finished_at < ${daysAgo(days.runs)} and not exists (
        select 1 from run_item i where i.run_id = r.id and i.subject_kind = ${INSTANCE_SUBJECT} and not exists (
          select 1 from run_item later where later.subject_kind = ${INSTANCE_SUBJECT}
            and later.subject_id = i.subject_id and later.id > i.id))`,
  },
];
