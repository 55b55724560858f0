import { Migration } from '@mikro-orm/migrations';

/** Which run planned a task, and which tasks a run of processing took. */
export class Migration20261122000111_task_runs extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
-- Neither a foreign key nor an index: a run plans a hundred thousand at once, and its tasks are found by their ids,
-- which follow one another.
alter table account_task add column run_id bigint;

create table run_task (
  run_id bigint not null references sync_run (id) on delete cascade,
  task_id bigint not null references account_task (id) on delete cascade,
  attempts_before integer not null,
  given_back boolean not null default false,
  primary key (run_id, task_id)
);
create index run_task_task_idx on run_task (task_id);
`);
  }
}
