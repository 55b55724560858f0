import { Migration } from '@mikro-orm/migrations';

/** Points that principals have spent, as rate-limiter-flexible keeps them; not worth a write-ahead log. */
export class Migration20261122000151_rate_limits extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create unlogged table rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
) with (fillfactor = 70);
`);
  }
}
