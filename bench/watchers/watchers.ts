import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../application.ts';
import { type Child, startArguments, startChild } from '../child.ts';
import type { Measure } from '../measure.ts';
import { residentMb } from '../processor-time.ts';
import { submit } from '../submit.ts';
import { Watcher } from './watcher.ts';

const SUBSCRIBERS = 5_000;
const REQUESTS = 500;
/** Sockets that are opened at the same time: a portal's users do not all come in one moment. */
const OPENED_AT_ONCE = 100;
const DEADLINE_MS = 300_000;

/**
 * Five thousand WebSocket subscribers of five hundred requests on two servers. One server is ended and started again
 * on the same port while the requests are in progress: all subscribers reconnect and receive the end once.
 */
export const watchers: Measure = (harness) =>
  harness.withService(
    { latencyMs: 20, role: 'server', settings: { task_processing_enabled: false } },
    async (service) => {
      await service.addWorker();
      const port = await freePort();
      let second = await startServer(service, port);
      const urls = [service.url, `http://127.0.0.1:${port}/graphql`];
      const requests: string[] = [];
      for (let count = 0; count < REQUESTS; count += 1)
        requests.push(await submit(service, { users: 1, systems: ['IDAAS', 'WELINK', 'EMAIL'] }));
      const before = residentMb(service.pid) + residentMb(second.pid);
      const audience = Array.from(
        { length: SUBSCRIBERS },
        (_, n) =>
          new Watcher({
            url: urls[n % 2] ?? '',
            key: service.apiKey,
            requestId: requests[n % REQUESTS] ?? '',
          }),
      );
      for (let first = 0; first < SUBSCRIBERS; first += OPENED_AT_ONCE)
        await Promise.all(audience.slice(first, first + OPENED_AT_ONCE).map((watcher) => watcher.watching()));
      await delay(2_000);
      const after = residentMb(service.pid) + residentMb(second.pid);

      // The end comes while half of them are without a server.
      const stopped = second.stop();
      await service.set({ task_processing_enabled: true });
      await stopped;
      const startedAt = performance.now();
      second = await startServer(service, port);
      await untilAll(audience);
      const seconds = (performance.now() - startedAt) / 1_000;
      await second.stop();
      const wrong = audience.filter(({ ends }) => ends !== 1).length;
      const figure = (name: string, unit: string, value: number) => ({
        name,
        unit,
        values: [value],
        limits: null,
        cpuMsPerUnit: null,
      });
      return [
        figure('watchers-memory', 'kB a subscriber', ((after - before) * 1_024) / SUBSCRIBERS),
        figure('watchers-come-back', 's', seconds),
        figure('watchers-without-one-end', 'subscribers', wrong),
      ];
    },
  );

function startServer(service: Service, port: number): Promise<Child> {
  return startChild(startArguments, {
    DATABASE_URL: service.databaseUrl,
    ADMIN_API_KEY: service.apiKey,
    EMAIL_DOMAIN: 'example.com',
    SANDBOX: 'off',
    ROLE: 'server',
    LOG_LEVEL: 'error',
    PORT: String(port),
  });
}

async function untilAll(audience: readonly Watcher[]): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const missing = audience.filter(({ ends }) => ends === 0).length;
    if (missing === 0) return;
    if (performance.now() > deadline) throw new Error(`${missing} subscribers did not hear the end`);
    await delay(100);
  }
}

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
