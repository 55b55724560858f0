import { Migration } from '@mikro-orm/migrations';

/**
 * Up to which attempt a person has settled what became of a task's lost answers, and who: what was lost before that is
 * no reason to look again.
 */
export class Migration20261122000162_resolved_by_hand extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table account_task
  add column resolved_attempt integer not null default 0,
  add column resolved_by text check (char_length(resolved_by) <= 200);
`);
  }
}
