import type { OperationContext, OperationError } from './operation.ts';

/** Placeholder until the body lands. `id`: primary key of the request, null when not found. */
export function cancelRequest(
  _context: OperationContext,
  _input: { readonly requestId: string },
): Promise<{ readonly id: string | null; readonly userErrors: readonly OperationError[] }> {
  throw new Error('being written');
}
