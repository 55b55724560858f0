import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change, ChangeListener } from '../../jobs/kit/change-feed.ts';
import { Changes } from './changes.ts';
import { EVENT_SPACING_MS } from './paced-events.ts';

interface State {
  readonly value: number;
  readonly final: boolean;
}

function setup() {
  const listeners = new Set<ChangeListener>();
  const world: { state: State | null; reads: number; failing: boolean } = {
    state: null,
    reads: 0,
    failing: false,
  };
  const changes = new Changes<
    State,
    { readonly from: number | null; readonly to: number; readonly final: boolean }
  >({
    feed: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    keyOf: (change) => ('request' in change ? change.request : null),
    follow: () => ({
      read: async () => {
        world.reads += 1;
        if (world.failing) throw new Error('database away');
        return world.state;
      },
      isSame: (before, after) => before.value === after.value && before.final === after.final,
      isFinal: (state) => state.final,
      toEvent: (previous, current) => ({
        from: previous?.value ?? null,
        to: current.value,
        final: current.final,
      }),
    }),
  });
  const say = (change: Change): void => {
    for (const listener of listeners) listener.onChange(change);
  };
  const set = (value: number, final = false): void => {
    world.state = { value, final };
    say({ request: 'r' });
  };
  const subscribe = async () => {
    const stream = await changes.subscribe('r');
    if (stream === null) throw new Error('nothing to follow');
    return stream;
  };
  return { world, listeners, changes, say, set, subscribe };
}

describe('a stream of changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is nothing when there is nothing to follow', async () => {
    const { changes, listeners } = setup();
    expect(await changes.subscribe('r')).toBeNull();
    expect(listeners.size).toBe(0);
  });

  it('begins with the present state and ends after the final one', async () => {
    const { set, subscribe, listeners } = setup();
    set(1);
    const stream = await subscribe();
    expect(await stream.next()).toEqual({ done: false, value: { from: null, to: 1, final: false } });
    const next = stream.next();
    set(2, true);
    await vi.advanceTimersByTimeAsync(EVENT_SPACING_MS);
    expect(await next).toEqual({ done: false, value: { from: 1, to: 2, final: true } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });

  it('is one event when the state is final already', async () => {
    const { set, subscribe } = setup();
    set(9, true);
    const stream = await subscribe();
    expect(await stream.next()).toEqual({ done: false, value: { from: null, to: 9, final: true } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('merges bursts to at most five events a second', async () => {
    const { set, subscribe } = setup();
    set(0);
    const stream = await subscribe();
    const seen: number[] = [];
    void (async () => {
      for await (const event of stream) seen.push(event.to);
    })();
    for (let value = 1; value <= 1_000; value += 1) {
      set(value);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(seen.length).toBeLessThanOrEqual(5);
    set(1_001, true);
    await vi.advanceTimersByTimeAsync(EVENT_SPACING_MS);
    expect(seen.at(-1)).toBe(1_001);
    expect(seen.length).toBeLessThanOrEqual(6);
  });

  it('sends the final event without waiting for its turn', async () => {
    const { set, subscribe } = setup();
    set(0);
    const stream = await subscribe();
    await stream.next();
    const next = stream.next();
    set(1, true);
    await vi.advanceTimersByTimeAsync(25);
    expect(await next).toMatchObject({ value: { to: 1, final: true } });
  });

  it('reads once for all, and gives those who saw the same the very same event', async () => {
    const { world, set, subscribe } = setup();
    set(0);
    const streams = await Promise.all(Array.from({ length: 50 }, subscribe));
    const first = await Promise.all(streams.map((stream) => stream.next()));
    expect(new Set(first.map(({ value }) => value)).size).toBe(1);
    const reads = world.reads;
    const next = streams.map((stream) => stream.next());
    await vi.advanceTimersByTimeAsync(EVENT_SPACING_MS);
    set(1);
    await vi.advanceTimersByTimeAsync(EVENT_SPACING_MS);
    expect(new Set((await Promise.all(next)).map(({ value }) => value)).size).toBe(1);
    expect(world.reads - reads).toBe(1);
  });

  it('keeps only the newest state for a subscriber that does not read', async () => {
    const { set, subscribe } = setup();
    set(0);
    const slow = await subscribe();
    await slow.next();
    for (let value = 1; value <= 50; value += 1) {
      set(value);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(await slow.next()).toEqual({ done: false, value: { from: 0, to: 50, final: false } });
  });

  it('does not lose the end although it starts again before it is read', async () => {
    const { set, subscribe } = setup();
    set(0);
    const slow = await subscribe();
    await slow.next();
    set(1, true);
    await vi.advanceTimersByTimeAsync(300);
    set(2);
    await vi.advanceTimersByTimeAsync(300);
    expect(await slow.next()).toMatchObject({ value: { to: 1, final: true } });
    expect(await slow.next()).toMatchObject({ done: true });
  });

  it('finds changes without a notification', async () => {
    const { world, set, subscribe } = setup();
    set(0);
    const stream = await subscribe();
    await stream.next();
    const next = stream.next();
    world.state = { value: 1, final: true };
    await vi.advanceTimersByTimeAsync(5_100);
    expect(await next).toMatchObject({ value: { to: 1 } });
  });

  it('reads again when the feed is back, and survives a database that is away for a while', async () => {
    const { world, set, subscribe, listeners } = setup();
    set(0);
    const stream = await subscribe();
    await stream.next();
    const next = stream.next();
    world.failing = true;
    for (const listener of listeners) listener.onReconnect();
    await vi.advanceTimersByTimeAsync(10_000);
    world.failing = false;
    world.state = { value: 7, final: true };
    for (const listener of listeners) listener.onReconnect();
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await next).toMatchObject({ value: { to: 7 } });
  });

  it('ends with the error when the database stays away', async () => {
    const { world, set, subscribe } = setup();
    set(0);
    const stream = await subscribe();
    await stream.next();
    const next = stream.next();
    const refused = expect(next).rejects.toThrow('database away');
    world.failing = true;
    await vi.advanceTimersByTimeAsync(70_000);
    await refused;
    expect(await stream.next()).toMatchObject({ done: true });
  });

  it('refuses to begin when the first read fails', async () => {
    const { world, changes, listeners } = setup();
    world.failing = true;
    await expect(changes.subscribe('r')).rejects.toThrow('database away');
    expect(listeners.size).toBe(0);
  });

  it('lets go at once: a pending next resolves, nothing keeps listening', async () => {
    const { world, set, subscribe, listeners } = setup();
    set(0);
    const stream = await subscribe();
    await stream.next();
    const pending = stream.next();
    await stream.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
    const reads = world.reads;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.reads).toBe(reads);
  });
});
