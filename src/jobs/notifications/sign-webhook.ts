import { Webhook } from 'standardwebhooks';
import type { Secret } from '../../secret.ts';

/**
 * The headers of one attempt by the scheme of standardwebhooks.com: `webhook-id` stays the same over all attempts,
 * the time does not. During a rotation every secret signs, and the receiver needs to know one of them.
 */
export function webhookHeaders(options: {
  readonly eventId: string;
  readonly body: string;
  readonly at: Date;
  readonly secrets: readonly Secret[];
}): Record<string, string> {
  const { eventId, body, at, secrets } = options;
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret.reveal()).sign(eventId, at, body))
      .join(' '),
  };
}
