import { PacedEvents, type Version } from './paced-events.ts';

/** Something that subscribers follow. */
export interface Followed<State, Event> {
  /** Reads it as it is now; `previous` is what was read before, null at first. Null: it does not exist. */
  read(previous: State | null): Promise<State | null>;
  /** True when a subscriber who saw one need not get the other. */
  isSame(before: State, after: State): boolean;
  /** True when nothing more is to come. */
  isFinal(state: State): boolean;
  /** The event that leads from one state, null at first, to another. */
  toEvent(previous: State | null, current: State): Event;
}

// However fast changes come, reading takes a tenth of one connection; this is the longest pause between two reads.
const READ_SHARE = 10;
const READ_SPACING_MIN_MS = 20;
const READ_SPACING_MAX_MS = 250;
// Polling interval, because a notification may be lost with its connection.
const POLL_MS = 5_000;
// While the database is away: once a second, for a minute.
const RETRY_MS = 1_000;
const FAILURES_MAX = 60;

interface Newcomer<State, Event> {
  readonly events: PacedEvents<State, Event>;
  readonly resolve: (exists: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads one thing for all its subscribers: one read at a time, for any number of subscribers and notifications.
 * Subscribers who saw the same version before get the same event object, so that its execution can be shared.
 */
export class SharedReader<State, Event> {
  readonly #followed: Followed<State, Event>;
  readonly #onEmpty: () => void;
  readonly #subscribers = new Set<PacedEvents<State, Event>>();
  #newcomers: Newcomer<State, Event>[] = [];
  #version: Version<State> | null = null;
  #events = new Map<Version<State> | null, Event>();
  #reading = false;
  #stale = false;
  #timer: NodeJS.Timeout | null = null;
  #readAgainAtMs = 0;
  #failures = 0;

  constructor(followed: Followed<State, Event>, onEmpty: () => void) {
    this.#followed = followed;
    this.#onEmpty = onEmpty;
  }

  /** A new subscriber; its first event is the state as read after this call. Null when there is nothing to follow. */
  async join(): Promise<AsyncIterableIterator<Event, undefined> | null> {
    const events = new PacedEvents<State, Event>({
      toEvent: (previous, current) => this.#eventBetween(previous, current),
      onEnd: () => this.#leave(events),
    });
    this.#subscribers.add(events);
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#newcomers.push({ events, resolve, reject });
    this.touch();
    try {
      if (await promise) return events;
    } catch (error) {
      events.end();
      throw error;
    }
    events.end();
    return null;
  }

  /** Says that there may be something new to read. */
  touch(): void {
    this.#stale = true;
    if (!this.#reading) this.#schedule(this.#readAgainAtMs - performance.now());
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#subscribers.size === 0) return;
    if (delayMs <= 0) void this.#read();
    else this.#timer = setTimeout(() => void this.#read(), delayMs);
  }

  async #read(): Promise<void> {
    this.#reading = true;
    // All subscribers that join in the same tick share one read.
    await Promise.resolve();
    this.#stale = false;
    const newcomers = this.#newcomers.splice(0);
    const startedMs = performance.now();
    let delayMs = POLL_MS;
    try {
      this.#accept(await this.#followed.read(this.#version?.state ?? null), newcomers);
      this.#failures = 0;
    } catch (error) {
      delayMs = RETRY_MS;
      this.#refuse(error, newcomers);
    }
    const endedMs = performance.now();
    const spacingMs = Math.min(
      READ_SPACING_MAX_MS,
      Math.max(READ_SPACING_MIN_MS, READ_SHARE * (endedMs - startedMs)),
    );
    this.#readAgainAtMs = endedMs + spacingMs;
    this.#reading = false;
    // After a failure wait a second: a database that is down must not be flooded.
    this.#schedule(this.#stale && delayMs === POLL_MS ? spacingMs : delayMs);
  }

  #accept(state: State | null, newcomers: readonly Newcomer<State, Event>[]): void {
    if (state === null) {
      for (const newcomer of newcomers) newcomer.resolve(false);
      const known = new Set(newcomers.map((newcomer) => newcomer.events));
      for (const events of [...this.#subscribers]) if (!known.has(events)) events.end();
      return;
    }
    const before = this.#version;
    const changed = before === null || !this.#followed.isSame(before.state, state);
    const version = changed ? { state, final: this.#followed.isFinal(state) } : before;
    if (changed) {
      this.#version = version;
      this.#events = new Map();
    }
    const waiting = new Set(this.#newcomers.map((newcomer) => newcomer.events));
    const first = new Set(newcomers.map((newcomer) => newcomer.events));
    for (const events of [...this.#subscribers]) {
      if (first.has(events) || (changed && !waiting.has(events))) events.offer(version);
    }
    for (const newcomer of newcomers) newcomer.resolve(true);
  }

  #refuse(error: unknown, newcomers: readonly Newcomer<State, Event>[]): void {
    this.#failures += 1;
    for (const newcomer of newcomers) newcomer.reject(error);
    if (this.#failures >= FAILURES_MAX) for (const events of [...this.#subscribers]) events.fail(error);
  }

  #eventBetween(previous: Version<State> | null, current: Version<State>): Event {
    const make = (): Event => this.#followed.toEvent(previous?.state ?? null, current.state);
    // A slow subscriber may take a version that is no longer the newest.
    if (current !== this.#version) return make();
    const known = this.#events.get(previous) ?? make();
    this.#events.set(previous, known);
    return known;
  }

  #leave(events: PacedEvents<State, Event>): void {
    this.#subscribers.delete(events);
    if (this.#subscribers.size > 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#onEmpty();
  }
}
