import { Migration } from '@mikro-orm/migrations';

/** Names that somebody accepted though they hardly are any. */
export class Migration20261130000210_accepted_names extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'alter table person add column accepted_name_hash bytea check (octet_length(accepted_name_hash) = 32)',
    );
  }
}
