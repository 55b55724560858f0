// graphile-worker with jobs that each make one HTTP call: `node graphile-worker.mjs DATABASE_URL UPSTREAM_URL JOBS CONCURRENCY`
// queues the jobs, drains them, and prints {"seconds"}.
import { Agent, request } from 'node:http';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';

const [connectionString = '', upstream = '', jobs = '0', concurrency = '0'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });
const logger = new Logger(() => () => {});
const pgPool = new pg.Pool({ connectionString, max: 10 });
pgPool.on('error', () => {});
pgPool.on('connect', (client) => client.on('error', () => {}));

function call() {
  const { promise, resolve, reject } = Promise.withResolvers();
  request(upstream, { agent }, (answer) => {
    answer.resume();
    answer.once('end', resolve);
  })
    .once('error', reject)
    .end();
  return promise;
}

const utils = await makeWorkerUtils({ pgPool, logger });
await utils.migrate();
await pgPool.query(
  `select count(graphile_worker.add_job('call', json_build_object('n', n))) from generate_series(1, $1::int) n`,
  [Number(jobs)],
);
const all = Promise.withResolvers();
let left = Number(jobs);
const startedAt = performance.now();
const runner = await run({
  pgPool,
  logger,
  concurrency: Number(concurrency),
  noHandleSignals: true,
  preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  taskList: {
    call: async () => {
      await call();
      left -= 1;
      if (left === 0) all.resolve();
    },
  },
});
await all.promise;
const seconds = (performance.now() - startedAt) / 1_000;
await runner.stop();
process.stdout.write(`${JSON.stringify({ seconds })}\n`);
process.exit(0);
