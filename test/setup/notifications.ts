import pg from 'pg';
import { vi } from 'vitest';

export interface Notifications {
  /** Everything heard so far on the service's channel, parsed, in order. */
  readonly heard: readonly unknown[];
  /** Waits until all that was committed before this call is heard. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'accountsync';

/** Listens on the service's channel of a test database. */
export async function listenTo(url: string): Promise<Notifications> {
  const client = new pg.Client({ connectionString: url });
  const heard: unknown[] = [];
  const marks = new Set<string>();
  client.on('notification', ({ payload = '' }) => {
    if (payload.startsWith('mark')) marks.add(payload);
    else heard.push(JSON.parse(payload));
  });
  client.on('error', () => {});
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  let lastMark = 0;
  return {
    heard,
    async caughtUp() {
      lastMark += 1;
      const mark = `mark ${lastMark}`;
      // Postgres delivers in the order of commits, so this one comes after everything before it.
      await client.query('select pg_notify($1, $2)', [CHANNEL, mark]);
      await vi.waitUntil(() => marks.has(mark), { timeout: 60_000, interval: 1 });
    },
    close: () => client.end(),
  };
}
