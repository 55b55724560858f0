/**
 * Bounds the operations that run at once. Further ones are refused immediately and cheaply, so that an overloaded
 * server keeps its throughput: queued callers would only time out after their work was done.
 */
export class Admission {
  readonly #limit: number;
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
    };
  }
}
