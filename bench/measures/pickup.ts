import pg from 'pg';
import type { Service } from '../application.ts';
import { type Measure, quantile } from '../measure.ts';
import { completed, submit } from '../submit.ts';
import { upstreamCalls } from '../upstream-ledger.ts';

const SAMPLES = 40;
const ROUNDS = 3;

// A row that is not changed keeps the transaction that stored the request, and Postgres knows when that committed.
const WITNESS = `
  create table bench_commit (request_id bigint);
  create function bench_witness() returns trigger language plpgsql as $$
  begin insert into bench_commit values (new.id); return null; end $$;
  create trigger bench_witness after insert on account_request for each row execute function bench_witness()`;

/** From the commit of `createAccounts` to the first call at the upstream, with nothing else to do. */
export const pickup: Measure = (harness) =>
  harness.withService({ latencyMs: 0 }, async (service) => {
    await service.sql.query(WITNESS);
    // The first of all brings tokens and opens connections.
    await completed(service, await submit(service, { users: 1, systems: ['IDAAS'] }));
    const medians: number[] = [];
    const tails: number[] = [];
    const plainMedians: number[] = [];
    const plainTails: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const plain = await notifications(service.databaseUrl);
      plainMedians.push(quantile(plain, 0.5));
      plainTails.push(quantile(plain, 0.99));
      const ours = await pickups(service);
      medians.push(quantile(ours, 0.5));
      tails.push(quantile(ours, 0.99));
    }
    return [
      { name: 'pickup-p50', unit: 'ms', values: medians, limits: plainMedians, cpuMsPerUnit: null },
      { name: 'pickup-p99', unit: 'ms', values: tails, limits: plainTails, cpuMsPerUnit: null },
    ];
  });

async function pickups(service: Service): Promise<number[]> {
  const ids: string[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const requestId = await submit(service, { users: 1, systems: ['IDAAS'] });
    await completed(service, requestId);
    ids.push(requestId);
  }
  const { rows } = await service.sql.query<{ employee_number: string; committed_ms: number }>(
    `select i.employee_number, extract(epoch from pg_xact_commit_timestamp(c.xmin))::float8 * 1000 as committed_ms
     from bench_commit c join account_request r on r.id = c.request_id join request_item i on i.request_id = r.id
     where r.request_id = any($1)`,
    [ids],
  );
  const firstCalls = new Map(
    (await upstreamCalls(service.controlUrl)).toReversed().map((call) => [call.key, call.atMs]),
  );
  return rows.map((row) => (firstCalls.get(row.employee_number) ?? Number.NaN) - row.committed_ms);
}

/** The bare way: NOTIFY on one connection until it is heard on another. */
async function notifications(url: string): Promise<number[]> {
  const listener = new pg.Client({ connectionString: url });
  const sender = new pg.Client({ connectionString: url });
  await Promise.all([listener.connect(), sender.connect()]);
  await listener.query('listen bench');
  const sample: number[] = [];
  for (let count = 0; count < SAMPLES; count += 1) {
    const { promise, resolve } = Promise.withResolvers<void>();
    listener.once('notification', () => resolve());
    const startedAt = performance.now();
    await Promise.all([promise, sender.query('notify bench')]);
    sample.push(performance.now() - startedAt);
  }
  await Promise.all([listener.end(), sender.end()]);
  return sample;
}
