/**
 * Regular events keep this distance, the last one of a stream goes out at once: together never more than five in a
 * second.
 */
export const EVENT_SPACING_MS = 250;

/** One version of the followed state. */
export interface Version<State> {
  readonly state: State;
  readonly final: boolean;
}

type Step<Event> = IteratorResult<Event, undefined>;

interface Waiter<Event> {
  readonly resolve: (step: Step<Event>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One subscriber's events. It holds the newest version only, however slowly it is read: what was not taken in time
 * is merged into what comes next. Ends after the final version, which nothing replaces. An object rather than a
 * generator: `return` must not wait for a pending `next`.
 */
export class PacedEvents<State, Event> implements AsyncIterableIterator<Event, undefined> {
  readonly #toEvent: (previous: Version<State> | null, current: Version<State>) => Event;
  readonly #onEnd: () => void;
  #waiting: Waiter<Event>[] = [];
  #pending: Version<State> | null = null;
  #shown: Version<State> | null = null;
  #nextAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #error: { readonly cause: unknown } | null = null;
  #ended = false;

  constructor(options: {
    /** Makes the event that leads from what this subscriber saw last, null at first, to the newest version. */
    readonly toEvent: (previous: Version<State> | null, current: Version<State>) => Event;
    /** Called once, when no more events will be taken. */
    readonly onEnd: () => void;
  }) {
    this.#toEvent = options.toEvent;
    this.#onEnd = options.onEnd;
  }

  offer(version: Version<State>): void {
    if (this.#ended || this.#pending?.final === true) return;
    this.#pending = version;
    this.#flush();
  }

  /** Ends the stream without another event. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const waiter of this.#waiting.splice(0)) waiter.resolve({ done: true, value: undefined });
    this.#onEnd();
  }

  /** Ends the stream with an error, which the next read gets. */
  fail(cause: unknown): void {
    if (this.#ended) return;
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#error = { cause };
    else waiter.reject(cause);
    this.end();
  }

  next(): Promise<Step<Event>> {
    if (this.#error !== null) {
      const { cause } = this.#error;
      this.#error = null;
      return Promise.reject(cause);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve, reject } = Promise.withResolvers<Step<Event>>();
    this.#waiting.push({ resolve, reject });
    this.#flush();
    return promise;
  }

  return(): Promise<Step<Event>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #flush(): void {
    const version = this.#pending;
    if (version === null || this.#waiting.length === 0) return;
    const waitMs = version.final ? 0 : this.#nextAtMs - performance.now();
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.#flush();
      }, waitMs);
      return;
    }
    const previous = this.#shown;
    this.#pending = null;
    this.#shown = version;
    this.#nextAtMs = performance.now() + EVENT_SPACING_MS;
    this.#waiting.shift()?.resolve({ done: false, value: this.#toEvent(previous, version) });
    if (version.final) this.end();
  }
}
