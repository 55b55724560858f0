import { Migration } from '@mikro-orm/migrations';

/**
 * What operators want to know of each system: its last error, whether a worker is connected to it, and what a check by
 * hand found.
 */
export class Migration20261122000122_system_checks extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table system_state
  add column configured boolean,
  add column last_error_code text check (char_length(last_error_code) <= 100),
  add column last_error_parameters jsonb;
alter table sync_source add column sandboxed boolean;
create table system_check (
  system text primary key check (char_length(system) <= 50),
  checked_at timestamptz not null,
  reachable boolean not null,
  credentials_accepted boolean not null,
  latency_ms integer not null check (latency_ms >= 0),
  error_code text check (char_length(error_code) <= 100),
  error_parameters jsonb,
  detail text check (char_length(detail) <= 1000),
  token_ends_at timestamptz,
  host text not null check (char_length(host) <= 300)
);
`);
  }
}
