import type { Service } from '../application.ts';
import { interleave, type Measure } from '../measure.ts';

const PEOPLE = 100_000;
const ROUNDS = 3;

/** People of HR without any account. */
const people = `
  insert into person (employee_number, full_name, person_type, employee_status, source, departments)
  select 'E' || lpad(i::text, 7, '0'), '张三', '10', '1', 'HR',
    '[{"department_code": "D001", "partner_company": null, "country": "中国"}]'
  from generate_series(1, ${PEOPLE}) i`;

/** The bare planning: the same rows of tasks and planned accounts, nothing looked at and nothing decided. */
const bareTasks = `
  insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system)
  select p.employee_number || '_' || s.system || '_' || left(gen_random_uuid()::text, 8), p.id, s.system, s.needs,
    s.status, 6, 'HR'
  from person p cross join (values (1, 'IDAAS', '{}'::text[], 'PENDING'), (2, 'WELINK', '{IDAAS}', 'WAITING'),
    (3, 'EMAIL', '{IDAAS}', 'WAITING')) as s(position, system, needs, status)
  order by p.id, s.position`;
const bareAccounts = `
  insert into account (person_id, system, state) select person_id, system, 'PLANNED' from account_task order by id`;

const START = `mutation { createAccountTasks(input: {}) { run { runId } userErrors { code } } }`;
const CANCEL = 'mutation ($id: String!) { cancelRun(input: { runId: $id }) { userErrors { code } } }';

/** People per second that the planning step of `createAccountTasks` takes, by the times it records. */
export const planTasks: Measure = (harness) =>
  harness.withService({ latencyMs: 0, settings: { task_processing_enabled: false } }, async (service) => {
    await service.sql.query(people);
    await service.sql.query('vacuum analyze person');
    let cpuMs = 0;
    let limitCpuMs = 0;
    const rounds = await interleave({
      rounds: ROUNDS,
      limit: async () => {
        const before = harness.postgresMs();
        const startedAt = performance.now();
        await inTransaction(service, [bareTasks, bareAccounts]);
        const perSecond = (PEOPLE * 1_000) / (performance.now() - startedAt);
        limitCpuMs += harness.postgresMs() - before;
        await clear(service);
        return perSecond;
      },
      ours: async () => {
        const before = service.processorMs() + harness.postgresMs();
        const planMs = await plan(service);
        cpuMs += service.processorMs() + harness.postgresMs() - before;
        await clear(service);
        return (PEOPLE * 1_000) / planMs;
      },
    });
    return [
      {
        name: 'plan-tasks',
        unit: 'people/s',
        ...rounds,
        cpuMsPerUnit: cpuMs / (ROUNDS * PEOPLE),
        limitCpuMsPerUnit: limitCpuMs / (ROUNDS * PEOPLE),
      },
    ];
  });

async function inTransaction(service: Service, statements: readonly string[]): Promise<void> {
  const client = await service.sql.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Milliseconds of the planning step. Names and jobs follow a chunk at a time; the run is stopped before they are all. */
async function plan(service: Service): Promise<number> {
  const runId = runIdOf(await service.http.post(JSON.stringify({ query: START })));
  const step = `select s.status = 'COMPLETED' as done, extract(epoch from s.finished_at - s.started_at) * 1000 as ms
    from run_step s join sync_run r on r.id = s.run_id where r.run_id = $1 and s.key = 'plan'`;
  await service.until(step, [runId]);
  await service.http.post(JSON.stringify({ query: CANCEL, variables: { id: runId } }));
  await service.until(`select finished_at is not null as done from sync_run where run_id = $1`, [runId]);
  const { rows } = await service.sql.query<{ ms: number }>(step, [runId]);
  return Number(rows[0]?.ms);
}

function runIdOf(answer: string): string {
  const [runId] = /run_\d{8}_[0-9a-f]{12}/.exec(answer) ?? [];
  if (runId === undefined) throw new Error(`No run was started: ${answer}`);
  return runId;
}

async function clear(service: Service): Promise<void> {
  await service.sql.query('truncate account, account_task cascade');
  await service.sql.query(`delete from pgboss.job where name like 'provisioning.run-task.%'`);
  await service.sql.query('checkpoint');
}
