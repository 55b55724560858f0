import { Migration } from '@mikro-orm/migrations';

/** What keeps reading the audit log and runs as fast at five million entries as at fifty thousand (docs/scaling.md). */
export class Migration20261130000300_growth_core extends Migration {
  override async up(): Promise<void> {
    this.addSql(audit);
    this.addSql('create index sync_run_status_idx on sync_run (kind, status, id)');
    this.addSql(vacuum('person'));
  }
}

/** Clears away and counts a table again after a fiftieth of it has changed: a fifth of millions of rows is late. */
export function vacuum(table: string): string {
  return `alter table ${table} set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.02)`;
}

// Numbers are drawn as entries are written, so entries stand in the order of time but for moments: where one time
// begins is found in some twenty look-ups. Ten minutes are left for a clock that was set back.
const audit = `
create index audit_entry_correlation_idx on audit_entry using hash (correlation_id);
create index audit_seal_entries_idx on audit_seal using gist (entry_ids);
${vacuum('audit_entry')};
create function audit_id_before(moment timestamptz) returns bigint language plpgsql stable as $$
declare
  low bigint;
  high bigint;
  middle bigint;
  found record;
begin
  select min(e.id), max(e.id) + 1 into low, high from audit_entry e;
  while low < high loop
    middle := (low + high) / 2;
    select e.id, e.happened_at into found from audit_entry e where e.id >= middle order by e.id limit 1;
    if found.id is null or found.happened_at >= moment then
      high := middle;
    else
      low := found.id + 1;
    end if;
  end loop;
  return coalesce(low, 0);
end $$;
create function audit_id_from(moment timestamptz) returns bigint language sql stable as $$
  select audit_id_before(moment - interval '10 minutes')
$$;
create function audit_id_until(moment timestamptz) returns bigint language sql stable as $$
  select audit_id_before(moment + interval '10 minutes')
$$;
`;
