import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';

/** The error to store for a failure of one item; every other error is rethrown. */
export function itemFailure(error: unknown): StoredError {
  if (!(error instanceof UpstreamError)) throw error;
  return { code: error.code, parameters: error.parameters };
}

/** True when a call may or may not have had its effect. */
export function isUncertain(error: unknown): boolean {
  return error instanceof UpstreamError && error.failure === 'uncertain';
}

/** True when a call was refused for its content, not for its time or sender. */
export function isRefused(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && (error.failure === 'permanent' || error.failure === 'conflict');
}
