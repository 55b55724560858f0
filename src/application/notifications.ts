import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { Locale } from '../domain/errors/error-entry.ts';
import { inTransaction } from '../entities/transaction.ts';
import type { MailSender } from '../integrations/notifications/senders.ts';
import { createWebhookSender } from '../integrations/notifications/webhook-sender.ts';
import type { ChangeFeed } from '../jobs/kit/change-feed.ts';
import { HandlerLane, implementJob, type JobImplementation } from '../jobs/kit/handler-lane.ts';
import { enqueue } from '../jobs/kit/job.ts';
import type { LiveSettings } from '../jobs/kit/live-settings.ts';
import { deliver } from '../jobs/notifications/deliver.ts';
import { FailingTargets } from '../jobs/notifications/failing-targets.ts';
import { deliverJob, relayJob } from '../jobs/notifications/notification-jobs.ts';
import { relay } from '../jobs/notifications/relay.ts';
import type { SecretKeys } from '../jobs/secrets/secret-keys.ts';
import type { Logger } from '../logger.ts';
import type { Secret } from '../secret.ts';

/** How mail is sent: the server, and the language of the texts. */
export interface MailOptions {
  /** Null: no mail. */
  readonly smtpUrl: Secret | null;
  readonly locale: Locale;
}

/** The means by which a worker notifies others. */
export interface Notifications {
  /** Makes no external call. */
  readonly relay: JobImplementation;
  /** Deliveries have slots of their own: a receiver that hangs holds up no other work. */
  readonly lane: HandlerLane;
  close(): void;
}

/** Receivers take up to ten seconds each. */
const DELIVERY_SLOTS = 8;

/** Puts senders, relay and deliveries together, and starts the relay whenever an event is committed. */
export async function createNotifications(options: {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly feed: ChangeFeed;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly mail: MailOptions;
  readonly displayTimeZone: string;
  readonly logger: Logger;
}): Promise<Notifications> {
  const { em, boss, feed, settings, secrets, logger } = options;
  const mail = options.mail.smtpUrl === null ? null : await openMail(options.mail.smtpUrl);
  const recipients = settings.get('operator_emails').length;
  if (mail === null && recipients > 0)
    logger.warn({ recipients }, 'SMTP_URL is not set: operator_emails has recipients, and no mail is sent');
  const webhooks = createWebhookSender();
  const { locale } = options.mail;
  const context = { ...options, webhooks, mail, locale, failing: new FailingTargets() };

  let asked = false;
  const relayNow = () => {
    // Events come in bursts; one job that is queued after the last of them sees all.
    if (asked) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      inTransaction(em, (tx) => enqueue({ tx, boss }, relayJob, [{ payload: {} }])).catch((error: unknown) =>
        logger.warn({ error }, 'the relay of events could not be started; its schedule starts it later'),
      );
    });
  };
  const unsubscribe = feed.subscribe({
    onChange: (change) => {
      if ('event' in change) relayNow();
    },
    onReconnect: relayNow,
  });
  // Catches up on what happened while no process listened.
  relayNow();
  return {
    relay: implementJob(relayJob, () => relay({ em, boss, settings, secrets, mail: mail !== null })),
    lane: new HandlerLane([implementJob(deliverJob, (payload) => deliver(payload, context))], {
      name: 'notifications',
      em,
      boss,
      logger,
      slots: DELIVERY_SLOTS,
    }),
    close() {
      unsubscribe();
      mail?.close();
    },
  };
}

/** Loaded on demand: an installation that sends no mail does not load the library. */
async function openMail(smtpUrl: Secret): Promise<MailSender> {
  const { createMailSender } = await import('../integrations/notifications/mail-sender.ts');
  return createMailSender(smtpUrl);
}
