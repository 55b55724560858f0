import { setTimeout as delay } from 'node:timers/promises';
import type { Grant } from './system-gate.ts';

/** Asks the shared bucket for `wanted` permits. */
export type TakePermits = (wanted: number) => Promise<Grant>;

interface Waiter {
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Permits for further calls of running attempts: all that wait at the same moment are asked for in one statement.
 */
export class Permits {
  readonly #take: TakePermits;
  #waiting: Waiter[] = [];
  #asking = false;

  constructor(take: TakePermits) {
    this.#take = take;
  }

  /** Resolves with one permit; rejects with the signal's reason when it aborts first. */
  acquire(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal.aborted) {
      reject(signal.reason);
      return promise;
    }
    const waiter: Waiter = { signal, resolve, reject };
    signal.addEventListener(
      'abort',
      () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(signal.reason);
      },
      { once: true },
    );
    this.#waiting.push(waiter);
    if (!this.#asking) void this.#ask();
    return promise;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      try {
        const grant = await this.#take(this.#waiting.length);
        for (const waiter of this.#waiting.splice(0, grant.granted)) waiter.resolve();
        if (grant.granted === 0) await delay(grant.retryInMs);
      } catch (error) {
        for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
      }
    }
    this.#asking = false;
  }
}
