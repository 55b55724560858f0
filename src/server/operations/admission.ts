/** As long as a client waits for its first event; a burst after a restart is through long before. */
export const SUBSCRIBER_WAIT_MS = 20_000;
/** Subscribers that may wait for a place; each costs a closure. */
const WAITING_MAX = 10_000;

/**
 * Bounds the operations that run at once. Further ones are refused immediately and cheaply, so that an overloaded
 * server keeps its throughput: queued callers would only time out after their work was done. Subscribers wait: they
 * come all at once after a restart, stay for long, and take a refusal for the end.
 */
export class Admission {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Admits an operation; the returned function ends it and may be called repeatedly. Null: refused. */
  enter(): (() => void) | null {
    if (this.#running >= this.#limit) return null;
    this.#running += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#running -= 1;
      const [next] = this.#waiting;
      next?.();
    };
  }

  /** Admits in turn, as soon as there is a place. Null: there was none within the time, or too many wait. */
  enterInTurn(withinMs: number): Promise<(() => void) | null> {
    const leave = this.#waiting.size === 0 ? this.enter() : null;
    if (leave !== null || this.#waiting.size >= WAITING_MAX) return Promise.resolve(leave);
    const { promise, resolve } = Promise.withResolvers<(() => void) | null>();
    const settle = (entered: (() => void) | null) => {
      clearTimeout(timer);
      this.#waiting.delete(take);
      resolve(entered);
    };
    const take = () => {
      const entered = this.enter();
      if (entered !== null) settle(entered);
    };
    const timer = setTimeout(() => settle(null), withinMs);
    this.#waiting.add(take);
    return promise;
  }
}
