import { Migration } from '@mikro-orm/migrations';

/** What failed and may still stand, and the newest runs, found without reading all that ever failed or ran. */
export class Migration20261130000340_standing_failures extends Migration {
  override async up(): Promise<void> {
    this.addSql(standingFailures);
    this.addSql(runIndexes);
  }
}

// A task is noted in the transaction that fails it; the sweep removes those that a later task has made good. The triggers
// that count ended tasks read the changed rows anyway, so they note the failed ones too.
const standingFailures = `
create table standing_failure (
  task_id bigint primary key references account_task (id) on delete cascade
);
create or replace function count_account_task_insert() returns trigger language plpgsql as $$
begin
  insert into ended_count (kind, system, status, count)
    select 'TASK', r.system, r.status, count(*) from added r
    where r.status in ('COMPLETED', 'FAILED', 'CANCELLED') group by r.system, r.status;
  insert into standing_failure (task_id) select r.id from added r where r.status = 'FAILED' on conflict do nothing;
  return null;
end $$;
create or replace function count_account_task_update() returns trigger language plpgsql as $$
begin
  insert into ended_count (kind, system, status, count)
    select 'TASK', c.system, c.status, sum(c.n) from (
      select r.system, r.status, 1 as n from after_change r where r.status in ('COMPLETED', 'FAILED', 'CANCELLED')
      union all
      select r.system, r.status, -1 as n from before_change r where r.status in ('COMPLETED', 'FAILED', 'CANCELLED')) c
    group by c.system, c.status having sum(c.n) <> 0;
  insert into standing_failure (task_id) select r.id from after_change r where r.status = 'FAILED' on conflict do nothing;
  return null;
end $$;
insert into standing_failure (task_id)
  select t.id from account_task t where t.status = 'FAILED' and not exists (
    select 1 from account_task n where n.person_id = t.person_id and n.system = t.system and n.id > t.id)
  on conflict do nothing;
`;

// Ordered by the kind as well, so that the newest run of a kind that has none is not looked for among all others.
const runIndexes = `
create index sync_run_newest_idx on sync_run (kind, id) where mode = 'RUN';
create index sync_run_successful_idx on sync_run (kind, id)
  where mode = 'RUN' and status in ('COMPLETED', 'COMPLETED_WITH_ERRORS');
create index sync_run_awaiting_idx on sync_run (id) where status = 'AWAITING_CONFIRMATION';
create index sync_run_finished_idx on sync_run (finished_at) where finished_at is not null;
`;
