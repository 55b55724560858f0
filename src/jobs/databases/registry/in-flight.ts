import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';

/** Subject of the items of these runs. */
export const INSTANCE_SUBJECT = 'DATABASE_INSTANCE';

/** An instance that a live run still has to do, is doing, or waits for a person about. */
export interface InFlight {
  readonly instanceId: string;
  /** Primary key and public id of the run. */
  readonly run: string;
  readonly runId: string;
}

/** Those of these instances that a run is working on. Dry runs do not count. */
export async function findInFlight(tx: Sql, instances: readonly string[]): Promise<readonly InFlight[]> {
  const { rows } = await sql<InFlight>`
    select distinct on (i.subject_id) i.subject_id::text as "instanceId", r.id::text as run, r.run_id as "runId"
    from run_item i join sync_run r on r.id = i.run_id
    where i.subject_kind = ${INSTANCE_SUBJECT} and i.subject_id = any(${[...instances]}::bigint[])
      and i.outcome in ('PENDING', 'AWAITING_CONFIRMATION') and r.mode = 'RUN'
      and r.status in ('RUNNING', 'AWAITING_CONFIRMATION')
    order by i.subject_id, i.id`.execute(tx);
  return rows;
}
