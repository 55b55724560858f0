import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { storeSettings } from '../../setup/settings.ts';
import type { Answer } from '../setup/answers.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { findDead } from '../setup/resources.ts';
import { CHILD_KEY, ServiceChild, serverVariables, workerVariables } from '../setup/service-child.ts';

const TIMES = 50;

let bench: ProvisioningBench;
let servers: readonly { readonly child: ServiceChild; readonly portal: Portal }[] = [];
let workers: readonly ServiceChild[] = [];
const answers: Answer[] = [];
beforeAll(async () => {
  bench = await ProvisioningBench.start({ worker: false });
  await takeForReal(bench, true);
  workers = [1, 2].map(() => new ServiceChild(workerVariables(bench)));
  const children = [1, 2].map(() => new ServiceChild(serverVariables(bench)));
  servers = await Promise.all(
    children.map(async (child) => ({ child, portal: new Portal(await child.ready(), CHILD_KEY) })),
  );
  for (const worker of workers) await worker.ready();
});
afterAll(async () => {
  for (const child of [...workers, ...servers.map((server) => server.child)]) await child.kill();
  await bench.stop();
});

function there(): Portal {
  const server = servers.at(-1);
  if (server === undefined) throw new Error('no gateway was started');
  return server.portal;
}

async function expectIntact(): Promise<void> {
  const found = await findViolations(bench, { processes: workers.length, answers });
  const children = [...workers, ...servers.map((server) => server.child)];
  const living = Object.fromEntries(children.map((child) => [`process ${child.pid}`, child]));
  expect([...found, ...findDead(living)]).toEqual([]);
}

test(`the same submission ${TIMES} times at once, at two gateways, is one request`, async () => {
  const input = batchOf(20);
  const replies = await Promise.all(
    Array.from({ length: TIMES }, async (_, n) => servers[n % servers.length]?.portal.createAccounts(input)),
  );
  expect(replies.filter((reply) => !reply.replayed)).toHaveLength(1);
  for (const reply of replies) {
    expect(reply.userErrors).toEqual([]);
    answers.push({ key: input.businessKey, requestId: reply.request.requestId });
  }
  const requestId = replies[0]?.request.requestId;
  const seen = await Promise.all(servers.map(({ portal }) => followProgress(requestId, () => portal)));
  expect(seen.flatMap((events) => findProgressViolations(events))).toEqual([]);
  const tasks = await sql<{ outcomes: string }>`
    select string_agg(outcome, ',') as outcomes from task_attempt group by task_id`.execute(bench.sql);
  // Two workers, and nobody took what the other had.
  expect(tasks.rows.map(({ outcomes }) => outcomes)).toEqual(Array.from({ length: 60 }, () => 'CREATED'));
  await expectIntact();
});

test('the same task sent ten times over to two workers is done once', async () => {
  await storeSettings(bench.sql, { task_processing_enabled: false });
  const input = batchOf(5, { systemList: ['IDAAS'] });
  const requestId = await there().submit(input);
  answers.push({ key: input.businessKey, requestId });
  const planned = await bench.until('the tasks being planned', async () => {
    const { rows } = await sql<{ id: string }>`
      select id from account_task where status = 'PENDING' and system = 'IDAAS'`.execute(bench.sql);
    return rows.length === 5 ? rows : null;
  });
  // As everybody who finds them ready at the same moment would send them.
  const jobs = planned.map(({ id }) => ({ data: { task: id }, singletonKey: id }));
  await Promise.all(
    Array.from({ length: 10 }, () => bench.core.boss.insert('provisioning.run-task.idaas', jobs)),
  );
  await storeSettings(bench.sql, { task_processing_enabled: true });
  await followProgress(requestId, there);
  await bench.until('the queue being empty', async () => {
    const { rows } = await sql`
      select 1 from pgboss.job where name = 'provisioning.run-task.idaas' and state <= 'active' limit 1`.execute(
      bench.sql,
    );
    return rows.length === 0 ? true : null;
  });
  const { rows } = await sql<{ outcomes: string }>`
    select string_agg(outcome, ',') as outcomes from task_attempt
    where task_id = any(${planned.map(({ id }) => id)}::bigint[]) group by task_id`.execute(bench.sql);
  expect(rows.map(({ outcomes }) => outcomes)).toEqual(planned.map(() => 'CREATED'));
  await expectIntact();
});
