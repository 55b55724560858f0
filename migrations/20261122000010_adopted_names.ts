import { Migration } from '@mikro-orm/migrations';

/**
 * Names of accounts that are adopted are the upstream's, and may be longer than those we choose: the limit of 20 is
 * the naming rule's, not the table's.
 */
export class Migration20261122000010_adopted_names extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table person drop constraint person_reserved_username_check;
alter table person add constraint person_reserved_username_check check (char_length(reserved_username) <= 320);
alter table name_reservation drop constraint name_reservation_value_check;
alter table name_reservation add constraint name_reservation_value_check
  check (char_length(value) between 1 and 320 and value = lower(value));
`);
  }
}
