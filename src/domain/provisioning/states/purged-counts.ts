import type { ItemStatus, TaskStatus } from './states.ts';

/** What a request says of its people when they are gone: counts, nobody's data. */
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
