/**
 * How much is under way at once. What comes on top is refused at once and cheaply, so that a server that is asked for
 * more than it can do goes on doing what it can: waiting callers would only time out, each after its work was done.
 */
export class Admission {
  readonly #limit: number;
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a place; the function given back leaves it, once, however often it is called. Null: there is none. */
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
