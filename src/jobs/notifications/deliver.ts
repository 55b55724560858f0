import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { asEnded } from '../../domain/errors/ended-errors.ts';
import type { Locale, StoredError } from '../../domain/errors/error-entry.ts';
import {
  afterFailedDelivery,
  type DeliveryChannel,
  type DeliveryStatus,
} from '../../domain/notifications/delivery-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import {
  DeliveryFailed,
  type MailSender,
  type WebhookSender,
} from '../../integrations/notifications/senders.ts';
import type { Logger } from '../../logger.ts';
import type { Secret } from '../../secret.ts';
import { enqueue } from '../kit/job.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { type SecretKeys, SecretUnavailable } from '../secrets/secret-keys.ts';
import type { FailingTargets } from './failing-targets.ts';
import { deliverJob } from './notification-jobs.ts';
import { type DeliveryRow, type Outcome, type SendContext, sendMail, sendWebhook } from './send.ts';
import { openSigners, type StoredSigners } from './webhook-secret.ts';

export interface DeliverContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly logger: Logger;
  readonly webhooks: WebhookSender;
  /** Null without SMTP_URL. */
  readonly mail: MailSender | null;
  readonly failing: FailingTargets;
  /** Of mail. */
  readonly locale: Locale;
  readonly displayTimeZone: string;
}

/** Longer than any attempt: after this time another worker takes the delivery of a dead one. */
const LEASE_SECONDS = 60;
/**
 * Delay before a receiver is tried again that is busy while failing, or whose secret cannot be read; spread, so that
 * a backlog does not come at once.
 */
const BUSY_DELAY_SECONDS = 30;
const BUSY_SPREAD_SECONDS = 60;

/**
 * Makes one attempt to deliver an event to one receiver. The attempt is counted and committed first, and its result
 * is fenced by its number, so two runs of the same job send at most twice, under the same `webhook-id`, and record
 * once.
 */
export async function deliver(
  payload: { readonly delivery: string },
  context: DeliverContext,
): Promise<void> {
  const due = await findDue(outsideTransaction(context.em.fork()), payload.delivery);
  if (due === null) return;
  const receiver = due.channel === 'EMAIL' ? 'mail' : (due.webhook_id ?? due.target);
  if (!context.failing.admits(receiver)) return postpone(context, due, null);
  const signers = await signersOf(due, context);
  if (signers instanceof SecretUnavailable) return postpone(context, due, signers);
  const delivery = await begin(context.em, due.id);
  if (delivery === null) return;
  await context.failing.watch(receiver, async () => {
    const startedAt = performance.now();
    const outcome = await attempt(delivery, { ...context, signers });
    await record(context, delivery, { outcome, durationMs: Math.round(performance.now() - startedAt) });
    return outcome.kind !== 'failed' || outcome.failure.permanent;
  });
}

interface DueRow extends StoredSigners {
  readonly id: string;
  readonly channel: DeliveryChannel;
  readonly webhook_id: string | null;
  readonly target: string;
  readonly attempts: number;
  readonly error_code: string | null;
  /** False: the webhook is switched off or gone. */
  readonly receives: boolean;
}

async function findDue(db: Sql, id: string): Promise<DueRow | null> {
  const { rows } = await sql<DueRow>`
    select d.id, d.channel, d.webhook_id, d.target, d.attempts, d.error_code, w.secret,
      case when w.previous_secret_until > now() then w.previous_secret end as previous_secret,
      coalesce(w.is_active or e.type = 'webhook.test', false) as receives
    from notification_delivery d join notification_event e on e.id = d.event_id
    left join webhook w on w.id = d.webhook_id
    where d.id = ${id}::bigint and d.next_attempt_at <= now()`.execute(db);
  return rows[0] ?? null;
}

/** The secrets that sign; null where nothing is to be sent; the reason where they cannot be read now. */
async function signersOf(
  due: DueRow,
  { em, secrets }: DeliverContext,
): Promise<readonly Secret[] | null | SecretUnavailable> {
  const { webhook_id: webhook } = due;
  if (due.channel === 'EMAIL') return [];
  if (webhook === null || !due.receives) return null;
  try {
    return await openSigners(outsideTransaction(em.fork()), secrets, { ...due, id: webhook });
  } catch (error) {
    if (error instanceof SecretUnavailable) return error;
    throw error;
  }
}

/**
 * Delays a delivery without counting an attempt: the receiver is busy with another one, or the reason is on our side.
 */
async function postpone(
  { em, boss, logger }: DeliverContext,
  { id, attempts, error_code: before }: DueRow,
  reason: SecretUnavailable | null,
): Promise<void> {
  const delaySeconds = BUSY_DELAY_SECONDS + Math.random() * BUSY_SPREAD_SECONDS;
  const [code, parameters] = [reason?.code ?? null, JSON.stringify(reason?.parameters ?? null)];
  await inTransaction(em, async (tx) => {
    const { rows } = await sql`
      update notification_delivery set next_attempt_at = now() + ${delaySeconds}::float8 * interval '1 second',
        error_code = coalesce(${code}, error_code),
        error_parameters = case when ${code}::text is null then error_parameters else ${parameters}::jsonb end
      where id = ${id}::bigint and attempts = ${attempts}::int and next_attempt_at <= now() returning id`.execute(
      tx,
    );
    if (rows.length > 0)
      await enqueue({ tx, boss }, deliverJob, [{ payload: { delivery: id }, delaySeconds }]);
  });
  if (reason !== null && reason.code !== before)
    logger.warn(
      { delivery: id, code, ...reason.parameters },
      'a notification waits: its secret cannot be read',
    );
}

