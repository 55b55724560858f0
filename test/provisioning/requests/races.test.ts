import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredSystems } from '../../../src/application/upstreams.ts';
import { upsertDepartmentMappings } from '../../../src/jobs/provisioning/mappings/upsert-department-mappings.ts';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { retryRequest } from '../../../src/jobs/provisioning/requests/retry-request.ts';
import { sweep } from '../../../src/jobs/provisioning/sweep.ts';
import { createLogger } from '../../../src/logger.ts';
import { ProvisioningBench, sampleUser } from '../../setup/provisioning.ts';

describe('everything at once about the same people', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
    await bench.startWorker();
  });
  afterAll(() => bench.stop());

  const people = Array.from({ length: 40 }, (_, n) => ({
    ...sampleUser(n),
    departmentCode: n % 8 === 0 ? 'LATER' : 'D001',
  }));
  const sweepNow = () =>
    sweep({
      em: bench.core.orm.em.fork(),
      boss: bench.core.boss,
      settings: bench.settings,
      systems: registeredSystems,
      logger: createLogger({ level: 'silent', pretty: false }),
    });
  const publicId = async (id: string) => (await bench.request(id)).request_id;

  it('ends with one account each, nothing stuck and no deadlock', async () => {
    const { control } = bench.sandbox;
    await control.addFault({
      system: '*',
      operation: 'create',
      fault: 'answer-lost',
      times: 'forever',
      probability: 0.1,
    });
    await control.addFault({
      system: '*',
      operation: 'create',
      fault: 'reset',
      times: 'forever',
      probability: 0.1,
      seed: 2,
    });
    const submit = (n: number) =>
      bench.submit(n % 2 === 0 ? people : people.toReversed(), {
        originSystem: `O${n % 3}`,
        systems: n % 3 === 0 ? ['WELINK', 'EMAIL'] : ['EMAIL', 'IDAAS', 'WELINK'],
      });
    const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => submit(n)));
    const [first = '', second = '', ...kept] = ids;
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([
        cancelRequest(bench.context, { requestId: await publicId(first) }),
        cancelRequest(bench.context, { requestId: await publicId(second) }),
        sweepNow(),
        ...kept.map(async (id) =>
          retryRequest(bench.context, { requestId: await publicId(id), systems: null }),
        ),
      ]);
      await Promise.all([
        retryRequest(bench.context, { requestId: await publicId(first), systems: null }),
        sweepNow(),
        upsertDepartmentMappings(bench.context, {
          skipBad: false,
          mappings: [{ idataDepartmentCode: 'LATER', idaasDepartmentCode: `WW-${round}`, ou: 'OU=LATER' }],
        }),
      ]);
    }
    for (const id of kept)
      await bench.until(`request ${id} being completed`, async () =>
        (await bench.request(id)).status === 'COMPLETED' ? true : null,
      );
    for (const id of [first, second]) await bench.finished(id);

    const accounts = { IDAAS: 40, WELINK: 40, EMAIL: 40 };
    expect(control.counts().accounts).toEqual(accounts);
    const { rows } = await sql`
      select (select count(*) from account where state = 'ACTIVE')::int as accounts,
        (select count(*) from task_attempt where finished_at is null)::int as open_attempts,
        (select count(*) from account_task where status in ('PROCESSING', 'UNCERTAIN'))::int as in_flight,
        (select count(*) from request_item where status in ('PENDING', 'SYNCED', 'TASK_CREATED'))::int as open_items,
        (select count(*) from request_item i join account_request r on r.id = i.request_id
          where i.settled_count <> cardinality(r.system_list))::int as unsettled,
        (select count(*) from pgboss.job where name like '%.dead')::int as dead,
        (select deadlocks from pg_stat_database where datname = current_database())::int as deadlocks`.execute(
      bench.sql,
    );
    expect(rows).toEqual([
      { accounts: 120, open_attempts: 0, in_flight: 0, open_items: 0, unsettled: 0, dead: 0, deadlocks: 0 },
    ]);
  });
});
