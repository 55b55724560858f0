/** States and channels of deliveries: an event on its way to one receiver. */

export const deliveryChannels = ['WEBHOOK', 'EMAIL'] as const;
export type DeliveryChannel = (typeof deliveryChannels)[number];

export const deliveryStatuses = ['PENDING', 'RETRY', 'DELIVERED', 'DEAD_LETTER', 'SKIPPED'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** How far ± the time of a retry is spread, so that a receiver that comes back is not met by all at once. */
const JITTER = 0.2;

/** Longest delay before retrying a delivery that waits for a correction on our side, so that it follows soon. */
const OWN_DELAY_MAX_SECONDS = 900;

/** The next step after a failed attempt of a delivery. */
export type AfterFailure =
  | { readonly status: 'RETRY'; readonly delaySeconds: number }
  | { readonly status: 'DEAD_LETTER' };

/** The delivery after a failed attempt: again after the next of the delays, or given up when they are used up. */
export function afterFailedDelivery(
  failure: {
    readonly permanent: boolean;
    readonly retryAfterMs: number | null;
    /** It is for us to put right: never given up. */
    readonly ours?: boolean;
  },
  options: {
    /** Attempts since it was queued, this one among them. */
    readonly attempts: number;
    readonly delaysSeconds: readonly number[];
    /** From 0 to 1. */
    readonly random: number;
  },
): AfterFailure {
  const own = Math.min(OWN_DELAY_MAX_SECONDS, options.delaysSeconds.at(-1) ?? OWN_DELAY_MAX_SECONDS);
  const delay = options.delaysSeconds[options.attempts - 1] ?? (failure.ours === true ? own : undefined);
  if (failure.permanent || delay === undefined) return { status: 'DEAD_LETTER' };
  const spread = delay * (1 + JITTER * (2 * options.random - 1));
  return { status: 'RETRY', delaySeconds: Math.max((failure.retryAfterMs ?? 0) / 1_000, spread) };
}
