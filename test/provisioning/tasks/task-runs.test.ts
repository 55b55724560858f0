import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../src/entities/transaction.ts';
import { createTasks } from '../../../src/jobs/provisioning/task-runs/create-tasks.ts';
import { beginCreateTasks } from '../../../src/jobs/provisioning/task-runs/start-create-tasks.ts';
import { insertHrPerson, liveJobs } from '../../setup/facts.ts';
import { TaskRuns } from '../../setup/operator.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

let bench: ProvisioningBench;
let runs: TaskRuns;
beforeAll(async () => {
  bench = await ProvisioningBench.start({
    settings: {
      task_processing_enabled: false,
      // So that no schedule fires by the real clock while a test counts runs.
      task_creation_interval_minutes: 1_440,
    },
  });
  runs = new TaskRuns(bench);
});
afterAll(() => bench.stop());

/** Every test has people and requests of its own, and finds nothing of the others'. */
beforeEach(async () => {
  await bench.sandbox.control.reset();
  await sql`truncate person, account_request, sync_run cascade`.execute(bench.sql);
  await sql`delete from pgboss.job where name like 'provisioning.%' and state < 'active'`.execute(bench.sql);
  await bench.set('task_processing_enabled', false);
  await bench.set('account_creation_enabled', true);
  await bench.set('request_task_creation_enabled', true);
  await bench.set('enabled_account_types', ['IDAAS', 'WELINK', 'EMAIL']);
});
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
      (await tasks()).includes('E1 EMAIL COMPLETED') ? true : null,
    );
    expect(bench.sandbox.control.accounts('EMAIL').map(({ key }) => key)).toEqual(['zE1']);
  });

  test('plans items that wait for it, with any switch and any status of their people', async () => {
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

describe('more people than may be planned without asking', () => {
  beforeEach(async () => {
    await bench.set('task_creation_threshold_people', 2);
    for (const number of ['E1', 'E2', 'E3']) await hr(number);
    await bench.set('task_auto_creation_enabled', true);
  });
  afterEach(() => bench.set('task_auto_creation_enabled', false));

  const asking = () =>
    bench.until('the run asking', async () => {
      const [run] = await runs.of('TASK_CREATION');
      return run?.status === 'AWAITING_CONFIRMATION' ? run : null;
    });

  test('wait for a person, with who they are; a yes plans them', async () => {
    const run = await asking();
    expect(run).toMatchObject({
      trigger: 'EVENT',
      createdBy: null,
      summary: {
        people: 3,
        tasks: { IDAAS: 3, WELINK: 3, EMAIL: 3 },
        confirmation: { count: 3, limit: 2 },
      },
    });
    expect(run.items.nodes).toHaveLength(3);
    expect(run.items.nodes[0]).toMatchObject({ key: 'E1', outcome: 'PENDING' });
    expect(await tasks()).toEqual([]);
    const { syncStatus } = await runs.ask(
      '{ syncStatus(kind: [TASK_CREATION]) { awaitingConfirmation { runId } runningRun { runId } lastSuccessfulRun { runId } } }',
    );
    expect(syncStatus).toEqual([
      { awaitingConfirmation: { runId: run.runId }, runningRun: null, lastSuccessfulRun: null },
    ]);
    await runs.tell('confirmRun', run.runId);
    expect(await runs.rested({ run })).toMatchObject({
      status: 'COMPLETED',
      summary: { people: 3, confirmation: { count: 3 } },
      items: { nodes: [] },
    });
    expect(await tasks()).toHaveLength(9);
  });

  test('are not asked about again after a no, until something about them changes or by hand', async () => {
    const run = await asking();
    await runs.tell('rejectRun', run.runId);
    await bench.core.boss.send('provisioning.create-tasks', { schedule: 'task_creation' });
    expect(await newest('SCHEDULED_TASK')).toMatchObject({ status: 'COMPLETED', summary: { people: 0 } });
    expect(await tasks()).toEqual([]);
    const WHY = `{ whyNot(employeeNumber: "E2", system: IDAAS) { state code whatToDo run { runId } explanation } }`;
    const { whyNot } = await runs.ask(WHY);
    expect(whyNot).toMatchObject({
      state: 'NOT_WANTED',
      code: 'CREATION_REJECTED',
      run: { runId: run.runId },
      explanation: expect.stringContaining('rejected by admin'),
      whatToDo: expect.stringContaining('createAccountTasks'),
    });
    expect((await runs.ask(WHY, {}, 'ZH_CN')).whyNot.explanation).toContain('否决');
    // One of them changes: who was not asked about as they are now is few enough to be planned.
    await sql`update person set updated_at = clock_timestamp() where employee_number = 'E2'`.execute(
      bench.sql,
    );
    await bench.core.boss.send('provisioning.create-tasks', { schedule: 'task_creation' });
    // Its run has to end: a schedule that fires while one is under way joins it.
    await bench.until('the changed one being planned', async () => {
      const [planning] = await runs.of('TASK_CREATION');
      return planning?.status === 'COMPLETED' && (await tasks()).length === 3 ? true : null;
    });
    expect(new Set((await tasks()).map((task) => task.slice(0, 2)))).toEqual(new Set(['E2']));
    // A day later they are asked about anew; and a person's own run takes them at once.
    await sql`update sync_run set rejected_at = rejected_at - interval '25 hours' where run_id = ${run.runId}`.execute(
      bench.sql,
    );
    await bench.set('task_creation_threshold_people', 1);
    await bench.core.boss.send('provisioning.create-tasks', { schedule: 'task_creation' });
    const again = await asking();
    expect(again.summary.confirmation).toEqual({ count: 2, limit: 1 });
    await runs.tell('rejectRun', again.runId);
    expect((await runs.rested(await runs.create())).summary).toMatchObject({ people: 2 });
  });

  test('are planned by a call, which is the yes; other statuses than those asked about are not', async () => {
    await asking();
    expect(await runs.create({ employeeStatus: ['2'] })).toMatchObject({
      run: null,
      userErrors: [{ code: 'INVALID_STATE', path: ['employeeStatus'] }],
    });
    const dry = await runs.create({ mode: 'DRY_RUN' });
    expect(dry.joined).toBe(false);
    expect((await runs.rested(dry)).summary.people).toBe(3);
    const joined = await runs.create();
    expect(joined).toMatchObject({ joined: true, run: { trigger: 'EVENT' } });
    expect(await runs.rested(joined)).toMatchObject({ status: 'COMPLETED', summary: { people: 3 } });
    expect(await liveJobs(bench, 'provisioning.run-task.idaas')).toHaveLength(3);
  });
});

describe('what was planned', () => {
  test('gets its names and jobs from the worker that resumes the run; another run sees later events', async () => {
    await bench.set('task_auto_creation_enabled', true);
    await newest('EVENT');
    await hr('E1');
    const planned = await runs.rested(await runs.create());
    await sql`update sync_run set status = 'CANCELLED', options = options || '{"again": true}'
      where run_id = ${planned.runId}`.execute(bench.sql);
    await sql`update run_step set status = 'CANCELLED', checkpoint = null
      where key = 'jobs' and run_id = (select id from sync_run where run_id = ${planned.runId})`.execute(
      bench.sql,
    );
    await sql`delete from pgboss.job where name like 'provisioning.run-task.%'`.execute(bench.sql);
    await runs.tell('resumeRun', planned.runId);
    expect((await runs.rested({ run: planned })).status).toBe('COMPLETED');
    expect(await liveJobs(bench, 'provisioning.run-task.idaas')).toHaveLength(1);
    expect(await tasks()).toHaveLength(3);
    expect((await newest('EVENT')).summary).toMatchObject({ people: 0 });
    expect(await runs.of('TASK_CREATION')).toHaveLength(3);
    await bench.set('task_auto_creation_enabled', false);
  });
});

test('a run that three workers take for theirs is done once, with names and jobs for everybody', async () => {
  for (const number of ['E1', 'E2', 'E3']) await hr(number);
  const context = {
    ...bench.context,
    defaultEmailDomain: 'example.com',
    stopping: new AbortController().signal,
  };
  const start = { mode: 'RUN', trigger: 'MANUAL_TASK', employeeStatuses: null } as const;
  const run = await inTransaction(bench.context.em, (tx) => beginCreateTasks(tx, bench.context, start));
  await Promise.all([1, 2, 3].map(() => createTasks({ run: run.id, round: run.round }, context)));
  const ended = await runs.rested({ run });
  expect(ended).toMatchObject({ status: 'COMPLETED', summary: { people: 3 } });
  const steps = ended.steps.map(({ key, done }: { key: string; done: number }) => [key, done]);
  expect(steps).toEqual([
    ['requests', 0],
    ['plan', 3],
    ['jobs', 9],
  ]);
  expect(await liveJobs(bench, 'provisioning.run-task.idaas')).toHaveLength(3);
});

describe('processing', () => {
  /** Requests of one person each, planned and left alone. */
  async function plan(numbers: readonly string[], systems: readonly string[] = ['IDAAS', 'WELINK']) {
    const ids: string[] = [];
    for (const employeeNumber of numbers) {
      const id = await bench.submit([{ employeeNumber }], { systems });
      ids.push(id);
      // One after the other: their tasks are in the order of their numbers.
      await bench.until('it being planned', async () =>
        (await bench.request(id)).items[0]?.status === 'TASK_CREATED' ? true : null,
      );
    }
    return ids;
  }

  test('runs the given number of ready tasks once, and tasks they make ready, while the switch is off', async () => {
    const [first = '', , third = ''] = await plan(['A1', 'A2', 'A3'], ['IDAAS', 'WELINK', 'EMAIL']);
    const dry = await runs.rested(await runs.process({ mode: 'DRY_RUN', maxTasks: 2 }));
    const nothing = { completed: 0, retry: 0, failed: 0, givenBack: 0 };
    expect(dry.summary).toEqual({ ...nothing, selected: 2, waiting: 6 });
    const outcomes = dry.items.nodes.map(({ key, outcome, errorCode }: Record<string, string>) =>
      [key?.slice(0, -9), outcome, errorCode].join(' '),
    );
    expect(outcomes.slice(0, 3)).toEqual([
      'A1_IDAAS WOULD_RUN ',
      'A2_IDAAS WOULD_RUN ',
      'A1_WELINK WAITS WAITS_FOR_ACCOUNT',
    ]);
    expect(dry.items.nodes[2].message).toBe(
      'The WELINK task of A1 waits for the IDAAS account; it starts by itself once that exists.',
    );
    const chinese = (await runs.run(dry.runId, 'ZH_CN')).items.nodes[2].message;
    expect(chinese).toBe('A1 的 WELINK 任务等待其 IDAAS 账号；该账号建立后自动开始。');
    const { control } = bench.sandbox;
    expect(control.ledger({ key: 'A1' })).toEqual([]);

    await control.addFault({ system: 'IDAAS', operation: 'create', match: 'A1', fault: 'hang' });
    const started = await runs.process({ maxTasks: 2 });
    expect((await runs.process()).joined).toBe(true);
    await control.whenCalled({ system: 'IDAAS', operation: 'create', key: 'A1', count: 1 });
    control.release();
    expect(await runs.rested(started)).toMatchObject({
      status: 'COMPLETED',
      summary: { ...nothing, selected: 6, completed: 6, waiting: 2 },
      steps: [{ key: 'tasks', done: 6, total: 6 }],
    });
    expect((await bench.finished(first)).status).toBe('COMPLETED');
    expect((await bench.tasks(third)).map((task) => task.outcomes)).toEqual([null, null, null]);
    expect((await bench.tasks(first)).map((task) => task.outcomes)).toEqual([
      ['CREATED'],
      ['CREATED'],
      ['CREATED'],
    ]);

    await bench.set('task_processing_enabled', true);
    expect((await bench.finished(third)).status).toBe('COMPLETED');
  });

  test('counts what is to be tried again and what failed, and leaves the next try to its time', async () => {
    const { control } = bench.sandbox;
    const fault = { system: 'IDAAS', operation: 'create' } as const;
    await control.addFault({ ...fault, match: 'B1', fault: 'throttle', retryAfter: '1' });
    await control.addFault({ ...fault, match: 'B2', fault: 'business-error', code: '400' });
    const [, refused = ''] = await plan(['B1', 'B2', 'B3']);
    const run = await runs.rested(await runs.process());
    expect(run).toMatchObject({
      status: 'COMPLETED_WITH_ERRORS',
      summary: { selected: 4, completed: 2, retry: 1, failed: 1, givenBack: 0 },
    });
    expect((await bench.finished(refused)).status).toBe('FAILED');
    expect(control.ledger({ ...fault, key: 'B1' })).toHaveLength(1);
  });

  test('leaves a paused system alone, says so, and gives back tasks that are paused later', async () => {
    const { control } = bench.sandbox;
    const pause = [{ system: 'IDAAS', reason: '升级' }];
    await plan(['C1', 'C2'], ['IDAAS']);
    await bench.set('paused_systems', pause);
    const dry = await runs.rested(await runs.process({ mode: 'DRY_RUN' }));
    expect(dry).toMatchObject({ summary: { selected: 0, waiting: 2 } });
    expect(dry.items.nodes[0]).toMatchObject({ outcome: 'WAITS', errorCode: 'WAITS_FOR_PAUSE' });
    await bench.set('paused_systems', []);

    await bench.set('max_concurrency_idaas', 1);
    await control.addFault({ system: 'IDAAS', operation: 'create', match: 'C1', fault: 'hang' });
    const started = await runs.process();
    await control.whenCalled({ system: 'IDAAS', operation: 'create', key: 'C1', count: 1 });
    await bench.set('paused_systems', pause);
    control.release();
    expect(await runs.rested(started)).toMatchObject({
      status: 'COMPLETED',
      summary: { selected: 2, completed: 1, givenBack: 1, waiting: 1 },
    });
    const [job] = await liveJobs(bench, 'provisioning.run-task.idaas');
    expect(job?.state).toBe('created');
    await bench.set('paused_systems', []);
    await bench.set('max_concurrency_idaas', 8);
    expect((await runs.rested(await runs.process())).summary).toMatchObject({ selected: 1, completed: 1 });
  });

  test('stops when it is cancelled, and what it had chosen waits in its place again', async () => {
    const { control } = bench.sandbox;
    await plan(['D1', 'D2'], ['IDAAS']);
    await bench.set('max_concurrency_idaas', 1);
    await control.addFault({ system: 'IDAAS', operation: 'create', match: 'D1', fault: 'hang' });
    const started = await runs.process();
    await control.whenCalled({ system: 'IDAAS', operation: 'create', key: 'D1', count: 1 });
    await runs.tell('cancelRun', started.run.runId);
    expect((await runs.rested(started)).status).toBe('CANCELLED');
    control.release();
    await bench.until('the second one waiting in its place', async () => {
      const { rows } = await sql<{ data: object; priority: number; state: string }>`
        select data, priority, state::text from pgboss.job
        where name = 'provisioning.run-task.idaas' and state <= 'active'`.execute(bench.sql);
      const [job] = rows;
      return rows.length === 1 && job?.state === 'created' && job.priority < 0 && !('run' in job.data)
        ? true
        : null;
    });
    expect(control.ledger({ system: 'IDAAS', key: 'D2' })).toEqual([]);
    await bench.set('max_concurrency_idaas', 8);
  });

  test('is refused with a number that is none, and with creation it is refused while that is off', async () => {
    for (const maxTasks of [0, -1, 10_001])
      expect(await runs.process({ maxTasks })).toMatchObject({
        run: null,
        userErrors: [{ code: 'INVALID', path: ['maxTasks'] }],
      });
    expect(await runs.create({ employeeStatus: [] })).toMatchObject({
      userErrors: [{ code: 'REQUIRED', path: ['employeeStatus'] }],
    });
    await bench.set('account_creation_enabled', false);
    for (const start of [runs.create({}), runs.create({ mode: 'DRY_RUN' }), runs.process({})]) {
      const { run, userErrors } = await start;
      expect([run, userErrors]).toMatchObject([null, [{ code: 'FEATURE_DISABLED' }]]);
      expect(userErrors[0].message).toContain('account_creation_enabled');
    }
  });
});
