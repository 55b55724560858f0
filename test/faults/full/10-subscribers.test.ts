import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { API_KEY, ApiBench } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import { allOf, Portal, type ProgressEvent } from '../../setup/portal.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations } from '../setup/progress.ts';
import { findResourceViolations, readResources } from '../setup/resources.ts';

const SUBSCRIBERS = 200;
/** These lose their connection after some events and come back. */
const RECONNECTING = 20;
const PEOPLE = 200;

let bench: ApiBench;
beforeAll(async () => {
  const rates = {
    rate_limit_idaas_per_second: 40,
    rate_limit_welink_per_second: 40,
    rate_limit_email_per_second: 40,
  };
  bench = await ApiBench.start({ settings: rates });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

/** One that subscribes and then reads nothing. */
async function startDeaf(requestId: string): Promise<WebSocket> {
  const socket = new WebSocket(bench.url.replace('http', 'ws'), 'graphql-transport-ws');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${API_KEY}` } }));
  await answered;
  const query = `subscription { requestProgress(requestId: "${requestId}") { percent changedItems { employeeNumber explanation } } }`;
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  socket.pause();
  return socket;
}

async function reconnecting(requestId: string, after: number): Promise<ProgressEvent[]> {
  const seen: ProgressEvent[] = [];
  const portal = new Portal(bench.url, API_KEY);
  for await (const event of portal.watch(requestId, after % 2 === 0 ? 'websocket' : 'sse')) {
    seen.push(event);
    if (seen.length === after || event.final) break;
  }
  if (seen.at(-1)?.final === true) return seen;
  return [...seen, ...(await allOf(portal.watch(requestId)))];
}

test('200 subscribers of one request, one that reads nothing, twenty that come back in the middle', async () => {
  const before = await readResources(bench.db);
  const requestId = await bench.portal.submit(batchOf(PEOPLE));
  const deaf = await startDeaf(requestId);
  const streams = await Promise.all(
    Array.from({ length: SUBSCRIBERS }, (_, index) =>
      index < RECONNECTING
        ? reconnecting(requestId, 1 + (index % 4))
        : allOf(new Portal(bench.url, API_KEY).watch(requestId, index % 2 === 0 ? 'websocket' : 'sse')),
    ),
  );
  const violations = streams.flatMap((events) => findProgressViolations(events));
  for (const events of streams)
    expect(events.at(-1)).toMatchObject({
      percent: 100,
      completedUsers: PEOPLE,
      request: { status: 'COMPLETED' },
    });
  deaf.terminate();
  const found = await findViolations({ sql: bench.db, sandbox: bench.sandbox }, { processes: 1 });
  expect([...found, ...violations]).toEqual([]);
  // Nobody listens any more: nothing may be left of it.
  await expect.poll(async () => findResourceViolations(before, await readResources(bench.db))).toEqual([]);
  await sql`select 1`.execute(bench.db);
});
