import { Migration } from '@mikro-orm/migrations';

/**
 * How far the log was drawn and decided when a seal was made, so that the next one need not look at all of it again;
 * and what Postgres lets go: entries and seals that are past their days, the oldest first.
 */
export class Migration20261122000171_audit_seals extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
alter table audit_seal add column drawn_id bigint not null, add column settled_seal_id bigint not null;
create index audit_seal_newest_idx on audit_seal (newest_at);
create index audit_entry_own_idx on audit_entry (id) where subject_kind = 'AUDIT';

create function audit_kept_days() returns integer language sql stable as $$
  select case when exists (select from setting where key = 'retention_below_legal_minimum' and value = 'true')
    then kept.days else greatest(180, kept.days) end
  from (select coalesce((select (value #>> '{}')::integer from setting where key = 'retention_audit_days'), 180) as days) kept
$$;
create function audit_goes_when_due() returns trigger language plpgsql as $$
begin
  if exists (select from removed r where r.id > (select coalesce(max(s.settled_id), 0) from audit_seal s)
    or r.happened_at >= now() - audit_kept_days() * interval '1 day') then
    raise exception 'the audit log is append-only: only what is sealed and older than % days goes', audit_kept_days()
      using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
  end if;
  return null;
end $$;
create function audit_seal_goes_when_due() returns trigger language plpgsql as $$
begin
  if exists (select from removed r where r.newest_at >= now() - audit_kept_days() * interval '1 day'
    or exists (select from audit_seal s where s.id < r.id)) then
    raise exception 'the audit log is append-only: only the oldest seals go, after % days', audit_kept_days()
      using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
  end if;
  return null;
end $$;
drop trigger audit_entry_append_only on audit_entry;
drop trigger audit_seal_append_only on audit_seal;
create trigger audit_entry_append_only before update or truncate on audit_entry
  for each statement execute function audit_append_only();
create trigger audit_seal_append_only before update or truncate on audit_seal
  for each statement execute function audit_append_only();
create trigger audit_entry_goes_when_due after delete on audit_entry referencing old table as removed
  for each statement execute function audit_goes_when_due();
create trigger audit_seal_goes_when_due after delete on audit_seal referencing old table as removed
  for each statement execute function audit_seal_goes_when_due();
`);
  }
}
