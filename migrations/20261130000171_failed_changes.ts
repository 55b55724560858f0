import { Migration } from '@mikro-orm/migrations';

/** What is wrong now includes the accounts that a run could not change: few among many records. */
export class Migration20261130000171_failed_changes extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create index run_item_failed_change_idx on run_item (run_id) where outcome = 'FAILED' and account_id is not null;
create index run_item_account_idx on run_item (account_id, id) where account_id is not null;
`);
  }
}
