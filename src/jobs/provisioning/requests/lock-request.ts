import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { lockIntake } from './intake-lock.ts';

export interface LockedRequest {
  readonly id: string;
  readonly request_id: string;
  readonly status: string;
  readonly cancelled_at: string | null;
  readonly system_list: readonly string[];
  /** Set: its people were removed. */
  readonly purged_at: string | null;
  /** The people of its items, as far as intake has come. */
  readonly personIds: readonly string[];
}

/** Finds a request by its public id and locks it with its people; null when there is none. */
export async function lockRequest(tx: Sql, requestId: string): Promise<LockedRequest | null> {
  const found = await tx
    .selectFrom('account_request')
    .select('id')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (found === undefined) return null;
  await lockIntake(tx);
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from request_item where request_id = ${found.id}::bigint and person_id is not null`.execute(
    tx,
  );
  const personIds = rows.map((row) => row.person_id);
  await lockAffected(tx, personIds, [found.id]);
  const request = await tx
    .selectFrom('account_request')
    .select(['id', 'request_id', 'status', 'cancelled_at', 'system_list', 'purged_at'])
    .where('id', '=', found.id)
    .executeTakeFirstOrThrow();
  return { ...request, personIds };
}
