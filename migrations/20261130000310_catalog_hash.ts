import { Migration } from '@mikro-orm/migrations';

/** What was read of a server the last time, as one hash: the same again needs no comparing. */
export class Migration20261130000310_catalog_hash extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table database_instance add column catalog_hash text;');
  }
}
