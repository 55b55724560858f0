import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../entities/tables.ts';

/** A transaction and the queue that writes into it. */
export interface JobContext {
  readonly tx: Sql;
  readonly boss: PgBoss;
}
