import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../application.ts';
import { callsPerSecond } from '../http-client.ts';
import { type Measure, quantile } from '../measure.ts';
import { openLoop } from '../open-loop.ts';
import { residentMb } from '../processor-time.ts';
import { batchBody } from '../submit.ts';

const PEAK_MS = 5_000;
const CALLERS = 16;
const SOAK_MS = 600_000;
/** Caches fill and code is compiled first. */
const WARM_UP_MS = 120_000;
const LOOK_EVERY_MS = 1_000;
/** Memory goes up and down with each collection: the lowest of this many samples is what stays. */
const WINDOW = 30;
const LATENCY_MS = 20;

/** Ten minutes at half of what it can do, from call to account: does its memory grow, do its handles? */
export const soak: Measure = (harness) =>
  harness.withService({ latencyMs: LATENCY_MS }, async (service) => {
    const body = () => batchBody({ users: 1, systems: ['IDAAS', 'WELINK', 'EMAIL'] });
    const { perSecond: peak, count } = await callsPerSecond(() => service.http.post(body()), {
      callers: CALLERS,
      durationMs: PEAK_MS,
    });
    // Half of the calls completed in time, not of those accepted: a growing queue would be measured otherwise.
    const startedAt = performance.now();
    await finished(service);
    const sustained = Math.min(peak, (count * 1_000) / (PEAK_MS + performance.now() - startedAt));
    const load = openLoop({
      url: service.url,
      headers: { authorization: `Bearer ${service.apiKey}` },
      perSecond: sustained / 2,
      durationMs: WARM_UP_MS + SOAK_MS,
      body,
    });
    await delay(WARM_UP_MS);
    const handlesBefore = handlesOf(service.pid);
    const lowest: number[] = [];
    for (let looked = 0; looked < SOAK_MS; looked += WINDOW * LOOK_EVERY_MS) {
      const window: number[] = [];
      for (let look = 0; look < WINDOW; look += 1) {
        window.push(residentMb(service.pid));
        await delay(LOOK_EVERY_MS);
      }
      lowest.push(quantile(window, 0));
    }
    const handles = handlesOf(service.pid) - handlesBefore;
    const { good, sent } = await load;
    if (good < sent) process.stderr.write(`soak: ${sent - good} of ${sent} calls were not accepted\n`);
    await finished(service);
    const perMinute = slope(lowest) * (60_000 / (WINDOW * LOOK_EVERY_MS));
    return [
      { name: 'soak-memory', unit: 'MB/min', values: [perMinute], limits: null, cpuMsPerUnit: null },
      { name: 'soak-handles', unit: 'handles', values: [handles], limits: null, cpuMsPerUnit: null },
    ];
  });

function finished(service: Service): Promise<void> {
  return service.until(
    `select not exists (select 1 from account_request where status in ('PENDING', 'PROCESSING')) as done`,
  );
}

function handlesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Least squares: by how much a value grows per step. */
function slope(values: readonly number[]): number {
  const meanStep = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [above, below] = values.reduce(
    ([a, b], value, step) => [a + (step - meanStep) * (value - mean), b + (step - meanStep) ** 2],
    [0, 0],
  );
  return above / below;
}
