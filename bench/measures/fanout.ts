import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Service } from '../application.ts';
import { withLimit } from '../limit.ts';
import { interleave, type Measure, quantile } from '../measure.ts';
import { submit } from '../submit.ts';

const SUBSCRIBERS = 1_000;
const CHANGES = 8;
/** Subscribers hear of changes at most every 250 ms. */
const SPACING_MS = 500;
const ROUNDS = 3;

const WATCH = `subscription Watch($requestId: String!) { requestProgress(requestId: $requestId) {
  final percent completedUsers failedUsers totalUsers taskCounts { system status count } request { status } } }`;

/** One change of one request until the last of its subscribers has heard, against the same text by bare `ws`. */
export const fanout: Measure = (harness) => {
  const settings = { task_processing_enabled: false };
  return harness.withService({ latencyMs: 0, settings }, async (service) => {
    const requestId = await submit(service, { users: 100, systems: ['IDAAS', 'WELINK', 'EMAIL'] });
    return withLimit(service.databaseUrl, async (limit) => {
      const subscribers = await Audience.gather(service.url, (socket) =>
        subscribe(socket, service, requestId),
      );
      const listeners = await Audience.gather(limit.url);
      const text = await textOf(subscribers, () => change(service, requestId));
      let cpuMs = 0;
      const rounds = await interleave({
        rounds: ROUNDS,
        limit: () =>
          heardPerSecond(listeners, () => service.sql.query(`select pg_notify('bench', $1)`, [text])),
        ours: async () => {
          const before = service.processorMs() + harness.postgresMs();
          const value = await heardPerSecond(subscribers, () => change(service, requestId));
          cpuMs += service.processorMs() + harness.postgresMs() - before;
          return value;
        },
      });
      subscribers.leave();
      listeners.leave();
      const cpuMsPerUnit = cpuMs / (ROUNDS * CHANGES * SUBSCRIBERS);
      return [{ name: 'fanout', unit: 'messages/s', ...rounds, cpuMsPerUnit }];
    });
  });
};

async function change(service: Service, requestId: string): Promise<void> {
  await service.sql.query(
    `with changed as (update account_request set updated_at = clock_timestamp() where request_id = $1 returning request_id)
     select pg_notify('accountsync', json_build_object('request', request_id)::text) from changed`,
    [requestId],
  );
}

async function heardPerSecond(audience: Audience, say: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < CHANGES; count += 1) {
    await delay(SPACING_MS);
    const startedAt = performance.now();
    const heard = audience.everybodyHears();
    await say();
    await heard;
    times.push(performance.now() - startedAt);
  }
  return (SUBSCRIBERS * 1_000) / quantile(times, 0.5);
}

async function textOf(audience: Audience, say: () => Promise<unknown>): Promise<string> {
  await delay(SPACING_MS);
  const heard = audience.everybodyHears();
  await say();
  await heard;
  return audience.last;
}

/** Speaks the protocol itself: a client library would cost more than what is measured. */
function subscribe(socket: WebSocket, service: Service, requestId: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${service.apiKey}` } }),
  );
  socket.on('message', (data) => {
    const text = String(data);
    if (text.includes('"connection_ack"')) {
      const payload = { query: WATCH, variables: { requestId } };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    }
    if (text.includes('"next"')) resolve();
  });
  return promise;
}

class Audience {
  readonly #sockets: WebSocket[] = [];
  #missing = 0;
  #complete = () => {};
  last = '';

  static async gather(url: string, greet?: (socket: WebSocket) => Promise<void>): Promise<Audience> {
    const audience = new Audience();
    for (let count = 0; count < SUBSCRIBERS; count += 1) {
      const socket = new WebSocket(url.replace(/^http/, 'ws'), ['graphql-transport-ws'], {
        perMessageDeflate: false,
      });
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      socket.once('open', () => resolve());
      socket.once('error', reject);
      await promise;
      await greet?.(socket);
      audience.#add(socket);
    }
    return audience;
  }

  /** Resolves when each has had one more message. */
  everybodyHears(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#missing = this.#sockets.length;
    this.#complete = resolve;
    return promise;
  }

  leave(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  #add(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on('message', (data) => {
      this.#missing -= 1;
      if (this.#missing > 0) return;
      this.last = String(data);
      this.#complete();
    });
  }
}
