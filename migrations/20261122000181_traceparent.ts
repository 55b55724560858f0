import { Migration } from '@mikro-orm/migrations';

/** Where a request came from, in the words of W3C Trace Context; null while nothing is traced. */
export class Migration20261122000181_traceparent extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table account_request add column traceparent text check (char_length(traceparent) = 55)`,
    );
  }
}
