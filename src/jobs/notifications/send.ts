import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { allErrors } from '../../domain/catalogue/all-errors.ts';
import { type EventData, parseEvent } from '../../domain/catalogue/all-events.ts';
import type { ErrorParameters, Locale, StoredError } from '../../domain/errors/error-entry.ts';
import { mergeParameters } from '../../domain/errors/merge-parameters.ts';
import { renderError } from '../../domain/errors/render-error.ts';
import { inForm } from '../../domain/explanations/advice.ts';
import type { DeliveryChannel } from '../../domain/notifications/delivery-states.ts';
import { mailText } from '../../domain/notifications/mail-text.ts';
import { checkWebhookUrl } from '../../domain/notifications/webhook-url.ts';
import { outsideTransaction } from '../../entities/transaction.ts';
import type { DeliveryFailed, MailSender, WebhookSender } from '../../integrations/notifications/senders.ts';
import type { Secret } from '../../secret.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { webhookHeaders } from './sign-webhook.ts';

/** Tasks of a digest whose parameters are read; a sentence names three at most. */
const CAUSES_READ = 4;
/** Dependencies of an attempt. */
export interface SendContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly webhooks: WebhookSender;
  /** Null without SMTP_URL. */
  readonly mail: MailSender | null;
  /** Of mail. */
  readonly locale: Locale;
  readonly displayTimeZone: string;
  /** Null where nothing is to be sent. */
  readonly signers: readonly Secret[] | null;
}

/** A delivery whose attempt was begun. */
export interface DeliveryRow {
  readonly id: string;
  readonly channel: DeliveryChannel;
  readonly webhook_id: string | null;
  readonly target: string;
  readonly attempts: number;
  readonly attempts_before: number;
  readonly event_id: string;
  readonly type: string;
  readonly data: unknown;
  /** ISO 8601, UTC. */
  readonly occurred_at: string;
}

/** How one attempt ended. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number | null }
  | { readonly kind: 'skipped'; readonly error: StoredError }
  | { readonly kind: 'failed'; readonly failure: DeliveryFailed };

/** Signs an event and posts it; skipped without a receiver, and without encryption where no Setting permits that. */
export async function sendWebhook(
  delivery: DeliveryRow,
  { settings, signers, webhooks }: SendContext,
): Promise<Outcome> {
  if (signers === null) return skipped('WEBHOOK_INACTIVE');
  const checked = checkWebhookUrl(delivery.target, settings.get('webhook_http_hosts'));
  // It was permitted when it was registered; the Setting has changed since.
  if ('problem' in checked && checked.problem === 'URL_SCHEME')
    return skipped('WEBHOOK_UNENCRYPTED', { host: new URL(delivery.target).host });
  const { event_id: eventId, type, data, occurred_at: occurredAt } = delivery;
  const body = JSON.stringify({ id: eventId, type, occurredAt, data });
  const headers = webhookHeaders({ eventId, body, at: new Date(), secrets: signers });
  const { status } = await webhooks.send({ url: delivery.target, headers, body });
  return { kind: 'delivered', status };
}

/** Writes the mail about an event and sends it; skipped where mail is off. */
export async function sendMail(delivery: DeliveryRow, context: SendContext): Promise<Outcome> {
  const { mail, settings, locale, displayTimeZone: timeZone } = context;
  if (mail === null) return skipped('MAIL_OFF');
  const event = parseEvent(delivery);
  const more = event?.type === 'task.failed' ? { cause: await causeOf(event.data, context) } : {};
  const text = event === null ? null : mailText(event, { locale, timeZone }, more);
  if (text === null) throw new Error(`There is no mail about ${delivery.type}.`);
  await mail.send({
    ...text,
    from: settings.get('notification_email_from') || null,
    to: delivery.target,
    messageId: `<${delivery.event_id}.${delivery.id}@accountsync>`,
  });
  return { kind: 'delivered', status: null };
}

function skipped(code: string, parameters: ErrorParameters = {}): Outcome {
  return { kind: 'skipped', error: { code, parameters } };
}

/** Why the tasks of a digest failed, in words: of the first of them as they stand now. */
async function causeOf(
  { system, code, count, taskIds }: EventData<'task.failed'>,
  { em, locale }: SendContext,
): Promise<string> {
  const { rows } = await sql<{ parameters: ErrorParameters }>`
    select jsonb_build_object('employeeNumber', p.employee_number, 'system', t.system)
      || coalesce(t.error_parameters, '{}') as parameters
    from account_task t join person p on p.id = t.person_id
    where t.task_id = any(${taskIds.slice(0, CAUSES_READ)}::text[]) and t.error_code = ${code}
    order by t.id`.execute(outsideTransaction(em.fork()));
  const samples = rows.map((row) => row.parameters);
  const parameters = { system, ...mergeParameters(samples, count) };
  const text = renderError(allErrors, { code, parameters }, locale);
  return inForm(text, { form: 'COMMAND', locale, facts: { system, errorCode: code } });
}
