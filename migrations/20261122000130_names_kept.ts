import { Migration } from '@mikro-orm/migrations';

/** A person may have had several names: each stays theirs for ever, so that nobody else gets it. */
export class Migration20261122000130_names_kept extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
drop index name_reservation_person_kind_key;
create index name_reservation_person_idx on name_reservation (person_id, kind);
`);
  }
}
