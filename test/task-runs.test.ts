import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertHrPerson, liveJobs } from './setup/facts.ts';
import { TaskRuns } from './setup/operator.ts';
import { ProvisioningBench } from './setup/provisioning.ts';

let bench: ProvisioningBench;
let runs: TaskRuns;
beforeAll(async () => {
  bench = await ProvisioningBench.start({ settings: { task_processing_enabled: false } });
  runs = new TaskRuns(bench);
});
afterAll(() => bench.stop());

/** Every test has people and requests of its own, and finds nothing of the others'. */
beforeEach(async () => {
  await sql`truncate person, account_request, sync_run cascade`.execute(bench.sql);
  await sql`delete from pgboss.job where name like 'provisioning.%' and state < 'active'`.execute(bench.sql);
  await bench.set('task_processing_enabled', false);
  await bench.set('account_creation_enabled', true);
  await bench.set('request_task_creation_enabled', true);
  await bench.set('enabled_account_types', ['IDAAS', 'WELINK', 'EMAIL']);
});
afterEach(() => bench.sandbox.control.removeFaults());

const hr = (number: string, more: { account?: string; email?: string } = {}) =>
  insertHrPerson(bench, {
    number,
    name: '张三',
    phone: `139${number.replace(/\D/g, '').padStart(8, '0')}`,
    ...more,
  });

