import { Migration } from '@mikro-orm/migrations';

/**
 * What remains of a request whose people were purged, and ways to find what is due. Attempts come in order of time, so
 * a few blocks' ranges find the old ones without an index that every attempt would have to keep up.
 */
export class Migration20261122000141_retention extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table account_request add column purged_at timestamptz, add column purged_counts jsonb,
  add constraint account_request_purged_check check ((purged_at is null) = (purged_counts is null));
create index account_request_purge_idx on account_request (completed_at)
  where completed_at is not null and purged_at is null;
create index task_attempt_started_idx on task_attempt using brin (started_at);
create index setting_change_changed_idx on setting_change (changed_at);
`);
  }
}
