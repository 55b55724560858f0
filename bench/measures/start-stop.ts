import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startArguments, startChild } from '../child.ts';
import type { Harness } from '../harness.ts';
import { type Figure, type Measure, quantile } from '../measure.ts';
import { isAlive, processorMs } from '../processor-time.ts';
import { planned, submit } from '../submit.ts';

const ROUNDS = 3;
const TASKS = 1_000;
const LATENCY_MS = 250;
const LOOK_EVERY_MS = 5;

/**
 * From the process's start until it serves, with a database and with nothing at all (initdb and migrations included), and
 * from SIGTERM in the middle of the work until it has ended, with nothing left under way.
 */
export const startStop: Measure = async (harness) => {
  const external: Start[] = [];
  const embedded: Start[] = [];
  const stops: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    external.push(await harness.withDatabase((url) => startOnce({ DATABASE_URL: url, SANDBOX: 'on' })));
    embedded.push(await startOnce({}));
    stops.push(await stopOnce(harness));
  }
  return [
    startFigure('start-database', external),
    startFigure('start-embedded', embedded),
    { name: 'stop', unit: 'ms', values: stops, limits: null, cpuMsPerUnit: null },
  ];
};

interface Start {
  readonly tookMs: number;
  /** Of the service alone: steady even when the machine is busy. */
  readonly cpuMs: number;
}

function startFigure(name: string, starts: readonly Start[]): Figure {
  const cpuMsPerUnit = quantile(
    starts.map(({ cpuMs }) => cpuMs),
    0.5,
  );
  return { name, unit: 'ms', values: starts.map(({ tookMs }) => tookMs), limits: null, cpuMsPerUnit };
}

async function startOnce(variables: Readonly<Record<string, string>>): Promise<Start> {
  const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-bench-start-'));
  // Postgres runs as another account when we are root, and must be able to reach its data.
  chmodSync(dataDir, 0o755);
  try {
    const startedAt = performance.now();
    const base = { PORT: '0', DATA_DIR: dataDir, ADMIN_API_KEY: 'bench-bench-bench-bench-bench' };
    const child = await startChild(startArguments, { LOG_LEVEL: 'warn', ...base, ...variables });
    const start = { tookMs: performance.now() - startedAt, cpuMs: processorMs(child.pid) };
    await child.stop();
    return start;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function stopOnce(harness: Harness): Promise<number> {
  const settings = { max_concurrency_idaas: 64 };
  return harness.withService({ latencyMs: LATENCY_MS, settings }, async (service) => {
    const requestId = await submit(service, { users: TASKS, systems: ['IDAAS'] });
    await planned(service, requestId);
    const startedAt = performance.now();
    process.kill(service.pid, 'SIGTERM');
    while (isAlive(service.pid)) await delay(LOOK_EVERY_MS);
    const tookMs = performance.now() - startedAt;
    const { rows } = await service.sql.query<{ left: number; open: number }>(
      `select count(*) filter (where status = 'PENDING')::int as left,
         count(*) filter (where status = 'PROCESSING')::int as open from account_task`,
    );
    const [found] = rows;
    if (found === undefined || found.left === 0 || found.open > 0)
      throw new Error(`It did not stop in the middle and in order: ${JSON.stringify(found)}`);
    return tookMs;
  });
}
