import { Migration } from '@mikro-orm/migrations';

/**
 * When each schedule fired last (pg-boss forgets with the job), and which change of a switch has been followed up: of
 * all the replicas that hear of it, one does.
 */
export class Migration20261122000110_schedules extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create table schedule_firing (
  name text primary key check (char_length(name) between 1 and 100),
  fired_at timestamptz not null
);
create table switch_follow_up (
  key text primary key check (char_length(key) between 1 and 100),
  change_id bigint not null
);
`);
  }
}
