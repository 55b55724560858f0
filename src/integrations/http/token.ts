import { UpstreamError } from '../contract/errors.ts';
import type { UpstreamCall } from '../contract/upstream.ts';

/** Tokens are renewed this long before they end, so that none ends on its way (upstream-apis.md §7.5). */
const EARLY_REFRESH_SECONDS = 300;
const EARLY_REFRESH_SHARE = 0.05;
/** A token that lives for minutes only must not be renewed on every call. */
const LATEST_REFRESH_SHARE = 0.5;
/** WeLink locks a client that keeps asking with a wrong secret (41403): ask rarely once refused, then rarer. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** A token as its system gave it. */
export interface FreshToken {
  readonly token: string;
  readonly lifetimeSeconds: number;
}

/** One credential's token, shared by all calls of the process. */
export interface TokenCache {
  /** The token in force; fetched once however many ask. Throws what the token call threw, or `signal`'s reason. */
  get(signal: AbortSignal): Promise<string>;
  /** Drops `token` if it is still the cached one, so that a burst of refusals makes one token call. */
  invalidate(token: string): void;
  /** Fetches a token now, also when one, or a refusal, is cached; for a health check by hand. */
  renew(signal: AbortSignal): Promise<void>;
  /** How long the token in hand is good for; null when there is none. */
  remainingMs(): number | null;
  /** The next call asks at once, even after a refusal. */
  forgetRefusal(): void;
  /** Ends a token call in flight. */
  close(): void;
}

interface CachedToken {
  readonly token: string;
  readonly refreshAt: number;
  readonly endsAt: number;
}

/** When to renew: 300 s or 5 % of its life early, whichever is more, yet never before half its life is over. */
export function earlyRefreshSeconds(lifetimeSeconds: number): number {
  const early = Math.max(EARLY_REFRESH_SECONDS, lifetimeSeconds * EARLY_REFRESH_SHARE);
  return Math.min(early, lifetimeSeconds * LATEST_REFRESH_SHARE);
}

/**
 * Caches what `fetchToken` brings. A refusal (class `credentials`) is remembered for 5 s, doubling to 5 min, and
 * repeated to callers without a call; a throttled token call is remembered for as long as it asked. `now` is
 * monotonic milliseconds: a wall clock that jumps must not make a token look fresh. `earlySeconds`: how long before
 * its end a token is renewed.
 */
export function createTokenCache(
  fetchToken: (call: UpstreamCall) => Promise<FreshToken>,
  now: () => number = () => performance.now(),
  earlySeconds: (lifetimeSeconds: number) => number = earlyRefreshSeconds,
): TokenCache {
  const closed = new AbortController();
  let cached: CachedToken | null = null;
  let inFlight: Promise<string> | null = null;
  let refusal: { readonly error: UpstreamError; readonly until: number; readonly pauseMs: number } | null =
    null;

  async function refresh(): Promise<string> {
    try {
      // Token calls take no permit of the rate limit, and no single caller may abort what others wait for.
      const fresh = await fetchToken({ signal: closed.signal, acquire: async () => {} });
      const at = now();
      const lifetimeMs = fresh.lifetimeSeconds * 1_000;
      const refreshAt = at + lifetimeMs - earlySeconds(fresh.lifetimeSeconds) * 1_000;
      cached = { token: fresh.token, refreshAt, endsAt: at + lifetimeMs };
      refusal = null;
      return fresh.token;
    } catch (error) {
      if (error instanceof UpstreamError) refusal = remember(error);
      if (cached !== null && now() < cached.endsAt) return cached.token;
      throw error;
    } finally {
      inFlight = null;
    }
  }

  function remember(error: UpstreamError): typeof refusal {
    if (error.failure === 'throttled') {
      return { error, until: now() + (error.retryAfterMs ?? FIRST_PAUSE_MS), pauseMs: FIRST_PAUSE_MS };
    }
    if (error.failure !== 'credentials') return null;
    const pauseMs = refusal === null ? FIRST_PAUSE_MS : Math.min(refusal.pauseMs * 2, LONGEST_PAUSE_MS);
    return { error, until: now() + pauseMs, pauseMs };
  }

  function shared(): Promise<string> {
    inFlight ??= refresh();
    return inFlight;
  }

  return {
    async get(signal) {
      signal.throwIfAborted();
      if (cached !== null && now() < cached.refreshAt) return cached.token;
      if (refusal !== null && now() < refusal.until) {
        if (cached !== null && now() < cached.endsAt) return cached.token;
        throw refusal.error;
      }
      return await untilAborted(shared(), signal);
    },
    invalidate(token) {
      if (cached?.token === token) cached = null;
    },
    async renew(signal) {
      signal.throwIfAborted();
      cached = null;
      await untilAborted(shared(), signal);
    },
    remainingMs() {
      return cached === null ? null : Math.max(0, Math.round(cached.endsAt - now()));
    },
    forgetRefusal() {
      refusal = null;
    },
    close() {
      closed.abort();
    },
  };
}

/** Waits for `work` until `signal` aborts; the work goes on for other callers. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Does `work` with the token in force; when the system refuses that token, once more with a new one. A second
 * refusal is the caller's to see: then it is our credentials, not the token's age.
 */
export async function withToken<T>(
  tokens: TokenCache,
  options: {
    readonly signal: AbortSignal;
    readonly isRefused: (error: unknown) => boolean;
    readonly work: (token: string) => Promise<T>;
  },
): Promise<T> {
  const token = await tokens.get(options.signal);
  try {
    return await options.work(token);
  } catch (error) {
    if (!options.isRefused(error)) throw error;
  }
  tokens.invalidate(token);
  return await options.work(await tokens.get(options.signal));
}
