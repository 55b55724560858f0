import { sql } from 'kysely';
import { z } from 'zod';
import { derivedKeyOf, fingerprintOf } from '../../../domain/provisioning/intake/idempotency.ts';
import type { CreateAccountsInput } from '../../../domain/provisioning/intake/normalise-create-accounts.ts';
import {
  type ValidatedCreateAccounts,
  validateCreateAccounts,
} from '../../../domain/provisioning/intake/validate-create-accounts.ts';
import { isFinalRequest, type Priority } from '../../../domain/provisioning/states/states.ts';
import { newPublicId } from '../../../domain/public-id.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { currentTraceparent } from '../../../trace.ts';
import type { OperationContext, OperationError } from '../../kit/operation.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import { type AccountsPreview, previewAccounts } from './preview-accounts.ts';
import { retryRequest } from './retry-request.ts';
import { beginRequestAgain, isCopied, storedNotify, storeRequestItems } from './store-request-items.ts';

export interface CreateAccountsOutcome {
  /** Primary key of the stored or found request; null when nothing was stored. */
  readonly id: string | null;
  readonly replayed: boolean;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
  readonly userErrorCount: number;
  readonly existingRequestId: string | null;
  /** Of a dry run. */
  readonly preview: AccountsPreview | null;
}

/**
 * Accepts a batch (provisioning.md §3): normalises, validates and stores it in one transaction with its items, its
 * intake job and the wake-up. The unique index of the idempotency key finds a repeated call: identical calls at the
 * same moment store one request, which all of them get. A dry run stores nothing and says what would happen.
 */
export async function createAccounts(
  context: OperationContext,
  input: CreateAccountsInput & { readonly priority: Priority; readonly mode?: RunMode },
): Promise<CreateAccountsOutcome> {
  const validated = validateCreateAccounts(input, {
    knownSystems: context.systems,
    enabledSystems: context.settings.enabledSystems,
    webhooks: {
      allowlist: context.settings.get('notify_webhook_allowlist'),
      httpHosts: context.settings.get('webhook_http_hosts'),
    },
    nameRules: nameRulesOf(context.settings),
  });
  let fingerprint: string | undefined;
  const call: Call = {
    context,
    validated,
    priority: input.priority,
    derivedKey: derivedKeyOf(validated.header),
    fingerprint: () => (fingerprint ??= fingerprintOf(validated)),
  };
  if (input.mode === 'DRY_RUN') return await preview(call);
  if (!validated.storable) {
    // A malformed key matches nothing and must not reach Postgres. The look-up comes before the checks, so that a
    // call that was accepted once is found even if a system was switched off since.
    const earlier = validated.keyUsable ? await findByKey(outsideTransaction(context.em.fork()), call) : null;
    return earlier === null ? refused(validated) : answerReplay(call, earlier);
  }
  const id = await inTransaction(context.em, (tx) => store(tx, call));
  if (id !== null) return { ...refused(validated), id };
  const winner = await findByKey(outsideTransaction(context.em.fork()), call);
  if (winner === null) return createAccounts(context, input);
  return answerReplay(call, winner);
}

interface Call {
  readonly context: OperationContext;
  readonly validated: ValidatedCreateAccounts;
  readonly priority: Priority;
  readonly derivedKey: string;
  /** Computed when it is first needed: with ten thousand people it takes time. */
  readonly fingerprint: () => string;
}

interface ExistingRequest {
  readonly id: string;
  readonly request_id: string;
  readonly status: string;
  readonly input_fingerprint: string;
  readonly user_errors: readonly unknown[];
  readonly user_error_count: number;
  readonly purged_at: string | null;
}

/** The user errors of an accepted call, as they are stored with its request. */
export const storedErrors = z.array(
  z.object({
    code: z.string(),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()])),
    path: z.array(z.string()),
    employeeNumber: z.string().nullable(),
  }),
);

function refused(validated: ValidatedCreateAccounts): CreateAccountsOutcome {
  return {
    id: null,
    replayed: false,
    requeuedTasks: 0,
    userErrors: validated.userErrors,
    userErrorCount: validated.userErrorCount,
    existingRequestId: null,
    preview: null,
  };
}

/** The call's would-be effect, or the request of an earlier call that would answer it. */
async function preview(call: Call): Promise<CreateAccountsOutcome> {
  const { context, validated } = call;
  const db = outsideTransaction(context.em.fork());
  const existing = validated.keyUsable ? await findByKey(db, call) : null;
  const reused = existing !== null && existing.input_fingerprint !== call.fingerprint();
  const reuse = reused ? keyReused(call, existing).userErrors : [];
  return {
    ...refused(validated),
    userErrors: [...reuse, ...validated.userErrors],
    userErrorCount: reuse.length + validated.userErrorCount,
    replayed: existing !== null && !reused,
    existingRequestId: existing?.request_id ?? null,
    preview: validated.headerValid
      ? await previewAccounts(db, context, validated)
      : { warnings: [], rows: [] },
  };
}

