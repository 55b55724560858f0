import { Webhook } from 'standardwebhooks';
import type { Secret } from '../../secret.ts';

/**
 * The headers of one attempt, as standardwebhooks.com specifies: `webhook-id` is the same in all attempts, the time
 * is not. During a rotation both secrets sign, and the receiver needs to know one of them.
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
