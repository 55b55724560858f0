import { Migration } from '@mikro-orm/migrations';

/** Requests that are retried in parts: since when, and in which systems. Only while parts are left. */
export class Migration20261201000110_retried_requests extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'alter table account_request add column retrying_since timestamptz, add column retrying_systems text[]',
    );
  }
}
