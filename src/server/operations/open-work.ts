import { GraphQLError } from 'graphql';
import type { EventStream } from './event-stream.ts';

const GOING_AWAY =
  'The server is shutting down. Subscribe again: another one, or the next one, goes on from the present state.';

/** Running operations and open streams: shutting down waits for the former and ends the latter. */
export class OpenWork {
  readonly #streams = new Set<EventStream>();
  #running = 0;
  #idle: PromiseWithResolvers<void> | null = null;

  /** Counts an operation while it runs. */
  async track<T>(operation: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await operation();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle?.resolve();
    }
  }

  add(stream: EventStream): void {
    this.#streams.add(stream);
  }

  remove(stream: EventStream): void {
    this.#streams.delete(stream);
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Resolves when no operation runs; streams do not count, because they have no end. */
  async whenIdle(): Promise<void> {
    if (this.#running === 0) return;
    this.#idle ??= Promise.withResolvers<void>();
    await this.#idle.promise;
  }

  endStreams(): void {
    const error = new GraphQLError(GOING_AWAY, { extensions: { code: 'UNAVAILABLE' } });
    for (const stream of [...this.#streams]) stream.end({ errors: [error] });
  }
}
