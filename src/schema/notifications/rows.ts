import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { DeliveryChannel, DeliveryStatus } from '../../domain/notifications/delivery-states.ts';
import { SEALED_PREFIX } from '../../jobs/secrets/envelope.ts';
import { builder } from '../building/builder.ts';
import { decodeGlobalId } from '../reading/global-id.ts';
import { oneByKey, rowById, sqlOf } from '../reading/loaders.ts';

/** Backs the type `Webhook`: everything but its secrets, which never leave the database for showing. */
export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string | null;
  readonly is_active: boolean;
  /** Of the master key; null: plain text, or not made yet. */
  readonly secret_key_id: string | null;
  /** Null when no secret from before a rotation is valid. */
  readonly previous_secret_until: string | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Backs the type `WebhookDelivery`. */
export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly data: unknown;
  readonly occurred_at: string;
  readonly channel: DeliveryChannel;
  readonly webhook_id: string | null;
  readonly target: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly next_attempt_at: string | null;
  readonly response_status: number | null;
  readonly duration_ms: number | null;
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly delivered_at: string | null;
}

export const Webhook = builder.objectRef<WebhookRow>('Webhook');
export const WebhookDelivery = builder.objectRef<DeliveryRow>('WebhookDelivery');

/** `select … from` of each type, to be followed by `where`. */
export const selectWebhooks = sql<WebhookRow>`
  select w.id, w.url, w.events, w.description, w.is_active,
    case when starts_with(w.secret, ${SEALED_PREFIX}) then split_part(w.secret, '.', 2) end as secret_key_id,
    case when w.previous_secret_until > now() then w.previous_secret_until end as previous_secret_until,
    w.created_by, w.created_at, w.updated_at
  from webhook w`;
export const selectDeliveries = sql<DeliveryRow>`
  select d.id, e.event_id, e.type, e.data, e.occurred_at, d.channel, d.webhook_id, d.target, d.status, d.attempts,
    d.next_attempt_at, d.response_status, d.duration_ms, d.error_code, d.error_parameters, d.created_at,
    d.updated_at, d.delivered_at
  from notification_delivery d join notification_event e on e.id = d.event_id`;

export const webhookById = rowById<WebhookRow>(async (scope, ids) => {
  const { rows } = await sql<WebhookRow>`${selectWebhooks} where w.id = any(${[...ids]}::bigint[])`.execute(
    sqlOf(scope),
  );
  return rows;
});

export const deliveryById = rowById<DeliveryRow>(async (scope, ids) => {
  const { rows } = await sql<DeliveryRow>`
    ${selectDeliveries} where d.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return rows;
});

/** The newest delivery of each webhook, by one look into its index each. */
export const lastDeliveryOf = oneByKey<DeliveryRow>(async (scope, ids) => {
  const { rows } = await sql<DeliveryRow>`
    ${selectDeliveries} where d.id in (
      select (select max(n.id) from notification_delivery n where n.webhook_id = w.id)
      from unnest(${[...ids]}::bigint[]) as w(id))`.execute(sqlOf(scope));
  return new Map(rows.map((row) => [row.webhook_id ?? '', row]));
});

/** The primary key behind a global id of this type; null for any other text. */
export function keyOf(type: 'Webhook' | 'WebhookDelivery', globalId: string): string | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.type === type ? decoded.id : null;
}
