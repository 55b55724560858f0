import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

export const SystemStateSchema = defineEntity({
  name: 'SystemState',
  tableName: 'system_state',
  properties: {
    system: p.string().primary(),
    /** Rate permits left in the bucket at `refilledAt`. */
    tokens: p.double(),
    refilledAt: p.datetime(),
    /** Nothing is sent before this time: the system asked us to slow down. */
    throttledUntil: p.datetime().nullable(),
    /** Throttled answers without `Retry-After` in a row. */
    throttleStreak: p.integer(),
    circuit: p.enum(['CLOSED', 'OPEN'] as const),
    circuitReason: p.string().nullable(),
    circuitParameters: p.json<ErrorParameters>().nullable(),
    openedAt: p.datetime().nullable(),
    nextTrialAt: p.datetime().nullable(),
    trialNumber: p.integer(),
    /** Retryable or uncertain outcomes since the last proof of life. */
    failureStreak: p.integer(),
    lastSuccessAt: p.datetime().nullable(),
    lastFailureAt: p.datetime().nullable(),
    /** The turn of the job taken last; new origins join here (fairness). */
    currentTurn: p.bigint('string'),
    /** True when the accounts made so far were made in the sandbox; null before the first start. */
    sandboxed: p.boolean().nullable(),
    /** Whether its accounts can be looked up, as the worker says that started last; null: none has said. */
    canLookUp: p.boolean().nullable(),
    /** True when the worker that started last is connected to it; null before the first start. */
    configured: p.boolean().nullable(),
    /** Of `lastFailureAt`. */
    lastErrorCode: p.string().nullable(),
    lastErrorParameters: p.json<ErrorParameters>().nullable(),
    updatedAt: p.datetime(),
  },
});

/** State of one system as all replicas share it: rate bucket, throttling, circuit, and whose turn it is. */
export class SystemState extends SystemStateSchema.class {}
SystemStateSchema.setClass(SystemState);

export const FairTurnSchema = defineEntity({
  name: 'FairTurn',
  tableName: 'fair_turn',
  properties: {
    system: p.string().primary(),
    originSystem: p.string().primary(),
    priority: p.string().primary(),
    lastTurn: p.bigint('string'),
  },
});

/** The last turn given to an origin system in a system's queue. */
export class FairTurn extends FairTurnSchema.class {}
FairTurnSchema.setClass(FairTurn);