/** Tasks of everybody, `NUMBER SYSTEM STATUS`. */
async function tasks(): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', p.employee_number, t.system, t.status) as text
    from account_task t join person p on p.id = t.person_id order by p.employee_number, t.id`.execute(
    bench.sql,
  );
  return rows.map(({ text }) => text);
}

/** The newest run of task creation, once it was started so and rests. */
function newest(trigger: string) {
  return bench.until(`a run by ${trigger}`, async () => {
    const [run] = await runs.of('TASK_CREATION');
    return run?.trigger === trigger && run.status !== 'RUNNING' ? run : null;
  });
}

describe('task creation', () => {
  test('plans what people of HR lack, in the order of dependencies, and nothing for others', async () => {
    await hr('E1');
    const known = await hr('E2');
    const left = await hr('E3');
    const failed = await hr('E4');
    const dated = await hr('E5');
    await hr('E6');
    await sql`insert into account (person_id, system, state, identifier, origin)
      values (${known}::bigint, 'IDAAS', 'ACTIVE', 'zE2', 'IMPORTED')`.execute(bench.sql);
    await sql`update person set employee_status = '2' where id = ${left}::bigint`.execute(bench.sql);
    await sql`update person set disable_date = '2020-01-01' where id = ${dated}::bigint`.execute(bench.sql);
    await sql`update person set source = 'REQUEST' where employee_number = 'E6'`.execute(bench.sql);
    await sql`insert into account_task (task_id, person_id, system, status, max_attempts, origin_system)
      values ('f', ${failed}::bigint, 'IDAAS', 'FAILED', 6, 'OA'), ('c', ${failed}::bigint, 'WELINK', 'CANCELLED', 6, 'OA')`.execute(
      bench.sql,
    );

    const dry = await runs.rested(await runs.create({ mode: 'DRY_RUN' }));
    expect(dry).toMatchObject({
      status: 'COMPLETED',
      summary: { people: 3, tasks: { IDAAS: 1, WELINK: 2, EMAIL: 3 }, requestItems: 0 },
      items: {
        nodes: [
          { key: 'E1', outcome: 'WOULD_INSERT', details: { systems: ['IDAAS', 'WELINK', 'EMAIL'] } },
          { key: 'E2', outcome: 'WOULD_INSERT', details: { systems: ['WELINK', 'EMAIL'] } },
          { key: 'E4', outcome: 'WOULD_INSERT', details: { systems: ['EMAIL'] } },
        ],
      },
    });
    expect(await tasks()).toEqual(['E4 IDAAS FAILED', 'E4 WELINK CANCELLED']);

    const run = await runs.rested(await runs.create());
    expect(run).toMatchObject({ status: 'COMPLETED', trigger: 'MANUAL_TASK', summary: dry.summary });
    expect(run.steps.map(({ key, status }: { key: string; status: string }) => [key, status])).toEqual([
      ['requests', 'COMPLETED'],
      ['plan', 'COMPLETED'],
      ['jobs', 'COMPLETED'],
    ]);
    expect(await tasks()).toEqual([
      'E1 IDAAS PENDING',
      'E1 WELINK WAITING',
      'E1 EMAIL WAITING',
      'E2 WELINK PENDING',
      'E2 EMAIL PENDING',
      'E4 IDAAS FAILED',
      'E4 WELINK CANCELLED',
      'E4 EMAIL WAITING',
    ]);
    // As for requests: accounts beside the tasks, names, jobs for what can run.
    const { rows } = await sql`
      select p.employee_number as number, p.reserved_username as login, p.reserved_email_address as email,
        (select count(*)::int from account a where a.person_id = p.id and a.state = 'PLANNED') as planned
      from person p where p.reserved_username is not null order by 1`.execute(bench.sql);
    expect(rows).toEqual([
      { number: 'E1', login: 'zE1', email: expect.stringMatching(/^zhangsan\d*@/), planned: 3 },
      { number: 'E2', login: 'zE2', email: expect.stringMatching(/^zhangsan\d*@/), planned: 2 },
      { number: 'E4', login: 'zE4', email: expect.stringMatching(/^zhangsan\d*@/), planned: 1 },
    ]);
    expect(await liveJobs(bench, 'provisioning.run-task.idaas')).toHaveLength(1);
    expect(await liveJobs(bench, 'provisioning.run-task.welink')).toHaveLength(1);

    expect((await runs.rested(await runs.create())).summary).toMatchObject({
      people: 0,
      tasks: { IDAAS: 0 },
    });
    const others = await runs.rested(await runs.create({ mode: 'DRY_RUN', employeeStatus: ['2'] }));
    expect(others.items.nodes.map(({ key }: { key: string }) => key)).toEqual(['E3']);
    await bench.set('enabled_account_types', ['WELINK']);
    expect(
      (await runs.rested(await runs.create({ mode: 'DRY_RUN', employeeStatus: ['2'] }))).summary.tasks,
    ).toEqual({ WELINK: 1 });
  });

  test('runs to accounts, and heals the item of a request that lacked what HR now brings', async () => {
    await hr('E1');
    await bench.set('task_processing_enabled', true);
    const request = await bench.submit([{ employeeNumber: 'E1' }], { systems: ['WELINK'] });
    expect(await bench.finished(request)).toMatchObject({ items: [{ error_code: 'DEPENDENCY_MISSING' }] });
    const run = await runs.rested(await runs.create());
    expect(run.summary).toMatchObject({ people: 1, tasks: { IDAAS: 1, WELINK: 0, EMAIL: 1 } });
    await bench.until('the request completing', async () =>
      (await bench.request(request)).status === 'COMPLETED' ? true : null,
    );
    expect((await bench.request(request)).round).toBe(2);
    await bench.until('the mailbox', async () =>
      bench.sandbox.control.accounts('EMAIL').some(({ key }) => key === 'zE1') ? true : null,
    );
  });

  test('plans items that wait for it, whatever the switch and the status of their people', async () => {
    await bench.set('request_task_creation_enabled', false);
    const request = await bench.submit([{ employeeNumber: 'R1' }, { employeeNumber: 'R2' }], {
      systems: ['IDAAS', 'WELINK'],
      employeeType: '9',
    });
    await bench.until('the items being synced', async () =>
      (await bench.request(request)).items.every(({ status }) => status === 'SYNCED') ? true : null,
    );
    const summary = { people: 2, tasks: { IDAAS: 2, WELINK: 2, EMAIL: 0 }, requestItems: 2 };
    const dry = await runs.rested(await runs.create({ mode: 'DRY_RUN' }));
    expect(dry.summary).toEqual(summary);
    expect(dry.items.nodes).toMatchObject([
      { key: 'R1', details: { systems: ['IDAAS', 'WELINK'] } },
      { key: 'R2' },
    ]);
    // What starts by itself leaves them to the switch: the run that this one begins, and that of the schedule.
    await bench.set('task_auto_creation_enabled', true);
    expect((await newest('EVENT')).summary).toMatchObject({ people: 0, requestItems: 0 });
    await bench.core.boss.send('provisioning.create-tasks', { schedule: 'task_creation' });
    expect((await newest('SCHEDULED_TASK')).summary).toMatchObject({ people: 0, requestItems: 0 });
    await bench.set('task_auto_creation_enabled', false);

    expect((await runs.rested(await runs.create())).summary).toEqual(summary);
    expect((await bench.request(request)).items.map(({ status }) => status)).toEqual([
      'TASK_CREATED',
      'TASK_CREATED',
    ]);
  });
});
