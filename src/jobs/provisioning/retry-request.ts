import type { OperationContext, OperationError } from './operation.ts';

/** Placeholder until the body lands. `systems` null: all. */
export function retryRequest(
  _context: OperationContext,
  _input: { readonly requestId: string; readonly systems: readonly string[] | null },
): Promise<{
  readonly id: string | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}> {
  throw new Error('being written');
}
