import type { RetryPolicy } from '../../../domain/systems/retry-policy.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';

/** Inputs of settling besides the outcomes. */
export interface SettlePolicy {
  readonly retry: RetryPolicy;
  readonly random: () => number;
  /** Systems whose circuit is open after these outcomes. */
  readonly openCircuits: ReadonlySet<string>;
}

/** The retry policy in force. */
export function retryPolicyOf(settings: LiveSettings): RetryPolicy {
  return {
    retryDelaysSeconds: settings.get('account_creation_retry_delays_seconds'),
    uncertainFirstDelaySeconds: settings.get('uncertain_first_delay_seconds'),
    uncertainSecondDelaySeconds: settings.get('uncertain_second_delay_seconds'),
    visibilityRetrySeconds: settings.get('visibility_retry_seconds'),
  };
}
