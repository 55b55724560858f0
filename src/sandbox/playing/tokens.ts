import { randomUUID } from 'node:crypto';

/** Tokens one played system has given out, each with its end. */
export interface TokenDesk {
  issue(): string;
  isGood(token: unknown): boolean;
  expireAll(): void;
}

/** Gives out tokens that live for `lifetimeSeconds`. */
export function createTokenDesk(lifetimeSeconds: number): TokenDesk {
  const endings = new Map<string, number>();
  return {
    issue() {
      const token = `sandbox-token-${randomUUID()}`;
      endings.set(token, performance.now() + lifetimeSeconds * 1_000);
      return token;
    },
    isGood: (token) => typeof token === 'string' && (endings.get(token) ?? 0) > performance.now(),
    expireAll: () => endings.clear(),
  };
}
