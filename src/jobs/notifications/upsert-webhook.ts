import { sql } from 'kysely';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import { type SubscribableEvent, subscribableEvents } from '../../domain/notifications/event.ts';
import { checkWebhookUrl } from '../../domain/notifications/webhook-url.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan } from '../../domain/text/text.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
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
  /** That something else was done than whoever called may think; null: nothing of the kind. */
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
  context: Pick<OperationContext, 'em' | 'principal' | 'secrets'>,
  input: UpsertWebhookInput,
): Promise<UpsertWebhookOutcome> {
  const checked = input.url === null ? null : checkWebhookUrl(input.url);
  const userErrors = [
    ...(input.id === null && input.url === null ? [operationError('REQUIRED', atField('url'))] : []),
    ...(checked !== null && 'problem' in checked ? [invalid('url', checked.problem)] : []),
    ...descriptionErrors(input.description),
  ];
  if (userErrors.length > 0) return { id: null, secret: null, userErrors };
  const url = checked !== null && 'url' in checked ? checked.url : null;
  const store = async (tx: Sql) => {
    const found = await lockWebhook(tx, { id: input.id, url });
    if (found !== null) {
      const changed = await change(tx, found, { ...input, url, secrets: context.secrets });
      // Whoever registers a URL expects a secret.
      const expected = input.id === null && changed.id !== null && changed.secret === null;
      return expected ? { ...changed, notice: { code: 'WEBHOOK_KNOWN', parameters: {} } } : changed;
    }
    if (input.id !== null || url === null) return { id: null, secret: null, userErrors: [] };
    return add(tx, { ...input, ...context, url });
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

interface WebhookRow {
  readonly id: string;
  readonly url: string;
  /** Null: not made yet. */
  readonly secret: string | null;
}

async function lockWebhook(
  tx: Sql,
  { id, url }: { readonly id: string | null; readonly url: string | null },
): Promise<WebhookRow | null> {
  const { rows } = await sql<WebhookRow>`
    select id, url, secret from webhook
    where case when ${id}::bigint is null then url = ${url} else id = ${id}::bigint end for update`.execute(
    tx,
  );
  return rows[0] ?? null;
}

async function add(
  tx: Sql,
  input: UpsertWebhookInput & {
    readonly url: string;
    readonly principal: string;
    readonly secrets: SecretKeys;
  },
): Promise<UpsertWebhookOutcome> {
  const { rows: counted } = await sql<{ count: number }>`select count(*)::int as count from webhook`.execute(
    tx,
  );
  const count = (counted[0]?.count ?? 0) + 1;
  if (count > WEBHOOKS_MAX) {
    const parameters = { variant: 'LIST', field: 'webhooks', count, limit: WEBHOOKS_MAX };
    return refused(operationError('TOO_MANY', { path: [], parameters }));
  }
  const id = await nextWebhookId(tx);
  const secret = newWebhookSecret();
  await sql`
    insert into webhook (id, url, events, description, is_active, secret, created_by)
    values (${id}::bigint, ${input.url}, ${[...new Set(input.events ?? subscribableEvents)]}::text[],
      ${input.description || null}, ${input.isActive ?? true},
      ${input.secrets.seal(secret, placeOf('secret', id))}, ${input.principal})`.execute(tx);
  return { id, secret, userErrors: [] };
}

async function change(
  tx: Sql,
  found: WebhookRow,
  input: UpsertWebhookInput & { readonly secrets: SecretKeys },
): Promise<UpsertWebhookOutcome> {
  const { id } = found;
  const url = input.url ?? found.url;
  if (url !== found.url) {
    const taken = await sql`select 1 from webhook where url = ${url}`.execute(tx);
    if (taken.rows.length > 0) return refused(invalid('url', 'URL_TAKEN'));
    await sql`
      update notification_delivery set target = ${url}
      where webhook_id = ${id}::bigint and target = ${found.url} and status <> 'DELIVERED'`.execute(tx);
  }
  const events = input.events === null ? null : [...new Set(input.events)];
  await sql`
    update webhook set url = ${url}, events = coalesce(${events}::text[], events),
      description = case when ${input.description}::text is null then description
        else nullif(${input.description}, '') end,
      is_active = coalesce(${input.isActive}::boolean, is_active), updated_at = clock_timestamp()
    where id = ${id}::bigint`.execute(tx);
  const secret = input.rotateSecret ? await rotate(tx, found, input.secrets) : null;
  return { id, secret, userErrors: [] };
}

/**
 * Rotates the secret. Also helps when its master key was lost: a secret that cannot be read stops signing at once.
 */
async function rotate(tx: Sql, { id, secret: stored }: WebhookRow, keys: SecretKeys): Promise<Secret> {
  const secret = newWebhookSecret();
  const before = stored === null ? null : readable(keys, id, stored);
  await sql`
    update webhook set secret = ${keys.seal(secret, placeOf('secret', id))},
      previous_secret = ${before === null ? null : keys.seal(before, placeOf('previous_secret', id))},
      previous_secret_until = case when ${before !== null}::boolean
        then now() + ${ROTATION_OVERLAP_HOURS}::int * interval '1 hour' end
    where id = ${id}::bigint`.execute(tx);
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
