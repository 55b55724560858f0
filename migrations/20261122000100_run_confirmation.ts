import { Migration } from '@mikro-orm/migrations';

/** Runs that wait for a person, and go on after one decided; what becomes of a record is for the program to name. */
export class Migration20261122000100_run_confirmation extends Migration {
  override async up(): Promise<void> {
    this.addSql(confirmation);
    this.addSql(outcomes);
  }
}

const confirmation = `
alter table sync_run
  add column round integer not null default 1,
  add column confirmation_requested_at timestamptz,
  add column confirmed_by text check (char_length(confirmed_by) between 1 and 200),
  add column confirmed_at timestamptz,
  add column rejected_by text check (char_length(rejected_by) between 1 and 200),
  add column rejected_at timestamptz,
  add column rejection_reason text check (char_length(rejection_reason) between 1 and 1000),
  add check ((confirmed_by is null) = (confirmed_at is null)),
  add check ((rejected_by is null) = (rejected_at is null)),
  add check (confirmed_at is null or rejected_at is null);
create index sync_run_created_by_idx on sync_run (created_by, id);
`;

// Each kind of run names what becomes of its records; the closed set stands in src/domain/runs/run-states.ts.
const outcomes = `
alter table run_item
  drop constraint run_item_outcome_check,
  add constraint run_item_outcome_check check (outcome ~ '^[A-Z][A-Z_]{0,49}$');
create index run_item_outcome_idx on run_item (run_id, outcome, id);
`;
