import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Signal } from './signal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A waiter, and whether it has been woken. */
function waitFor(signal: Signal, timeoutMs = 1_000): { woken: boolean; done: Promise<void> } {
  const waiter = { woken: false, done: Promise.resolve() };
  waiter.done = signal.wait(timeoutMs).then(() => {
    waiter.woken = true;
  });
  return waiter;
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

test('a waiter is woken when the signal is raised', async () => {
  const signal = new Signal();
  const waiter = waitFor(signal);
  await settle();
  expect(waiter.woken).toBe(false);
  signal.raise();
  await settle();
  expect(waiter.woken).toBe(true);
});

test('a signal raised without a waiter is remembered for the next one', async () => {
  const signal = new Signal();
  signal.raise();
  const waiter = waitFor(signal);
  await settle();
  expect(waiter.woken).toBe(true);
});

test('raised many times it wakes once: the next waiter waits', async () => {
  const signal = new Signal();
  signal.raise();
  signal.raise();
  await signal.wait(1_000);
  const waiter = waitFor(signal);
  await settle();
  expect(waiter.woken).toBe(false);
});

test('raising a waiter twice leaves nothing for the next one', async () => {
  const signal = new Signal();
  const first = waitFor(signal);
  signal.raise();
  signal.raise();
  await first.done;
  const second = waitFor(signal);
  await settle();
  expect(second.woken).toBe(false);
});

test('a waiter gives up after its time, not before', async () => {
  const signal = new Signal();
  const waiter = waitFor(signal, 1_000);
  await vi.advanceTimersByTimeAsync(999);
  expect(waiter.woken).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(waiter.woken).toBe(true);
});

test('a waiter that was woken leaves no timer behind', async () => {
  const signal = new Signal();
  const waiter = waitFor(signal);
  signal.raise();
  await waiter.done;
  expect(vi.getTimerCount()).toBe(0);
});

test('a signal raised after a waiter gave up is remembered', async () => {
  const signal = new Signal();
  const first = waitFor(signal, 10);
  await vi.advanceTimersByTimeAsync(10);
  await first.done;
  signal.raise();
  const second = waitFor(signal);
  await settle();
  expect(second.woken).toBe(true);
});
