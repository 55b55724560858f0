import type { UpstreamErrorCode } from '../../domain/systems/upstream-errors.ts';
import type { AccountIntent } from './connector.ts';
import { UpstreamError } from './errors.ts';

/**
 * The error of an intent that a system cannot take, found before anything is sent: permanent, and this task's only.
 */
export function preconditionError(
  intent: AccountIntent,
  failed: { readonly system: string; readonly code: UpstreamErrorCode; readonly reason: string },
): UpstreamError {
  const { system, code, reason } = failed;
  return new UpstreamError(`${system} create for ${intent.employeeNumber}: ${reason}`, {
    system,
    failure: 'permanent',
    code,
    parameters: { system, employeeNumber: intent.employeeNumber },
  });
}
