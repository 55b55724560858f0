import { unknownId } from '../../context/errors.ts';
import { canBeStored } from '../../reading/text-filter.ts';

/** Long enough for a ticket and a sentence. */
export const REASON_MAX = 500;

/** What is wrong with whose data is asked for, and why; null when nothing is. */
export function findReasonProblem(input: { readonly employeeNumber: string; readonly reason: string }) {
  const { employeeNumber, reason } = input;
  if (!canBeStored(employeeNumber)) return unknownId('person', employeeNumber, 'employeeNumber');
  if (reason.trim() === '' || !canBeStored(reason))
    return { code: 'REQUIRED', parameters: { field: 'reason' }, path: ['reason'] };
  if (reason.length > REASON_MAX)
    return { code: 'TOO_LONG', parameters: { field: 'reason', limit: REASON_MAX }, path: ['reason'] };
  return null;
}
