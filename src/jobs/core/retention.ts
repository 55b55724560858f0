import { sql } from 'kysely';
import { daysAgo, type RetentionRule } from '../maintenance/retention-rule.ts';

/** Retention of shared tables; the audit log is purged by its seals (audit/purge-audit.ts). */
export const coreRetention: readonly RetentionRule[] = [
  {
    // The last run of each kind stays: the next one is compared with it.
    table: 'sync_run',
    due: (days) => sql`
      select r.id from sync_run r where r.finished_at < ${daysAgo(days.runs)} and exists (
        select 1 from sync_run later where later.kind = r.kind and later.scope = r.scope and later.id > r.id
          and later.mode = 'RUN' and later.finished_at is not null)`,
  },
  {
    table: 'setting_change',
    due: (days) => sql`select c.id from setting_change c where c.changed_at < ${daysAgo(days.audit)}`,
  },
  {
    // With its deliveries.
    table: 'notification_event',
    due: (days) => sql`
      select e.id from notification_event e
      where e.occurred_at < ${daysAgo(days.notifications)} and e.relayed_at is not null and not exists (
        select 1 from notification_delivery d where d.event_id = e.id and d.next_attempt_at is not null)`,
  },
];
