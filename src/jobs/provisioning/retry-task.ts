import type { OperationContext, OperationError } from './operation.ts';

/** Placeholder until the body lands. `id`: primary key of the task that is open now, null when not found. */
export function retryTask(
  _context: OperationContext,
  _input: { readonly taskId: string },
): Promise<{ readonly id: string | null; readonly userErrors: readonly OperationError[] }> {
  throw new Error('being written');
}
