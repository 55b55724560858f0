import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../entities/tables.ts';
import type { Executor } from '../../entities/transaction.ts';

/** As `JobContext`, for plain statements only. */
export interface QueueContext {
  readonly tx: Executor;
  readonly boss: PgBoss;
}

/** A transaction and the queue that writes into it. */
export interface JobContext {
  readonly tx: Sql;
  readonly boss: PgBoss;
}
