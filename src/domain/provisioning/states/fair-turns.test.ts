import { describe, expect, test } from 'vitest';
import { firstTurn, jobPriority, type LastTurns, turnOf } from './fair-turns.ts';
import { type Priority, priorities } from './states.ts';

interface QueuedJob {
  readonly origin: string;
  readonly priority: number;
}

/** A queue as pg-boss serves it: the highest number first, then the oldest. */
class Queue {
  readonly #lastTurns = new Map<string, Partial<Record<Priority, number>>>();
  #jobs: QueuedJob[] = [];
  #currentTurn = 0;

  add(origin: string, count: number, priority: Priority = 'NORMAL'): void {
    const lastTurns = this.#lastTurns.get(origin) ?? {};
    const first = firstTurn(priority, lastTurns, this.#currentTurn);
    const jobs = Array.from({ length: count }, (_, index) => ({
      origin: priority === 'NORMAL' ? origin : `${origin} ${priority}`,
      priority: jobPriority(first + index, priority),
    }));
    this.#jobs = [...this.#jobs, ...jobs].toSorted((a, b) => b.priority - a.priority);
    this.#lastTurns.set(origin, { ...lastTurns, [priority]: first + count - 1 });
  }

  serve(count: number): string[] {
    const served = this.#jobs.splice(0, count);
    this.#currentTurn = Math.max(this.#currentTurn, ...served.map((job) => turnOf(job.priority)));
    return served.map((job) => job.origin);
  }
}

describe('origin systems', () => {
  test('take turns one by one, however many jobs each has', () => {
    const queue = new Queue();
    queue.add('OA', 10_000);
    queue.add('HR', 3);
    expect(queue.serve(6)).toEqual(['OA', 'HR', 'OA', 'HR', 'OA', 'HR']);
    expect(queue.serve(3)).toEqual(['OA', 'OA', 'OA']);
  });

  test('that come later join at the turn the queue has reached, not behind everything', () => {
    const queue = new Queue();
    queue.add('OA', 10_000);
    queue.serve(500);
    queue.add('HR', 1);
    expect(queue.serve(2)).toContain('HR');
  });

  test('gain nothing by having been silent: they do not catch up on missed turns', () => {
    const queue = new Queue();
    queue.add('HR', 1);
    queue.add('OA', 10_000);
    queue.serve(500);
    queue.add('HR', 100);
    const served = queue.serve(100);
    expect(served.filter((origin) => origin === 'HR')).toHaveLength(50);
  });

  test('gain nothing by asking in many small requests', () => {
    const queue = new Queue();
    queue.add('OA', 1_000);
    for (let request = 0; request < 100; request += 1) queue.add('HR', 10);
    const served = queue.serve(200);
    expect(served.filter((origin) => origin === 'HR')).toHaveLength(100);
  });
});

describe('priority inside one origin', () => {
  test('puts an urgent request at the head of the queue of its own origin', () => {
    const queue = new Queue();
    queue.add('OA', 1_000);
    queue.serve(10);
    queue.add('OA', 1, 'HIGH');
    expect(queue.serve(1)).toEqual(['OA HIGH']);
  });

  test('puts a low request behind what its origin has queued', () => {
    const queue = new Queue();
    queue.add('OA', 5);
    queue.add('OA', 1, 'LOW');
    expect(queue.serve(6).indexOf('OA LOW')).toBe(5);
  });

  test('does not let one origin overtake another for long: the other keeps its turns', () => {
    const queue = new Queue();
    queue.add('HR', 10);
    queue.add('OA', 1_000, 'HIGH');
    const served = queue.serve(20);
    expect(served.filter((origin) => origin === 'HR')).toHaveLength(10);
  });
});

describe('first turn', () => {
  test.for<[Priority, LastTurns, number, number]>([
    ['NORMAL', {}, 0, 1],
    ['NORMAL', {}, 41, 42],
    ['NORMAL', { NORMAL: 60 }, 41, 61],
    ['NORMAL', { NORMAL: 30 }, 41, 42],
    ['HIGH', { NORMAL: 60, LOW: 90 }, 41, 42],
    ['HIGH', { HIGH: 50, NORMAL: 60 }, 41, 51],
    ['LOW', { HIGH: 50, NORMAL: 60, LOW: 55 }, 41, 61],
    ['LOW', { HIGH: 70, NORMAL: 60 }, 41, 71],
  ])('of %s after %o with the queue at %i is %i', ([priority, lastTurns, currentTurn, first]) => {
    expect(firstTurn(priority, lastTurns, currentTurn)).toBe(first);
  });
});

describe('job priority', () => {
  test('is higher for an earlier turn, with any priorities', () => {
    for (const early of priorities)
      for (const late of priorities) expect(jobPriority(7, early)).toBeGreaterThan(jobPriority(8, late));
  });

  test('is higher for a higher priority within one turn', () => {
    expect(jobPriority(7, 'HIGH')).toBeGreaterThan(jobPriority(7, 'NORMAL'));
    expect(jobPriority(7, 'NORMAL')).toBeGreaterThan(jobPriority(7, 'LOW'));
  });

  test('gives back the turn it was made from', () => {
    for (const priority of priorities)
      for (const turn of [1, 2, 3, 1_000, 123_456_789])
        expect(turnOf(jobPriority(turn, priority))).toBe(turn);
  });

  test('fits the integer column of pg-boss for the first seven hundred million turns', () => {
    expect(jobPriority(700_000_000, 'LOW')).toBeGreaterThan(-(2 ** 31));
  });
});
