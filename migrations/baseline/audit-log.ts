/** Who acts, as the service says at the beginning of each transaction (src/database/acting.ts). */
export const whoActs = `
create function audit_actor() returns text language sql stable as $$
  select coalesce(nullif(current_setting('accountsync.actor', true), ''), 'sql:' || session_user)
$$;
create function audit_correlation() returns text language sql stable as $$
  select nullif(current_setting('accountsync.correlation', true), '')
$$;
`;

/**
 * The log and the seals over it (docs/audit.md). `txid` stands before `id`: defaults are worked out in this order, so
 * that no number is drawn by a transaction that the sealer cannot see yet.
 */
export const auditLog = `
create table audit_entry (
  txid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity primary key,
  happened_at timestamptz not null default clock_timestamp(),
  actor text not null,
  correlation_id text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb
);
create index audit_entry_happened_idx on audit_entry using brin (happened_at);
create index audit_entry_own_idx on audit_entry (id) where (subject_kind = 'AUDIT');
create index audit_entry_person_idx on audit_entry (actor, id) where (actor not like 'job:%');
create index audit_entry_subject_idx on audit_entry (subject_kind, subject_id, id);

create table audit_seal (
  id bigint primary key,
  entry_ids int8multirange not null,
  entries integer not null check (entries >= 1),
  settled_id bigint not null,
  next_txid xid8 not null,
  digests bytea not null,
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$') unique,
  newest_at timestamptz not null,
  sealed_at timestamptz not null default clock_timestamp(),
  drawn_id bigint not null,
  settled_seal_id bigint not null
);
create index audit_seal_newest_idx on audit_seal (newest_at);
create function audit_kept_days() returns integer language sql stable as $$
  select case when exists (select from setting where key = 'retention_below_legal_minimum' and value = 'true')
    then kept.days else greatest(180, kept.days) end
  from (select coalesce((select (value #>> '{}')::integer from setting where key = 'retention_audit_days'), 180) as days) kept
$$;
create function audit_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % of % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
end $$;
create function audit_goes_when_due() returns trigger language plpgsql as $$
begin
  if exists (select from removed r where r.id > (select coalesce(max(s.settled_id), 0) from audit_seal s)
    or r.happened_at >= now() - audit_kept_days() * interval '1 day') then
    raise exception 'the audit log is append-only: only what is sealed and older than % days goes', audit_kept_days()
      using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
  end if;
  return null;
end $$;
create trigger audit_entry_append_only before update or truncate on audit_entry for each statement execute function audit_append_only();
create trigger audit_entry_goes_when_due after delete on audit_entry referencing old table as removed for each statement execute function audit_goes_when_due();
create function audit_seal_goes_when_due() returns trigger language plpgsql as $$
begin
  if exists (select from removed r where r.newest_at >= now() - audit_kept_days() * interval '1 day'
    or exists (select from audit_seal s where s.id < r.id)) then
    raise exception 'the audit log is append-only: only the oldest seals go, after % days', audit_kept_days()
      using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
  end if;
  return null;
end $$;
create trigger audit_seal_append_only before update or truncate on audit_seal for each statement execute function audit_append_only();
create trigger audit_seal_goes_when_due after delete on audit_seal referencing old table as removed for each statement execute function audit_seal_goes_when_due();
`;
