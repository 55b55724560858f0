import type { ExecutionResult } from 'graphql';

type Step = IteratorResult<ExecutionResult, undefined>;

const DONE: Step = { done: true, value: undefined };

export interface EventStreamOptions {
  readonly source: AsyncIterator<unknown>;
  /** Turns one event of the source into an answer; must not reject. */
  readonly execute: (event: unknown) => Promise<ExecutionResult>;
  /** Logs a failed source and returns the last answer of the stream. */
  readonly describeFailure: (error: unknown) => ExecutionResult;
  /** Called once when the stream ends, on either side. */
  readonly onEnd: () => void;
}

/**
 * The answers of one subscription. Not an async generator: its `return()` would wait for the event that a pending
 * `next()` waits for, and a subscriber that left would hold its resources until then. It never rejects, because both
 * transports would send the bare message of the error.
 */
export class EventStream implements AsyncIterableIterator<ExecutionResult, undefined> {
  readonly #options: EventStreamOptions;
  readonly #waiting = new Set<(step: Step) => void>();
  #ended = false;
  #farewell: ExecutionResult | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    if (this.#ended) return Promise.resolve(this.#takeFarewell());
    const { promise, resolve } = Promise.withResolvers<Step>();
    const settle = (step: Step) => {
      this.#waiting.delete(settle);
      resolve(step);
    };
    this.#waiting.add(settle);
    void this.#advance().then(settle);
    return promise;
  }

  /** The subscriber has gone. */
  return(): Promise<Step> {
    this.#end();
    this.#farewell = null;
    for (const settle of this.#waiting) settle(DONE);
    return Promise.resolve(DONE);
  }

  throw(): Promise<Step> {
    return this.return();
  }

  /** The server ends it: `farewell` is the last answer. */
  end(farewell: ExecutionResult): void {
    if (this.#ended) return;
    this.#farewell = farewell;
    this.#end();
    for (const settle of this.#waiting) settle(this.#takeFarewell());
  }

  async #advance(): Promise<Step> {
    try {
      const event = await this.#options.source.next();
      if (event.done !== true) return { done: false, value: await this.#options.execute(event.value) };
      this.#end();
      return DONE;
    } catch (error) {
      const wasEnded = this.#ended;
      this.#end();
      return wasEnded ? DONE : { done: false, value: this.#options.describeFailure(error) };
    }
  }

  #takeFarewell(): Step {
    if (this.#farewell === null) return DONE;
    const value = this.#farewell;
    this.#farewell = null;
    return { done: false, value };
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    // Not awaited: a source that is a generator returns only after its next event. A failed clean-up is only logged.
    this.#options.source.return?.().catch(this.#options.describeFailure);
    this.#options.onEnd();
  }
}
