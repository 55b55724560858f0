import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import { rowById, sqlOf } from '../reading/loaders.ts';
import { type SyncRunRow, selectRuns } from './rows.ts';

export const runById = rowById<SyncRunRow>(async (scope, ids) => {
  const { rows } = await sql<SyncRunRow>`${selectRuns} where r.id = any(${[...ids]}::bigint[])`.execute(
    sqlOf(scope),
  );
  return rows;
});

/** One run by its public id; null when there is none. */
export async function findRun(db: Sql, runId: string): Promise<SyncRunRow | null> {
  const { rows } = await sql<SyncRunRow>`${selectRuns} where r.run_id = ${runId}`.execute(db);
  return rows[0] ?? null;
}
