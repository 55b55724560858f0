import { Migration } from '@mikro-orm/migrations';

/** A system that fails says nothing of our credentials. */
export class Migration20261130000172_credentials_unknown extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table system_check alter credentials_accepted drop not null;');
  }
}
