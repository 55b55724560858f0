import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { Sql } from '../../entities/tables.ts';
import type { JobDefinition } from '../kit/job.ts';
import type { RunJobPayload } from './run-job.ts';

/** How runs of one kind are continued. */
export interface RunKindWork {
  /** Does the run, and goes on with it at its checkpoint; asks for confirmation by `awaitConfirmation`. */
  readonly job: JobDefinition<RunJobPayload>;
  readonly failedItems: FailedItems;
  /** Kinds of which none may be live beside it in the same scope; default: its own. */
  readonly rivals?: readonly RunKind[];
}

/** How each kind of run is continued: confirmed, resumed, its failed records taken again. Each area lists its own. */
export type RunKinds = Readonly<Partial<Record<RunKind, RunKindWork>>>;

/** The effect of `retryFailedItems` on runs of a kind. */
export type FailedItems =
  /** Makes the failed records of a locked run PENDING for its job; returns how many. */
  | {
      readonly reopen: (tx: Sql, run: { readonly id: string }) => Promise<number>;
      /** The variant of INVALID_STATE when there is none; default NOTHING_FAILED. */
      readonly none?: string;
    }
  /** Failed records cannot be retried alone: the variant of INVALID_STATE that says why. */
  | { readonly refused: string };
