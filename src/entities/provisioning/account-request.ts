import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { Notify } from '../../domain/notifications/notify-input.ts';
import type { PurgedCounts } from '../../domain/provisioning/states/purged-counts.ts';
import { isFinalRequest, priorities, requestStatuses } from '../../domain/provisioning/states/states.ts';

/** A row refused at intake under ACCEPT_VALID: kept so that a replay can answer with the same errors. */
export interface RejectedRow {
  readonly position: number;
  readonly codes: readonly string[];
}

export const AccountRequestSchema = defineEntity({
  name: 'AccountRequest',
  tableName: 'account_request',
  properties: {
    id: p.bigint('string').primary(),
    requestId: p.string(),
    originSystem: p.string(),
    businessKey: p.string(),
    accountType: p.string(),
    employeeType: p.string(),
    systemList: p.array(),
    priority: p.enum(priorities),
    idempotencyKey: p.string().nullable(),
    derivedKey: p.string(),
    inputFingerprint: p.string(),
    /** Set when the request became CANCELLED: from then on the same key makes a new request. */
    keyReleasedAt: p.datetime().nullable(),
    status: p.enum(requestStatuses),
    round: p.integer(),
    totalUsers: p.integer(),
    rejectedRows: p.json<RejectedRow[]>(),
    /** The user errors of the accepted call, for replays. */
    userErrors: p.json<unknown[]>(),
    userErrorCount: p.integer(),
    createdBy: p.string(),
    cancelledAt: p.datetime().nullable(),
    /** Set while a retry of many people goes on: it concerns what had ended before, in these systems (null: all). */
    retryingSince: p.datetime().nullable(),
    retryingSystems: p.array().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    completedAt: p.datetime().nullable(),
    /** Whom to tell when it is finished. */
    notify: p.json<Notify>().nullable(),
    /** Of the span that stored it; null: it was not traced. */
    traceparent: p.string().nullable(),
    /** When its people were removed; what they were counted as then. */
    purgedAt: p.datetime().nullable(),
    purgedCounts: p.json<PurgedCounts>().nullable(),
  },
});

/**
 * One `createAccounts` call. Its status is derived from its items (domain/provisioning/request-state.ts). Its methods
 * are the operations that a person has on it; each refusal is parameters of INVALID_STATE.
 */
export class AccountRequest extends AccountRequestSchema.class {
  /** Marks it as cancelled, after which nothing more is planned. Cancelled again, it stays as it is. */
  cancel(at: Date): ErrorParameters | null {
    if (this.status === 'CANCELLED') return null;
    if (isFinalRequest(this.status)) return invalidState(this, null);
    if (this.cancelledAt != null) return null;
    this.cancelledAt = at;
    this.retryingSince = null;
    this.retryingSystems = null;
    this.updatedAt = at;
    return null;
  }

  /** Why nothing of it can be retried; null when something can. */
  refuseRetry(): ErrorParameters | null {
    if (this.status === 'COMPLETED') return invalidState(this, null);
    return this.purgedAt == null ? null : invalidState(this, 'PURGED');
  }

  /** Lets what had ended in these systems (null: all) be retried in parts, together with what is being retried already. */
  beginRetry(at: Date, systems: readonly string[] | null): void {
    const others = this.retryingSince == null ? [] : (this.retryingSystems ?? null);
    this.retryingSystems = systems && others && [...new Set([...systems, ...others])];
    this.retryingSince = at;
    this.uncancel();
  }

  /** A part of it is wanted after all. */
  uncancel(): void {
    this.cancelledAt = null;
  }
}
AccountRequestSchema.setClass(AccountRequest);

function invalidState({ requestId, status }: AccountRequest, variant: string | null): ErrorParameters {
  return { kind: 'request', id: requestId, status, variant };
}
