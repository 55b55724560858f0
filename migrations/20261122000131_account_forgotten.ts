import { Migration } from '@mikro-orm/migrations';

/** An account that is forgotten is PLANNED again: its history says that it is no more, as it does of a deleted one. */
export class Migration20261122000131_account_forgotten extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
create or replace function account_updated() returns trigger language plpgsql as $$
begin
  insert into account_event (person_id, system, state, previous_state, origin, identifier)
    select a.person_id, a.system, case a.state when 'PLANNED' then 'REMOVED' else a.state end, b.state,
      coalesce(a.origin, b.origin), coalesce(a.identifier, b.identifier)
    from after_change a join before_change b on b.id = a.id
    where (a.state <> 'PLANNED' or b.state <> 'PLANNED')
      and (a.state, a.identifier, a.origin) is distinct from (b.state, b.identifier, b.origin)
    order by a.id;
  return null;
end $$;
`);
  }
}