/** Opens an attempt. Null: another worker has the delivery, or it is done. */
async function begin(em: EntityManager, id: string): Promise<DeliveryRow | null> {
  const { rows } = await sql<DeliveryRow>`
    update notification_delivery d set attempts = d.attempts + 1, updated_at = clock_timestamp(),
      next_attempt_at = now() + ${LEASE_SECONDS}::int * interval '1 second'
    from notification_event e where d.id = ${id}::bigint and e.id = d.event_id and d.next_attempt_at <= now()
    returning d.id, d.channel, d.webhook_id, d.target, d.attempts, d.attempts_before, e.event_id, e.type, e.data,
      to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as occurred_at`.execute(
    outsideTransaction(em.fork()),
  );
  return rows[0] ?? null;
}

async function attempt(
  delivery: DeliveryRow,
  context: SendContext & { readonly logger: Logger },
): Promise<Outcome> {
  try {
    return await (delivery.channel === 'EMAIL' ? sendMail : sendWebhook)(delivery, context);
  } catch (error) {
    if (error instanceof DeliveryFailed) return { kind: 'failed', failure: error };
    // A bug is retried like any failure, and ends in the dead letter, where it is seen.
    context.logger.error(
      { error, delivery: delivery.id, event: delivery.event_id },
      'a delivery ended with an unexpected error',
    );
    return {
      kind: 'failed',
      failure: new DeliveryFailed({ code: 'UNEXPECTED_ERROR', parameters: { variant: 'DELIVERY' } }, error),
    };
  }
}

/** Writes the result of an attempt and, after a failure, sends the next one, in one transaction. */
async function record(
  context: DeliverContext,
  delivery: DeliveryRow,
  { outcome, durationMs }: { readonly outcome: Outcome; readonly durationMs: number },
): Promise<void> {
  const next = nextOf(outcome, delivery, context.settings.get('notification_retry_delays_seconds'));
  const failure = outcome.kind === 'failed' ? outcome.failure : null;
  const status = outcome.kind === 'delivered' ? outcome.status : (failure?.status ?? null);
  const error = errorOf(outcome, { next, attempts: delivery.attempts - delivery.attempts_before });
  const code = error?.code ?? null;
  const parameters = error === null ? null : JSON.stringify(error.parameters);
  const delaySeconds = next.status === 'RETRY' ? next.delaySeconds : null;
  await inTransaction(context.em, async (tx) => {
    const { rows } = await sql`
      update notification_delivery set status = ${next.status}, response_status = ${status}::int,
        duration_ms = ${durationMs}::int, error_code = ${code}, error_parameters = ${parameters}::jsonb,
        next_attempt_at = now() + ${delaySeconds}::float8 * interval '1 second',
        delivered_at = case when ${next.status} = 'DELIVERED' then clock_timestamp() end,
        updated_at = clock_timestamp()
      where id = ${delivery.id}::bigint and attempts = ${delivery.attempts}::int and next_attempt_at is not null
      returning id`.execute(tx);
    if (rows.length === 0 || delaySeconds === null) return;
    await enqueue({ tx, boss: context.boss }, deliverJob, [
      { payload: { delivery: delivery.id }, delaySeconds },
    ]);
  });
  if (next.status === 'DEAD_LETTER') {
    const { id, event_id: event, type, attempts } = delivery;
    context.logger.warn({ delivery: id, event, type, attempts, code, status }, 'a notification was given up');
  }
}

/** The error of a delivery: given up, or to be retried. */
function errorOf(
  outcome: Outcome,
  { next, attempts }: { readonly next: { readonly status: DeliveryStatus }; readonly attempts: number },
): StoredError | null {
  switch (outcome.kind) {
    case 'delivered':
      return null;
    case 'skipped':
      return outcome.error;
    case 'failed':
      return next.status === 'DEAD_LETTER' ? asEnded(outcome.failure, attempts) : outcome.failure;
  }
}

function nextOf(
  outcome: Outcome,
  delivery: DeliveryRow,
  delaysSeconds: readonly number[],
): ReturnType<typeof afterFailedDelivery> | { readonly status: 'DELIVERED' | 'SKIPPED' } {
  switch (outcome.kind) {
    case 'delivered':
      return { status: 'DELIVERED' };
    case 'skipped':
      return { status: 'SKIPPED' };
    case 'failed': {
      const attempts = delivery.attempts - delivery.attempts_before;
      return afterFailedDelivery(outcome.failure, { attempts, delaysSeconds, random: Math.random() });
    }
  }
}
