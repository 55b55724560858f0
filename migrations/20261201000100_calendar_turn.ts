import { Migration } from '@mikro-orm/migrations';

/** Lost creates of several terms: which title was sent, what was there before, and one run at a time that makes calendars. */
export class Migration20261201000100_calendar_turn extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table course_calendar add column sent_title text, add column existing_ids text[] not null default '{}';
      create index course_calendar_sent_idx on course_calendar (coalesce(sent_title, desired_title))
        where sent_at is not null and wps_calendar_id is null;
      create table calendar_turn (
        one boolean primary key default true check (one),
        run_id bigint not null references sync_run (id) on delete cascade
      );`);
  }
}
