import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type Measure, quantile } from '../measure.ts';
import { submit } from '../submit.ts';

const LATENCY_MS = 20;
/** IDAAS first, then WELINK and EMAIL side by side: two calls after each other. */
const CRITICAL_PATH_MS = 2 * LATENCY_MS;
const SAMPLES = 15;
const ROUNDS = 3;

const WATCH = `subscription Watch($requestId: String!) {
  requestProgress(requestId: $requestId) { final percent request { status } } }`;
const eventSchema = z.object({
  requestProgress: z.object({ final: z.boolean(), request: z.object({ status: z.string() }) }),
});

/** Two users at three systems, from sending the call until a subscriber hears COMPLETED. */
export const endToEnd: Measure = (harness) =>
  harness.withService({ latencyMs: LATENCY_MS }, async (service) => {
    const client = createClient({
      url: service.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      lazy: false,
      connectionParams: { authorization: `Bearer ${service.apiKey}` },
    });
    const once = async () => {
      const startedAt = performance.now();
      const requestId = await submit(service, { users: 2, systems: ['IDAAS', 'WELINK', 'EMAIL'] });
      let status = '';
      for await (const { data } of client.iterate({ query: WATCH, variables: { requestId } })) {
        status = eventSchema.parse(data).requestProgress.request.status;
      }
      if (status !== 'COMPLETED') throw new Error(`${requestId} ended as ${status}`);
      return performance.now() - startedAt;
    };
    for (let warm = 0; warm < 3; warm += 1) await once();
    const values: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sample: number[] = [];
      for (let count = 0; count < SAMPLES; count += 1) sample.push(await once());
      values.push(quantile(sample, 0.5));
    }
    await client.dispose();
    const limits = values.map(() => CRITICAL_PATH_MS);
    return [{ name: 'end-to-end', unit: 'ms', values, limits, cpuMsPerUnit: null }];
  });
