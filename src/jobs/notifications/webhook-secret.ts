import { randomBytes } from 'node:crypto';
import { Secret } from '../../secret.ts';

/** Where a stored secret stands. Encryption binds it to its place, so that it cannot be moved to another row. */
export interface SecretPlace {
  readonly column: 'secret' | 'previous_secret';
  /** Primary key in the table `webhook`. */
  readonly row: string;
}

/** 256 bits, as the scheme recommends between 24 and 64 bytes. */
const SECRET_BYTES = 32;

/** A new signing secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): Secret {
  return new Secret(`whsec_${randomBytes(SECRET_BYTES).toString('base64')}`);
}

/**
 * What is written to the column. Together with `openWebhookSecret` the only code that knows how secrets of webhooks are
 * stored: today as they are.
 */
export function sealWebhookSecret(secret: Secret, _place: SecretPlace): string {
  return secret.reveal();
}

/** The secret that `sealWebhookSecret` stored at this place. */
export function openWebhookSecret(stored: string, _place: SecretPlace): Secret {
  return new Secret(stored);
}
