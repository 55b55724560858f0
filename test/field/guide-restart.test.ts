import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, TEST_KEY } from '../setup/server.ts';

const GUIDES = ['docs/api.md', 'docs/browser-watch.md'] as const;
const guide = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
/** How long a client of the guide waits before its next try, in seconds. */
const WAIT = /^ *const seconds = (.+);$/m;
/** A test's second is this much shorter than a guide's. */
const SCALE = 200;
const CLIENTS = 30;
/** So many tries of the guide take three minutes and more. */
const TRIES = 10;

function waitOfGuide(path: string): (retries: number) => number {
  const expression = WAIT.exec(guide(path))?.[1] ?? '';
  const wait: unknown = new Function('retries', `return ${expression}`);
  if (typeof wait !== 'function') throw new Error('the guide has no wait');
  return (retries) => Number(wait(retries));
}

describe('GQ07', () => {
  test.each(GUIDES)('%s tells clients to try for as long as it takes, not all at the same moment', (path) => {
    const text = guide(path);
    expect(text).toContain('shouldRetry: () => true');
    expect(text).toContain('retryAttempts: Number.POSITIVE_INFINITY');
    expect(text).toMatch(/connectionParams: async \(\) => \(\{ authorization/);
    const wait = waitOfGuide(path);
    for (const retries of [0, 1, 5, 100, 100_000]) {
      const waits = Array.from({ length: 50 }, () => wait(retries));
      expect(Math.max(...waits)).toBeLessThanOrEqual(30);
      expect(Math.min(...waits)).toBeGreaterThan(0.4);
      expect(new Set(waits).size).toBeGreaterThan(40);
    }
  });

  test('clients of the guide survive a restart of minutes, asked for their credential anew, and go on', async () => {
    const first = await startTestServer();
    const wait = waitOfGuide('docs/api.md');
    const clients = Array.from({ length: CLIENTS }, () => {
      const seen = { connected: 0, asked: 0, tries: 0, waitedSeconds: 0 };
      const client = createClient({
        url: first.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        lazy: false,
        connectionParams: async () => {
          seen.asked += 1;
          return { authorization: `Bearer ${TEST_KEY}` };
        },
        shouldRetry: () => true,
        retryAttempts: Number.POSITIVE_INFINITY,
        retryWait: async (retries) => {
          const seconds = wait(retries);
          seen.tries += 1;
          seen.waitedSeconds += seconds;
          await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / SCALE));
        },
        on: {
          connected: () => {
            seen.connected += 1;
          },
        },
      });
      return { client, seen };
    });
    const events: unknown[] = [];
    const failures: unknown[] = [];
    const [watcher] = clients;
    watcher?.client.subscribe(
      { query: 'subscription { ticks(factor: 2) }' },
      { next: (event) => events.push(event), error: (error) => failures.push(error), complete: () => {} },
    );
    try {
      first.source.push(1);
      await expect.poll(() => events).toEqual([{ data: { ticks: 2 } }]);
      await expect.poll(() => clients.every(({ seen }) => seen.connected === 1)).toBe(true);
      await first.close({ timeoutMs: 0 });
      await expect.poll(() => clients.every(({ seen }) => seen.tries >= TRIES)).toBe(true);
      expect(Math.min(...clients.map(({ seen }) => seen.waitedSeconds))).toBeGreaterThan(100);
      await using second = await startTestServer({ port: first.port });
      second.source.push(21);
      await expect.poll(() => clients.every(({ seen }) => seen.connected === 2)).toBe(true);
      await expect.poll(() => events).toEqual([{ data: { ticks: 2 } }, { data: { ticks: 42 } }]);
      expect(clients.every(({ seen }) => seen.asked >= 2)).toBe(true);
      expect(failures).toEqual([]);
      await Promise.all(clients.map(({ client }) => client.dispose()));
    } finally {
      await Promise.all(clients.map(({ client }) => client.dispose()));
    }
  });
});
