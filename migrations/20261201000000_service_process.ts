import { Migration } from '@mikro-orm/migrations';

/** Processes of this service that run, as they say themselves: what the page of systems shows of them. */
export class Migration20261201000000_service_process extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create table service_process (
  id uuid primary key,
  role text not null check (role in ('all', 'server', 'worker')),
  version text not null check (char_length(version) <= 50),
  host text not null check (char_length(host) <= 300),
  pid integer not null,
  connections jsonb not null default '[]',
  started_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp()
);`);
  }
}
