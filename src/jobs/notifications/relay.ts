import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { parseEvent } from '../../domain/catalogue/all-events.ts';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import type { DeliveryChannel } from '../../domain/notifications/delivery-states.ts';
import { type Notify, recipientsOf } from '../../domain/notifications/notify-input.ts';
import { isUrlAllowed } from '../../domain/notifications/webhook-url.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { enqueue } from '../kit/job.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { digestFailures } from './digest-failures.ts';
import { deliverJob } from './notification-jobs.ts';
import { signingWebhooks } from './signing-webhooks.ts';

export interface RelayContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  /** False without SMTP_URL: mail is skipped, with a row that says so. */
  readonly mail: boolean;
}

/** Events per transaction. */
const BATCH = 200;
/** Deliveries found without a job, per run. */
const RESCUE_LIMIT = 1_000;

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** Of the request that is finished. */
  readonly notify: Notify | null;
}

/** A delivery that no subscription asks for. */
interface NamedDelivery {
  readonly event: string;
  readonly channel: DeliveryChannel;
  readonly webhook: string | null;
  readonly target: string;
  /** Why it is not tried; null: it is. */
  readonly skipped: StoredError | null;
}

/**
 * Turns events into deliveries and their jobs, and gathers failed tasks into digests. An event, its deliveries and
 * their jobs are one transaction, and each (event, receiver) is one row: running twice, or twice at once, adds
 * nothing. Also finds deliveries whose job was lost.
 */
export async function relay(context: RelayContext): Promise<void> {
  await inTransaction(context.em, digestFailures);
  for (let count = BATCH; count === BATCH; )
    count = await inTransaction(context.em, (tx) => relayBatch(tx, context));
  await inTransaction(context.em, (tx) => rescueDeliveries(tx, context));
}

async function relayBatch(tx: Sql, context: RelayContext): Promise<number> {
  const { rows: events } = await sql<EventRow>`
    select e.id, e.type, e.data, r.notify from notification_event e
    left join account_request r on e.type = 'request.finished' and r.request_id = e.data->>'requestId'
    where e.relayed_at is null order by e.id limit ${BATCH} for update of e skip locked`.execute(tx);
  if (events.length === 0) return 0;
  const ids = events.map((event) => event.id);
  const subscribed = await storeSubscribed(tx, ids);
  const named = await storeNamed(tx, await namedDeliveries(tx, events, context));
  await sql`update notification_event set relayed_at = clock_timestamp() where id = any(${ids}::bigint[])`.execute(
    tx,
  );
  await enqueueDeliveries({ tx, boss: context.boss }, [...subscribed, ...named]);
  return events.length;
}

/**
 * Stores deliveries for subscribed webhooks. One that is switched off gets SKIPPED rows, for `redeliver`. Returns the
 * deliveries to be tried.
 */
async function storeSubscribed(tx: Sql, events: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; status: string }>`
    insert into notification_delivery (event_id, channel, webhook_id, target, status, next_attempt_at, error_code,
      error_parameters)
    select e.id, 'WEBHOOK', w.id, w.url, case when w.is_active then 'PENDING' else 'SKIPPED' end,
      case when w.is_active then now() end, case when not w.is_active then 'WEBHOOK_INACTIVE' end,
      case when not w.is_active then '{}'::jsonb end
    from notification_event e join webhook w on e.type = any(w.events) and w.created_at <= e.occurred_at
    where e.id = any(${events}::bigint[]) order by e.id, w.id
    on conflict (event_id, channel, target) do nothing returning id, status`.execute(tx);
  return toBeTried(rows);
}

/** Sends the jobs of deliveries that are due. */
export async function enqueueDeliveries(
  context: { readonly tx: Sql; readonly boss: PgBoss },
  ids: readonly string[],
): Promise<void> {
  const entries = ids.map((delivery) => ({ payload: { delivery } }));
  await enqueue(context, deliverJob, entries);
}

async function namedDeliveries(
  tx: Sql,
  events: readonly EventRow[],
  { settings, secrets, mail }: RelayContext,
): Promise<NamedDelivery[]> {
  const urls = events.flatMap(({ notify }) => notify?.webhookUrl ?? []);
  const signers = await signingWebhooks(tx, secrets, [...new Set(urls)]);
  const operators = recipientsOf({ emails: settings.get('operator_emails'), webhookUrl: null });
  const mailOff = mail ? null : { code: 'MAIL_OFF', parameters: {} };
  return events.flatMap(({ id, type, data, notify }): NamedDelivery[] => {
    const event = parseEvent({ type, data });
    const addresses = [
      ...(notify === null ? [] : recipientsOf(notify)),
      ...(event?.mail.toOperators === true ? operators : []),
    ];
    const mails = addresses.map(
      (target): NamedDelivery => ({ event: id, channel: 'EMAIL', webhook: null, target, skipped: mailOff }),
    );
    const url = notify?.webhookUrl ?? null;
    const webhook = url === null ? undefined : signers.get(url);
    if (url === null || webhook === undefined) return mails;
    // Operators may have removed the URL from the list since the request was accepted.
    const allowed = isUrlAllowed(url, settings.get('notify_webhook_allowlist'));
    const parameters = { host: new URL(url).host };
    const skipped = allowed ? null : { code: 'WEBHOOK_NOT_ALLOWED', parameters };
    return [...mails, { event: id, channel: 'WEBHOOK', webhook, target: url, skipped }];
  });
}

/** Stores the named deliveries; returns those to be tried. */
async function storeNamed(tx: Sql, named: readonly NamedDelivery[]): Promise<string[]> {
  if (named.length === 0) return [];
  const entries = named.map(({ skipped, ...delivery }) => ({
    ...delivery,
    code: skipped?.code ?? null,
    parameters: skipped?.parameters ?? null,
  }));
  const { rows } = await sql<{ id: string; status: string }>`
    insert into notification_delivery (event_id, channel, webhook_id, target, status, next_attempt_at, error_code,
      error_parameters)
    select r.event, r.channel, r.webhook, r.target, case when r.code is null then 'PENDING' else 'SKIPPED' end,
      case when r.code is null then now() end, r.code, r.parameters
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as r(event bigint, channel text, webhook bigint, target text, code text, parameters jsonb)
    on conflict (event_id, channel, target) do nothing returning id, status`.execute(tx);
  return toBeTried(rows);
}

function toBeTried(rows: readonly { readonly id: string; readonly status: string }[]): string[] {
  return rows.filter((row) => row.status === 'PENDING').map((row) => row.id);
}

/** Sends jobs for deliveries that are long due: the worker died in an attempt, and the job was lost with it. */
async function rescueDeliveries(tx: Sql, { boss }: RelayContext): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from notification_delivery where next_attempt_at < now() - interval '1 minute'
    order by next_attempt_at limit ${RESCUE_LIMIT}`.execute(tx);
  await enqueueDeliveries(
    { tx, boss },
    rows.map((row) => row.id),
  );
}
