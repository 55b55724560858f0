import type { CreateAccountsInput } from '../../domain/provisioning/normalise-create-accounts.ts';
import type { Priority } from '../../domain/provisioning/states.ts';
import type { OperationContext, OperationError } from './operation.ts';

export interface CreateAccountsOutcome {
  /** Primary key of the stored or found request; null when nothing was stored. */
  readonly id: string | null;
  readonly replayed: boolean;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
  readonly userErrorCount: number;
  readonly existingRequestId: string | null;
}

/** Placeholder until the body lands. */
export function createAccounts(
  _context: OperationContext,
  _input: CreateAccountsInput & { readonly priority: Priority },
): Promise<CreateAccountsOutcome> {
  throw new Error('being written');
}
