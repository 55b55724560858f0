import { describe, expect, test } from 'vitest';
import { EventStream } from './event-stream.ts';

function setup(source: AsyncIterator<unknown>) {
  const failures: unknown[] = [];
  let ends = 0;
  const stream = new EventStream({
    source,
    execute: async (event) => ({ data: { event } }),
    describeFailure: (error) => {
      failures.push(error);
      return { data: null };
    },
    onEnd: () => {
      ends += 1;
    },
  });
  return { stream, failures, ends: () => ends };
}

/** A generator cannot be ended while it waits: its own return() waits too. */
async function* waitForever() {
  yield 1;
  await new Promise(() => {});
}

describe('EventStream', () => {
  test('ends at once when left, though its source is a generator that waits', async () => {
    const { stream, ends } = setup(waitForever());
    expect(await stream.next()).toEqual({ done: false, value: { data: { event: 1 } } });
    const pending = stream.next();
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(ends()).toBe(1);
  });

  test('gives its last answer to a waiting reader, and ends', async () => {
    const { stream, ends } = setup(waitForever());
    await stream.next();
    const pending = stream.next();
    stream.end({ data: { farewell: true } });
    expect(await pending).toEqual({ done: false, value: { data: { farewell: true } } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(ends()).toBe(1);
  });

  test('keeps its farewell for a reader who comes later', async () => {
    const { stream } = setup(waitForever());
    stream.end({ data: { farewell: true } });
    expect(await stream.next()).toEqual({ done: false, value: { data: { farewell: true } } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('reports a source whose clean-up fails, and still ends', async () => {
    const reported = Promise.withResolvers<unknown>();
    const stream = new EventStream({
      source: {
        next: () => new Promise(() => {}),
        return: () => Promise.reject(new Error('clean-up')),
      },
      execute: async () => ({ data: null }),
      describeFailure: (error) => {
        reported.resolve(error);
        return { data: null };
      },
      onEnd: () => {},
    });
    await stream.return();
    expect(await reported.promise).toMatchObject({ message: 'clean-up' });
  });
});
