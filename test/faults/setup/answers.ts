import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';

/** An accepted `createAccounts`: under which key, and which request it named. */
export interface Answer {
  readonly key: string;
  readonly requestId: string;
}

/**
 * I6: the same key, the same request, and as many requests as keys; I7: whoever was answered has a request. Without
 * answers only what the tables themselves say.
 */
export async function findAnswerViolations(db: Sql, answers: readonly Answer[] | null): Promise<string[]> {
  const { rows } = await sql<{ request_id: string; twins: number }>`
    select r.request_id, (select count(*)::int from account_request o
      where o.created_by = r.created_by and o.key_released_at is null and o.derived_key = r.derived_key
        and o.idempotency_key is not distinct from r.idempotency_key) as twins
    from account_request r where r.key_released_at is null`.execute(db);
  const twins = rows.flatMap(({ request_id, twins: count }) =>
    count > 1 ? [`I6: ${request_id} shares its key with ${count - 1} others`] : [],
  );
  if (answers === null) return twins;
  const { rows: stored } = await sql<{ request_id: string }>`select request_id from account_request`.execute(
    db,
  );
  const known = new Set(stored.map(({ request_id }) => request_id));
  const byKey = Map.groupBy(answers, ({ key }) => key);
  return [
    ...twins,
    ...[...byKey].flatMap(([key, ofKey]) => {
      const requests = new Set(ofKey.map(({ requestId }) => requestId)).size;
      return requests > 1 ? [`I6: ${key} was answered with ${requests} requests`] : [];
    }),
    ...(known.size > byKey.size ? [`I6: ${known.size} requests of ${byKey.size} keys`] : []),
    ...answers.flatMap(({ requestId }) =>
      known.has(requestId) ? [] : [`I7: ${requestId} was accepted and is lost`],
    ),
  ];
}
