import type { SystemHealth } from './connector.ts';
import { UpstreamError } from './errors.ts';

/**
 * Turns a harmless call into a statement about its system: any answer means reachable, a refusal of token or
 * rights means that our credentials are not accepted. Rethrows what is no `UpstreamError` (the caller's abort).
 */
export async function healthOf(probe: () => Promise<unknown>): Promise<SystemHealth> {
  try {
    await probe();
    return { reachable: true, credentialsAccepted: true, error: null, detail: null };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const told = {
      error: { code: error.code, parameters: { system: error.system, ...error.parameters } },
      detail: error.message,
    };
    switch (error.failure) {
      case 'credentials':
        return { reachable: true, credentialsAccepted: false, ...told };
      case 'retryable':
      case 'uncertain':
        return { reachable: false, credentialsAccepted: false, ...told };
      case 'throttled':
      case 'not-visible':
      case 'permanent':
      case 'conflict':
        return { reachable: true, credentialsAccepted: true, ...told };
    }
  }
}