function keyReused(call: Call, existing: ExistingRequest): CreateAccountsOutcome {
  const path = call.validated.header.idempotencyKey === null ? ['businessKey'] : ['idempotencyKey'];
  const parameters = { existingRequestId: existing.request_id };
  const error = { code: 'IDEMPOTENCY_KEY_REUSED', parameters, path, employeeNumber: null };
  return {
    ...refused(call.validated),
    userErrors: [error],
    userErrorCount: 1,
    existingRequestId: existing.request_id,
  };
}

async function findByKey(tx: Sql, call: Call): Promise<ExistingRequest | null> {
  const explicit = call.validated.header.idempotencyKey;
  const row = await tx
    .selectFrom('account_request')
    .select([
      'id',
      'request_id',
      'status',
      'input_fingerprint',
      'user_errors',
      'user_error_count',
      'purged_at',
    ])
    .where('created_by', '=', call.context.principal)
    .where('key_released_at', 'is', null)
    .$if(explicit !== null, (query) => query.where('idempotency_key', '=', explicit))
    .$if(explicit === null, (query) =>
      query.where('idempotency_key', 'is', null).where('derived_key', '=', call.derivedKey),
    )
    .executeTakeFirst();
  return row ?? null;
}

/** Answers with the request of an earlier call; a failed one is retried, as `retryRequest` does. */
async function answerReplay(call: Call, existing: ExistingRequest): Promise<CreateAccountsOutcome> {
  if (existing.input_fingerprint !== call.fingerprint()) return keyReused(call, existing);
  const retries =
    isFinalRequest(existing.status) && existing.status !== 'COMPLETED' && existing.status !== 'CANCELLED';
  if (retries && existing.purged_at !== null) return beginAgain(call, existing);
  const retried = retries
    ? await retryRequest(call.context, { requestId: existing.request_id, systems: null })
    : { requeuedTasks: 0 };
  return {
    id: existing.id,
    replayed: true,
    requeuedTasks: retried.requeuedTasks,
    userErrors: storedErrors.parse(existing.user_errors),
    userErrorCount: existing.user_error_count,
    existingRequestId: null,
    preview: null,
  };
}

/** Begins a purged request anew with the people of this call. A call that today's rules refuse changes nothing. */
async function beginAgain(call: Call, existing: ExistingRequest): Promise<CreateAccountsOutcome> {
  const { context, validated } = call;
  const { id, request_id: requestId } = existing;
  if (validated.storable) {
    await inTransaction(context.em, (tx) =>
      beginRequestAgain({ tx, boss: context.boss }, { id, requestId }, validated),
    );
  }
  return { ...refused(validated), id, replayed: true };
}

/** Stores the request; null when an identical call has just done so. */
async function store(tx: Sql, call: Call): Promise<string | null> {
  const { context, validated } = call;
  const { header } = validated;
  // The fingerprint is computed while Postgres stores the rows, where it costs no time.
  const late = isCopied(validated);
  const { rows } = await sql<{ id: string }>`
    insert into account_request (request_id, origin_system, business_key, account_type, employee_type, system_list,
      priority, idempotency_key, derived_key, input_fingerprint, total_users, rejected_rows, user_errors,
      user_error_count, created_by, notify, traceparent)
    values (${newPublicId('req', new Date(), context.displayTimeZone)}, ${header.originSystem}, ${header.businessKey},
      ${header.accountType}, ${header.employeeType}, ${[...header.systemList]}::text[], ${call.priority},
      ${header.idempotencyKey}, ${call.derivedKey}, ${late ? '' : call.fingerprint()}, ${validated.accepted.length}::int,
      ${JSON.stringify(validated.rejected)}::jsonb, ${JSON.stringify(validated.userErrors)}::jsonb,
      ${validated.userErrorCount}::int, ${context.principal}, ${storedNotify(header.notify)}::jsonb,
      ${currentTraceparent()})
    on conflict do nothing returning id`.execute(tx);
  const [inserted] = rows;
  if (inserted === undefined) return null;
  const { id } = inserted;
  await storeRequestItems(
    { tx, boss: context.boss },
    id,
    validated,
    () => sql`
    update account_request set input_fingerprint = ${call.fingerprint()} where id = ${id}::bigint`,
  );
  return id;
}
