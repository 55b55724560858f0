import { setTimeout as delay } from 'node:timers/promises';
import type { SharedSlots } from '../../systems/shared-slots.ts';
import type { Grant } from '../../systems/system-gate.ts';

/** While other processes own all slots, how soon to ask again. */
const SLOT_RETRY_MS = 100;
/** How long an unused permit can be reused: later it would be a burst beyond the rate. */
const SPARE_MS = 1_000;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Slots and permits for the calls of one run, which hold over all processes. A few permits are taken ahead, so that
 * most calls need not wait for the database.
 */
export class CallGate {
  readonly #system: string;
  readonly #slots: SharedSlots;
  readonly #limit: () => number;
  readonly #take: (wanted: number) => Promise<Grant>;
  readonly #signal: AbortSignal;
  readonly #waiting: Waiter[] = [];
  #running = 0;
  #growing = false;
  readonly #permitless: Waiter[] = [];
  #spare = 0;
  #spareUntilMs = 0;
  #asking = false;

  constructor(options: {
    readonly system: string;
    readonly slots: SharedSlots;
    /** How many calls may run at once, all processes together. */
    readonly limit: () => number;
    readonly take: (wanted: number) => Promise<Grant>;
    /** Ends all waiting. */
    readonly signal: AbortSignal;
  }) {
    this.#system = options.system;
    this.#slots = options.slots;
    this.#limit = options.limit;
    this.#take = options.take;
    this.#signal = options.signal;
    options.signal.addEventListener('abort', () => this.#giveUp(options.signal.reason), { once: true });
  }

  /** Waits for a slot; the caller gives it back with `leave`. */
  async enter(): Promise<void> {
    this.#signal.throwIfAborted();
    const waiter = Promise.withResolvers<void>();
    this.#waiting.push(waiter);
    this.#admit();
    await waiter.promise;
  }

  leave(): void {
    this.#running -= 1;
    this.#admit();
  }

  /** Waits for a permit. */
  async permit(): Promise<void> {
    this.#signal.throwIfAborted();
    if (performance.now() > this.#spareUntilMs) this.#spare = 0;
    if (this.#spare > 0) {
      this.#spare -= 1;
      if (this.#spare < this.#limit() / 2) this.#ask();
      return;
    }
    const waiter = Promise.withResolvers<void>();
    this.#permitless.push(waiter);
    this.#ask();
    await waiter.promise;
  }

  /** Drops permits taken ahead: the system asked for a pause. */
  dropSpare(): void {
    this.#spare = 0;
  }

  #admit(): void {
    while (
      this.#waiting.length > 0 &&
      this.#running < Math.min(this.#limit(), this.#slots.owned(this.#system))
    ) {
      this.#running += 1;
      this.#waiting.shift()?.resolve();
    }
    if (this.#waiting.length > 0 && this.#slots.owned(this.#system) < this.#limit()) void this.#grow();
  }

  async #grow(): Promise<void> {
    if (this.#growing) return;
    this.#growing = true;
    try {
      const limit = this.#limit();
      const before = this.#slots.owned(this.#system);
      const wanted = Math.min(limit, this.#running + this.#waiting.length);
      const owned = await this.#slots.grow(this.#system, { wanted, limit });
      if (owned <= before) await delay(SLOT_RETRY_MS);
    } catch (error) {
      // The connection that held the slots was lost: the next try opens a new one.
      if (this.#waiting.length > 0) await delay(SLOT_RETRY_MS);
      if (this.#signal.aborted) this.#giveUp(error);
    } finally {
      this.#growing = false;
    }
    if (!this.#signal.aborted) this.#admit();
  }

  #ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#refill().finally(() => {
      this.#asking = false;
      if (this.#permitless.length > 0 && !this.#signal.aborted) this.#ask();
    });
  }

  async #refill(): Promise<void> {
    try {
      const grant = await this.#take(this.#permitless.length + this.#limit());
      let left = grant.granted;
      for (const waiter of this.#permitless.splice(0, left)) {
        left -= 1;
        waiter.resolve();
      }
      this.#spare += left;
      this.#spareUntilMs = performance.now() + SPARE_MS;
      if (grant.granted === 0) await delay(grant.retryInMs);
    } catch (error) {
      for (const waiter of this.#permitless.splice(0)) waiter.reject(error);
    }
  }

  #giveUp(reason: unknown): void {
    for (const waiter of [...this.#waiting.splice(0), ...this.#permitless.splice(0)]) waiter.reject(reason);
  }
}
