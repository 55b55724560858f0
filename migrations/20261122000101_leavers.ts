import { Migration } from '@mikro-orm/migrations';

/** Which account a record of a run is about and when it was done; since when an account is that of a leaver. */
export class Migration20261122000101_leavers extends Migration {
  override async up(): Promise<void> {
    this.addSql(leavers);
  }
}

// No foreign key: what a run says of an account stays true when the account is gone.
const leavers = `
alter table run_item add column account_id bigint, add column settled_at timestamptz;
create index run_item_disabled_idx on run_item (settled_at) where outcome = 'DISABLED';
alter table account add column leaver_since timestamptz;
create index account_leaver_idx on account (id) where leaver_since is not null;
`;
