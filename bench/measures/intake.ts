import { setTimeout as delay } from 'node:timers/promises';
import { intakeTables } from '../copy-items.ts';
import type { Harness } from '../harness.ts';
import type { HttpClient } from '../http-client.ts';
import { withLimit } from '../limit.ts';
import { type Figure, interleave, type Measure } from '../measure.ts';
import { batchBody, requestIdOf } from '../submit.ts';

const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
const ROUNDS = 5;

export const intake1000: Measure = (harness) => measureIntake(harness, { users: 1_000, calls: 10 });
export const intake10000: Measure = (harness) => measureIntake(harness, { users: 10_000, calls: 2 });

/** `createAccounts` over HTTP until the whole answer is there, one call after the other; no worker runs. */
function measureIntake(
  harness: Harness,
  { users, calls }: { readonly users: number; readonly calls: number },
): Promise<Figure[]> {
  const settings = { account_creation_enabled: false };
  return harness.withService({ latencyMs: 0, settings }, async (service) => {
    await service.sql.query(intakeTables);
    return withLimit(service.databaseUrl, async (limit) => {
      const plain = limit.client('intake');
      const blocked: number[] = [];
      let cpuMs = 0;
      let limitCpuMs = 0;
      const usersPerSecond = async (client: HttpClient) => {
        const bodies = Array.from({ length: calls }, () =>
          Buffer.from(batchBody({ users, systems: SYSTEMS })),
        );
        const startedAt = performance.now();
        for (const body of bodies) requestIdOf(await client.post(body));
        return (users * calls * 1_000) / (performance.now() - startedAt);
      };
      await usersPerSecond(plain);
      await usersPerSecond(service.http);
      const rounds = await interleave({
        rounds: ROUNDS,
        limit: async () => {
          const before = limit.processorMs() + harness.postgresMs();
          const value = await usersPerSecond(plain);
          limitCpuMs += limit.processorMs() + harness.postgresMs() - before;
          return value;
        },
        ours: async () => {
          const before = service.processorMs() + harness.postgresMs();
          const value = await usersPerSecond(service.http);
          cpuMs += service.processorMs() + harness.postgresMs() - before;
          return value;
        },
      });
      // Apart, so that the pings cost the figures above nothing.
      for (let round = 0; round < ROUNDS; round += 1) blocked.push(await longestPing(service.http, users));
      const name = `intake-${users}`;
      return [
        {
          name,
          unit: 'users/s',
          ...rounds,
          cpuMsPerUnit: cpuMs / (ROUNDS * calls * users),
          limitCpuMsPerUnit: limitCpuMs / (ROUNDS * calls * users),
        },
        { name: `${name}-blocking`, unit: 'ms', values: blocked, limits: null, cpuMsPerUnit: null },
      ];
    });
  });
}

/** Longest wait of another caller for an answer that costs nothing, while one such call is served. */
async function longestPing(http: HttpClient, users: number): Promise<number> {
  const body = Buffer.from(batchBody({ users, systems: SYSTEMS }));
  let busy = true;
  let longestMs = 0;
  const ping = async () => {
    while (busy) {
      const startedAt = performance.now();
      await http.get('/healthz');
      longestMs = Math.max(longestMs, performance.now() - startedAt);
      await delay(2);
    }
  };
  const pinging = ping();
  await http.post(body);
  busy = false;
  await pinging;
  return longestMs;
}
