import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type SubscribableEvent, subscribableEvents } from '../../domain/catalogue/all-events.ts';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import { checkWebhookUrl } from '../../domain/notifications/webhook-url.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan } from '../../domain/text/text.ts';
import { Webhook } from '../../entities/notifications/webhook.ts';
import type { Sql } from '../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../entities/transaction.ts';
import type { Secret } from '../../secret.ts';
import { type OperationContext, type OperationError, operationError } from '../kit/operation.ts';
import { type SecretKeys, SecretUnavailable } from '../secrets/secret-keys.ts';
import { nextWebhookId } from './signing-webhooks.ts';
import { newWebhookSecret, placeOf } from './webhook-secret.ts';

/** Given values change; absent ones stay, or have their default in a new webhook. */
export interface UpsertWebhookInput {
  /** Primary key; null: the webhook of this URL, new if there is none. */
  readonly id: string | null;
  readonly url: string | null;
  /** Default: all of them. */
  readonly events: readonly SubscribableEvent[] | null;
  readonly description: string | null;
  /** Default: true. */
  readonly isActive: boolean | null;
  readonly rotateSecret: boolean;
}

export interface UpsertWebhookOutcome {
  /** Primary key; null when nothing was stored, without a user error because there is no such webhook. */
  readonly id: string | null;
  /** The new secret, shown this once; null when it did not change. */
  readonly secret: Secret | null;
  /** Says that the effect differs from the caller's likely expectation; null: it does not. */
  readonly notice?: StoredError | null;
  readonly userErrors: readonly OperationError[];
}

/** Webhooks there may be; each costs a row per event. */
const WEBHOOKS_MAX = 200;
const DESCRIPTION_MAX_LENGTH = 500;
/** How long the former secret signs too after a rotation, until the receiver has the new one. */
export const ROTATION_OVERLAP_HOURS = 24;

/**
 * Adds a webhook or changes one. A changed URL also applies to undelivered messages. Refused without a master key
 * where a secret is to be made.
 */
export async function upsertWebhook(
  context: Pick<OperationContext, 'em' | 'principal' | 'secrets' | 'settings'>,
  input: UpsertWebhookInput,
): Promise<UpsertWebhookOutcome> {
  const checked =
    input.url === null ? null : checkWebhookUrl(input.url, context.settings.get('webhook_http_hosts'));
  const userErrors = [
    ...(input.id === null && input.url === null ? [operationError('REQUIRED', atField('url'))] : []),
    ...(checked !== null && 'problem' in checked ? [invalid('url', checked.problem)] : []),
    ...descriptionErrors(input.description),
  ];
  if (userErrors.length > 0) return { id: null, secret: null, userErrors };
  const url = checked !== null && 'url' in checked ? checked.url : null;
  const store = async (tx: Sql, em: EntityManager) => {
    const found = await em.findOne(Webhook, input.id === null ? { url: url ?? '' } : { id: input.id }, {
      lockMode: LockMode.PESSIMISTIC_WRITE,
    });
    if (found !== null) {
      const changed = await change({ tx, em }, found, { ...input, url, secrets: context.secrets });
      // A caller who registers a URL expects a secret.
      const expected = input.id === null && changed.id !== null && changed.secret === null;
      return expected ? { ...changed, notice: { code: 'WEBHOOK_KNOWN', parameters: {} } } : changed;
    }
    if (input.id !== null || url === null) return { id: null, secret: null, userErrors: [] };
    return add({ tx, em }, { ...input, ...context, url });
  };
  try {
    return await inTransaction(context.em, store);
  } catch (error) {
    if (!(error instanceof SecretUnavailable)) throw error;
    return refused(operationError(error.code, { path: [], parameters: error.parameters }));
  }
}

function refused(error: OperationError): UpsertWebhookOutcome {
  return { id: null, secret: null, userErrors: [error] };
}

function atField(field: string) {
  return { path: [field], parameters: { field } };
}

function invalid(field: string, variant: string): OperationError {
  return operationError('INVALID', { path: [field], parameters: { field, variant } });
}

function descriptionErrors(description: string | null): OperationError[] {
  const path = ['description'];
  if (description === null) return [];
  if (isLongerThan(description, DESCRIPTION_MAX_LENGTH)) {
    const parameters = { field: 'description', limit: DESCRIPTION_MAX_LENGTH };
    return [operationError('TOO_LONG', { path, parameters })];
  }
  const forbidden = findForbiddenCharacter(description);
  if (forbidden === null) return [];
  const character = describeCharacter(forbidden);
  return [
    operationError('INVALID', {
      path,
      parameters: { field: 'description', variant: 'CHARACTER', character },
    }),
  ];
}

interface Work {
  readonly tx: Sql;
  readonly em: EntityManager;
}

async function add(
  { tx, em }: Work,
  input: UpsertWebhookInput & {
    readonly url: string;
    readonly principal: string;
    readonly secrets: SecretKeys;
  },
): Promise<UpsertWebhookOutcome> {
  const count = (await em.count(Webhook)) + 1;
  if (count > WEBHOOKS_MAX) {
    const parameters = { variant: 'LIST', field: 'webhooks', count, limit: WEBHOOKS_MAX };
    return refused(operationError('TOO_MANY', { path: [], parameters }));
  }
  const id = await nextWebhookId(tx);
  const secret = newWebhookSecret();
  const at = await databaseTime(tx);
  em.create(Webhook, {
    id,
    url: input.url,
    events: [...new Set(input.events ?? subscribableEvents)],
    description: input.description || null,
    isActive: input.isActive ?? true,
    secret: input.secrets.seal(secret, placeOf('secret', id)),
    createdBy: input.principal,
    createdAt: at,
    updatedAt: at,
  });
  await em.flush();
  return { id, secret, userErrors: [] };
}

async function change(
  { tx, em }: Work,
  webhook: Webhook,
  input: UpsertWebhookInput & { readonly secrets: SecretKeys },
): Promise<UpsertWebhookOutcome> {
  const { id, url: before } = webhook;
  const url = input.url ?? before;
  if (url !== before) {
    if ((await em.count(Webhook, { url })) > 0) return refused(invalid('url', 'URL_TAKEN'));
    await sql`
      update notification_delivery set target = ${url}
      where webhook_id = ${id}::bigint and target = ${before} and status <> 'DELIVERED'`.execute(tx);
  }
  const at = await databaseTime(tx);
  webhook.change(input, at);
  const secret = input.rotateSecret ? rotate(webhook, input.secrets, at) : null;
  await em.flush();
  return { id, secret, userErrors: [] };
}

/**
 * Rotates the secret. Also helps when its master key was lost: a secret that cannot be read stops signing at once.
 */
function rotate(webhook: Webhook, keys: SecretKeys, at: Date): Secret {
  const { id, secret: stored = null } = webhook;
  const secret = newWebhookSecret();
  const before = stored === null ? null : readable(keys, id, stored);
  const until = new Date(at.getTime() + ROTATION_OVERLAP_HOURS * 3_600_000);
  webhook.replaceSecret(
    keys.seal(secret, placeOf('secret', id)),
    before === null ? null : { secret: keys.seal(before, placeOf('previous_secret', id)), until },
  );
  return secret;
}

function readable(keys: SecretKeys, id: string, stored: string): Secret | null {
  try {
    return keys.open(stored, placeOf('secret', id));
  } catch (error) {
    if (error instanceof SecretUnavailable) return null;
    throw error;
  }
}
