import { Migration } from '@mikro-orm/migrations';

/**
 * A webhook that a request's `notify` makes while there is no master key gets its secret when there is one: what is
 * to be delivered to it is stored meanwhile.
 */
export class Migration20261122000180_secrets_later extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table webhook alter column secret drop not null');
  }
}
