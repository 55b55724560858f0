import { type AttemptEnd, livenessOf } from '../../../domain/provisioning/states/settle-attempt.ts';
import type { AccountHolder, Connector, RemoteAccount } from '../../../integrations/contract/connector.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';
import type { Logger } from '../../../logger.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import { endOfError } from '../calls/call-end.ts';

/** Answer of a system about an account. */
export type LookUp =
  | { readonly kind: 'found'; readonly account: RemoteAccount }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'failed';
      readonly end: Extract<AttemptEnd, { kind: 'failed' }>;
      readonly retryAfterMs: number | null;
    };

/** True when asking again later may bring an answer, and asking about another account now would not. */
export function isPassing(lookUp: LookUp): lookUp is Extract<LookUp, { kind: 'failed' }> {
  if (lookUp.kind !== 'failed') return false;
  switch (lookUp.end.failure) {
    case 'retryable':
    case 'throttled':
    case 'credentials':
    case 'uncertain':
    case 'not-visible':
      return true;
    case 'refused':
    case 'permanent':
    case 'conflict':
    case 'bug':
      return false;
  }
}

/** Asks a system for one account. Never throws. */
export async function lookUpAccount(
  holder: AccountHolder,
  options: {
    readonly connector: Connector & Required<Pick<Connector, 'findAccount'>>;
    readonly call: UpstreamCall;
    readonly logger: Logger;
  },
): Promise<LookUp> {
  const { connector, call, logger } = options;
  try {
    const account = await connector.findAccount(holder, call);
    return account === null ? { kind: 'missing' } : { kind: 'found', account };
  } catch (error) {
    const who = { employeeNumber: holder.employeeNumber, system: connector.system };
    const { end, retryAfterMs } = endOfError(error, { who, about: who, logger });
    return { kind: 'failed', end, retryAfterMs };
  }
}

/** Health of a system as its answer to a look-up shows it. */
export function signalOfLookUp(lookUp: LookUp): HealthSignal {
  if (lookUp.kind !== 'failed')
    return { liveness: 'alive', throttled: null, error: null, unspentTrial: false };
  const { end, retryAfterMs } = lookUp;
  return {
    liveness: livenessOf(end),
    throttled: end.failure === 'throttled' ? { retryAfterMs } : null,
    error: end.error,
    unspentTrial: false,
  };
}
