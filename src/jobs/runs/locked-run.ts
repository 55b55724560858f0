import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { SyncRun } from '../../entities/runs/sync-run.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { RunKinds } from './run-kind.ts';

/** Dependencies of an operation on a run. */
export interface RunOperationContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  /** The signed-in principal. */
  readonly principal: string;
  /** How runs of each kind go on. */
  readonly kinds: RunKinds;
}

export interface RunOutcome {
  /** Primary key; null when there is none. */
  readonly id: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly parameters: ErrorParameters;
    readonly path: readonly string[];
  }[];
}

/** Why an operation is refused: parameters of its INVALID_STATE, a `variant` among them. */
export type Refusal = ErrorParameters;

/** Thrown to roll back an operation that is refused halfway. */
class Refused extends Error {
  readonly outcome: RunOutcome;

  constructor(outcome: RunOutcome) {
    super('refused');
    this.outcome = outcome;
  }
}

/** Context of an operation on a run: the transaction, its entities, and the database's clock. */
export interface RunWork {
  readonly tx: Sql;
  readonly em: EntityManager;
  readonly at: Date;
}

/**
 * Locks a run and works on it in one transaction; NOT_FOUND when there is none, INVALID_STATE when `work` refuses.
 * Changes that `work` makes to the run are stored when it flushes, or at the end.
 */
export async function withRun(
  em: EntityManager,
  runId: string,
  work: (run: SyncRun, work: RunWork) => Promise<Refusal | null>,
): Promise<RunOutcome> {
  try {
    return await inTransaction(em, async (tx, own) => {
      const locked = await lockRun(tx, own, runId);
      if (locked === null) return refused(null, { code: 'NOT_FOUND', runId, parameters: {} });
      const { run, at } = locked;
      const { status } = run;
      const refusal = await work(run, { tx, em: own, at });
      if (refusal === null) return { id: run.id, userErrors: [] };
      const parameters = { status, ...refusal };
      throw new Refused(refused(run.id, { code: 'INVALID_STATE', runId, parameters }));
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/** Locks a run, and lets others store rows that refer to it meanwhile; with the time by the database's clock. */
export async function lockRun(
  tx: Sql,
  em: EntityManager,
  runId: string,
): Promise<{ readonly run: SyncRun; readonly at: Date } | null> {
  const { rows } = await sql<{ id: string; at: string }>`
    select id, clock_timestamp() as at from sync_run where run_id = ${runId} for no key update`.execute(tx);
  const [row] = rows;
  return row === undefined ? null : { run: await em.findOneOrFail(SyncRun, row.id), at: new Date(row.at) };
}

function refused(
  id: string | null,
  error: { readonly code: string; readonly runId: string; readonly parameters: ErrorParameters },
): RunOutcome {
  const { code, runId } = error;
  const parameters = { kind: 'run', id: runId, ...error.parameters };
  return { id, userErrors: [{ code, parameters, path: ['runId'] }] };
}
