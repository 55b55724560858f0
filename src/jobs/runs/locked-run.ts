import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { RunKind, RunMode, RunStatus } from '../../domain/runs/run-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { RunKinds } from './run-kind.ts';

/** What an operation on a run works with. */
export interface RunOperationContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  /** The signed-in principal. */
  readonly principal: string;
  /** How runs of each kind go on. */
  readonly kinds: RunKinds;
}

/** A run, locked by an operation on it. */
export interface LockedRun {
  readonly id: string;
  readonly runId: string;
  readonly kind: RunKind;
  readonly scope: string;
  readonly mode: RunMode;
  readonly status: RunStatus;
  readonly rejectedBy: string | null;
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

/** Locks a run and works on it in one transaction; NOT_FOUND when there is none, INVALID_STATE when `work` refuses. */
export async function withRun(
  em: EntityManager,
  runId: string,
  work: (tx: Sql, run: LockedRun) => Promise<Refusal | null>,
): Promise<RunOutcome> {
  try {
    return await inTransaction(em, async (tx) => {
      const run = await lock(tx, runId);
      if (run === null) return refused(null, { code: 'NOT_FOUND', runId, parameters: {} });
      const refusal = await work(tx, run);
      if (refusal === null) return { id: run.id, userErrors: [] };
      const parameters = { status: run.status, ...refusal };
      throw new Refused(refused(run.id, { code: 'INVALID_STATE', runId, parameters }));
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

async function lock(tx: Sql, runId: string): Promise<LockedRun | null> {
  const { rows } = await sql<LockedRun>`
    select id, run_id as "runId", kind, scope, mode, status, rejected_by as "rejectedBy"
    from sync_run where run_id = ${runId} for no key update`.execute(tx);
  return rows[0] ?? null;
}

function refused(
  id: string | null,
  error: { readonly code: string; readonly runId: string; readonly parameters: ErrorParameters },
): RunOutcome {
  const { code, runId } = error;
  const parameters = { kind: 'run', id: runId, ...error.parameters };
  return { id, userErrors: [{ code, parameters, path: ['runId'] }] };
}
