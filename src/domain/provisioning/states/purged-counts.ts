import type { ItemStatus, TaskStatus } from './states.ts';

/** Counts that a request keeps when its people are purged. */
export interface PurgedCounts {
  readonly items: readonly {
    readonly status: ItemStatus;
    readonly count: number;
    readonly settled: number;
  }[];
  readonly tasks: readonly { readonly system: string; readonly status: TaskStatus; readonly count: number }[];
  /** Most frequent first. */
  readonly errors: readonly {
    readonly system: string | null;
    readonly code: string;
    readonly count: number;
  }[];
}
