import { Migration } from '@mikro-orm/migrations';

/**
 * People whose data was erased: the row stays for those that point at it, and a hash of the number says whom HR must not
 * bring back. No names, no numbers.
 */
export class Migration20261122000172_erased_people extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table person add column erased_at timestamptz;
create table erased_person (
  number_hash bytea primary key check (octet_length(number_hash) = 32),
  erased_at timestamptz not null default clock_timestamp()
);
`);
  }
}
