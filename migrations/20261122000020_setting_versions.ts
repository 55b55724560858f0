import { Migration } from '@mikro-orm/migrations';

/**
 * A change by plain SQL counts as a version too, or `expectedVersion` would miss it, and is not put down to whoever
 * changed the Setting before. Whoever sets `version` itself, as the API does, knows what it is doing.
 */
export class Migration20261122000020_setting_versions extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create function setting_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.version = old.version and new.value is distinct from old.value then
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
    if new.updated_by is not distinct from old.updated_by then
      new.updated_by := null;
    end if;
  end if;
  new.updated_by := coalesce(new.updated_by, 'sql:' || current_user);
  return new;
end $$;
create trigger setting_version before insert or update on setting
  for each row execute function setting_version();
`);
  }
}
