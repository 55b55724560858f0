import { setTimeout as delay } from 'node:timers/promises';
import type { TakenJob } from '../kit/job.ts';

interface Waiter {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/**
 * Which jobs of a lane hold one of its slots, and which wait for one. A job that was admitted ahead of its slot is
 * claimed and made ready while it waits, and calls as soon as a slot is free. Waiting jobs get slots in the order of
 * their admission.
 */
export class CallSlots {
  readonly #capacity: () => number;
  readonly #holders = new Set<TakenJob>();
  readonly #ahead = new Map<TakenJob, Waiter>();

  /** `capacity`: how many slots there are now. */
  constructor(capacity: () => number) {
    this.#capacity = capacity;
  }

  /** Jobs that hold a slot. */
  get held(): number {
    return this.#holders.size;
  }

  enter(job: TakenJob): void {
    this.#ahead.set(job, Promise.withResolvers<void>());
    this.fill();
  }

  /** Gives free slots to waiting jobs; to be called after the capacity has grown. */
  fill(): void {
    for (const [job, { resolve }] of this.#ahead) {
      if (this.#holders.size >= this.#capacity()) return;
      this.#ahead.delete(job);
      this.#holders.add(job);
      resolve();
    }
  }

  leave(job: TakenJob): void {
    this.#ahead.delete(job);
    this.#holders.delete(job);
    this.fill();
  }

  holds(job: TakenJob): boolean {
    return this.#holders.has(job);
  }

  /** Waits for the job's slot; false when none was free in time. */
  async waitFor(job: TakenJob, patienceMs: number): Promise<boolean> {
    const enough = new AbortController();
    const late = delay(patienceMs, undefined, { signal: enough.signal }).catch(() => {});
    await Promise.race([this.#ahead.get(job)?.promise, late]);
    enough.abort();
    return this.holds(job);
  }
}
