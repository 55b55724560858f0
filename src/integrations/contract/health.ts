import { asCheckError } from '../../domain/errors/ended-errors.ts';
import { UpstreamError } from './errors.ts';
import type { SystemHealth } from './upstream.ts';

/**
 * Turns a harmless call into a statement about its system: any answer means reachable, a refusal of token or
 * rights means that our credentials are not accepted; a system that fails says nothing of them. Rethrows what is no
 * `UpstreamError` (the caller's abort).
 */
export async function healthOf(probe: () => Promise<unknown>): Promise<SystemHealth> {
  try {
    await probe();
    return { reachable: true, credentialsAccepted: true, error: null, detail: null };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const parameters = { system: error.system, ...error.parameters };
    const told = { error: asCheckError({ code: error.code, parameters }), detail: error.message };
    switch (error.failure) {
      case 'credentials':
        return { reachable: true, credentialsAccepted: false, ...told };
      case 'retryable':
      case 'uncertain':
        return { reachable: answered(error.code), credentialsAccepted: null, ...told };
      case 'throttled':
        return { reachable: true, credentialsAccepted: null, ...told };
      case 'not-visible':
      case 'permanent':
      case 'conflict':
        return { reachable: true, credentialsAccepted: true, ...told };
    }
  }
}

/** It failed, but it spoke. */
function answered(code: string): boolean {
  return (
    code === 'UPSTREAM_SERVER_ERROR' || code === 'UPSTREAM_GARBAGE' || code === 'UPSTREAM_ANSWER_TOO_LARGE'
  );
}
