import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { bringForward } from '../kit/job.ts';
import { type OperationError, operationError } from '../kit/operation.ts';
import { deliverJob } from './notification-jobs.ts';
import { enqueueDeliveries } from './relay.ts';

/** One delivery, or those of one webhook since a moment. */
export type RedeliverInput =
  | { readonly delivery: string }
  | {
      readonly webhook: string;
      readonly since: string;
      /** Null: any state. */
      readonly statuses: readonly DeliveryStatus[] | null;
    };

export interface RedeliverOutcome {
  /** Deliveries that are sent again. */
  readonly requeued: number;
  readonly userErrors: readonly OperationError[];
}

/** Deliveries per call; more are probably a mistake. */
const LIMIT = 10_000;

/**
 * Sends events again, in any state, under their former ids: a receiver that got one already recognises its
 * `webhook-id`. The retries begin anew. Null: there is no such delivery, or webhook.
 */
export function redeliver(
  context: { readonly em: EntityManager; readonly boss: PgBoss },
  input: RedeliverInput,
): Promise<RedeliverOutcome | null> {
  return inTransaction(context.em, async (tx) => {
    if (!(await exists(tx, input))) return null;
    const problem = await findExcess(tx, input);
    if (problem !== null) return { requeued: 0, userErrors: [problem] };
    const { rows } = await sql<{ id: string }>`
      update notification_delivery set status = 'PENDING', attempts_before = attempts, next_attempt_at = now(),
        error_code = null, error_parameters = null, response_status = null, duration_ms = null, delivered_at = null,
        updated_at = clock_timestamp()
      where id in (select d.id from ${matching(input)} order by d.id for update of d) returning id`.execute(
      tx,
    );
    const ids = rows.map((row) => row.id);
    // A delivery that waits for its retry has a job: that starts now, and a second one would be dropped.
    await bringForward(
      tx,
      deliverJob,
      ids.map((delivery) => ({ delivery })),
    );
    await enqueueDeliveries({ tx, boss: context.boss }, ids);
    return { requeued: ids.length, userErrors: [] };
  });
}

function matching(input: RedeliverInput) {
  const condition =
    'delivery' in input
      ? sql`d.id = ${input.delivery}::bigint`
      : sql`d.webhook_id = ${input.webhook}::bigint and e.occurred_at >= ${input.since}::timestamptz
          and (${input.statuses}::text[] is null or d.status = any(${input.statuses}::text[]))`;
  return sql`notification_delivery d join notification_event e on e.id = d.event_id where ${condition}`;
}

async function exists(tx: Sql, input: RedeliverInput): Promise<boolean> {
  const { rows } =
    'delivery' in input
      ? await sql`select 1 from notification_delivery where id = ${input.delivery}::bigint`.execute(tx)
      : await sql`select 1 from webhook where id = ${input.webhook}::bigint`.execute(tx);
  return rows.length > 0;
}

async function findExcess(tx: Sql, input: RedeliverInput): Promise<OperationError | null> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${matching(input)}`.execute(tx);
  const count = rows[0]?.count ?? 0;
  const parameters = { variant: 'LIST', field: 'since', count, limit: LIMIT };
  return count > LIMIT ? operationError('TOO_MANY', { path: ['since'], parameters }) : null;
}
