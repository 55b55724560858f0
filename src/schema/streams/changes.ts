import type { Change, ChangeFeed } from '../../jobs/kit/change-feed.ts';
import { type Followed, SharedReader } from './shared-reader.ts';

/**
 * Turns notifications into streams. One reader per key and process is shared by all subscribers of that key; it reads
 * when the feed names the key, when the feed was reconnected, and every few seconds in any case.
 */
export class Changes<State, Event> {
  readonly #feed: Pick<ChangeFeed, 'subscribe'>;
  readonly #keyOf: (change: Change) => string | null;
  readonly #follow: (key: string) => Followed<State, Event>;
  readonly #readers = new Map<string, SharedReader<State, Event>>();
  #stopListening: (() => void) | null = null;

  constructor(options: {
    readonly feed: Pick<ChangeFeed, 'subscribe'>;
    /** Which key a notification is about; null when none of these. */
    readonly keyOf: (change: Change) => string | null;
    readonly follow: (key: string) => Followed<State, Event>;
  }) {
    this.#feed = options.feed;
    this.#keyOf = options.keyOf;
    this.#follow = options.follow;
  }

  /** Follows a key; null when nothing of that key exists. The caller ends it with `return`. */
  subscribe(key: string): Promise<AsyncIterableIterator<Event, undefined> | null> {
    let reader = this.#readers.get(key);
    if (reader === undefined) {
      const created: SharedReader<State, Event> = new SharedReader(this.#follow(key), () =>
        this.#forget(key, created),
      );
      reader = created;
      this.#readers.set(key, reader);
      this.#stopListening ??= this.#listen();
    }
    return reader.join();
  }

  #listen(): () => void {
    return this.#feed.subscribe({
      onChange: (change) => {
        const key = this.#keyOf(change);
        if (key !== null) this.#readers.get(key)?.touch();
      },
      onReconnect: () => {
        for (const reader of this.#readers.values()) reader.touch();
      },
    });
  }

  #forget(key: string, reader: SharedReader<State, Event>): void {
    if (this.#readers.get(key) === reader) this.#readers.delete(key);
    if (this.#readers.size > 0) return;
    this.#stopListening?.();
    this.#stopListening = null;
  }
}
