import { Migration } from '@mikro-orm/migrations';

/** A webhook that is switched off subscribes too: its events are kept and skipped, so that they can be sent later. */
export class Migration20261130000170_inactive_webhooks extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create or replace function has_subscriber(kind text) returns boolean language sql stable as $$
  select exists (select 1 from webhook w where kind = any(w.events))
$$;
`);
  }
}
