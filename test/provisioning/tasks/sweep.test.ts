import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredSystems } from '../../../src/application/upstreams.ts';
import { sweep } from '../../../src/jobs/provisioning/sweep.ts';
import { createLogger } from '../../../src/logger.ts';
import { taskOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('the sweep', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({ worker: false });
  });
  afterAll(() => bench.stop());

  const sweepNow = () =>
    sweep({
      em: bench.core.orm.em.fork(),
      boss: bench.core.boss,
      settings: bench.settings,
      systems: registeredSystems,
      logger: createLogger({ level: 'silent', pretty: false }),
    });
  const deleteJobs = () => sql`delete from pgboss.job where name like 'provisioning.%'`.execute(bench.sql);
  const jobs = async () => {
    const { rows } = await sql<{ name: string; key: string; state: string; start_after: string }>`
      select name, singleton_key as key, state::text, start_after::text from pgboss.job
      where name like 'provisioning.%' and name not like '%sweep%' and state <= 'active' order by name, id`.execute(
      bench.sql,
    );
    return rows;
  };
  /** Plans a request with a worker that runs nothing. */
  const plan = async (users: readonly object[], systems?: readonly string[]) => {
    await bench.set('task_processing_enabled', false);
    const worker = await bench.startWorker();
    const id = await bench.submit(users, systems === undefined ? {} : { systems });
    await bench.until('it being planned', async () =>
      (await bench.request(id)).items.every((item) => item.status === 'TASK_CREATED') ? true : null,
    );
    await worker.end();
    return id;
  };
  const run = async (id: string) => {
    await bench.set('task_processing_enabled', true);
    const worker = await bench.startWorker();
    const request = await bench.finished(id);
    await worker.end();
    return request;
  };

  it('finds a request whose job is gone, and sends nothing twice', async () => {
    const id = await bench.submit([{}]);
    await deleteJobs();
    await sweepNow();
    const [job] = await jobs();
    expect(job).toMatchObject({ name: 'provisioning.intake-request', key: id, state: 'created' });
    await sweepNow();
    expect(await jobs()).toEqual([job]);
    expect((await run(id)).status).toBe('COMPLETED');
  });

  it('finds tasks whose jobs are gone, and sends nothing twice', async () => {
    const id = await plan([{}, {}, {}]);
    await deleteJobs();
    await sweepNow();
    const found = await jobs();
    expect(found.map((job) => job.name)).toEqual(
      Array.from({ length: 3 }, () => 'provisioning.run-task.idaas'),
    );
    await sweepNow();
    await Promise.all([sweepNow(), sweepNow()]);
    expect(await jobs()).toEqual(found);
    expect((await run(id)).status).toBe('COMPLETED');
    expect((await bench.tasks(id)).every((task) => task.outcomes?.join() === 'CREATED')).toBe(true);
  });

  it('forgets failures that a newer task has replaced or that are open again, and no others', async () => {
    const failed = async (status: string) =>
      (
        await sql<{ id: string }>`
          insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system, completed_at)
          select gen_random_uuid(), (select min(id) from person), 'EMAIL', '{}', ${status}, 6, 'OA', clock_timestamp()
          returning id`.execute(bench.sql)
      ).rows[0]?.id;
    const noted = async () =>
      (
        await sql<{ task_id: string }>`select task_id from standing_failure order by task_id`.execute(
          bench.sql,
        )
      ).rows;
    const older = await failed('FAILED');
    const newest = await failed('FAILED');
    expect(await noted()).toEqual([{ task_id: older }, { task_id: newest }]);
    await sweepNow();
    expect(await noted()).toEqual([{ task_id: newest }]);
    await sql`update account_task set status = 'RETRY', next_attempt_at = clock_timestamp() + interval '1 hour',
      completed_at = null where id = ${newest}::bigint`.execute(bench.sql);
    expect(await noted()).toEqual([{ task_id: newest }]);
    await sweepNow();
    expect(await noted()).toEqual([]);
    await sql`update account_task set status = 'FAILED', completed_at = clock_timestamp() where id = ${newest}::bigint`.execute(
      bench.sql,
    );
    expect(await noted()).toEqual([{ task_id: newest }]);
    await sql`delete from account_task where id = any(array[${older}, ${newest}]::bigint[])`.execute(
      bench.sql,
    );
  });

  it('leaves live jobs and tasks that wait for their time alone', async () => {
    const id = await plan([{}, {}], ['IDAAS']);
    const before = await jobs();
    const [first, second] = await bench.tasks(id);
    await sql`
      update account_task set status = 'RETRY', next_attempt_at = now() + interval '1 hour' where id = ${first?.id}::bigint`.execute(
      bench.sql,
    );
    await sql`delete from pgboss.job where singleton_key = ${first?.id ?? ''}`.execute(bench.sql);
    await sweepNow();
    expect(await jobs()).toEqual(before.filter((job) => job.key === second?.id));
    await sql`update account_task set next_attempt_at = now() where id = ${first?.id}::bigint`.execute(
      bench.sql,
    );
    await sweepNow();
    expect((await jobs()).map((job) => job.key).toSorted()).toEqual([first?.id, second?.id].toSorted());
    expect((await run(id)).status).toBe('COMPLETED');
  });

  it('takes up a task whose worker died without a trace', async () => {
    const id = await plan([{}], ['IDAAS']);
    const { id: task } = await taskOf(bench, id, { system: 'IDAAS' });
    await sql`update account_task set status = 'PROCESSING' where id = ${task}::bigint`.execute(bench.sql);
    await sql`insert into task_attempt (task_id, execution_attempt) values (${task}::bigint, 1)`.execute(
      bench.sql,
    );
    await deleteJobs();
    await sweepNow();
    expect((await run(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['LOST', 'CREATED']);
  });

  it('asks after a lost answer whose job is gone', async () => {
    const id = await plan([{}], ['IDAAS']);
    const { id: task } = await taskOf(bench, id, { system: 'IDAAS' });
    await sql`update account_task set status = 'UNCERTAIN' where id = ${task}::bigint`.execute(bench.sql);
    await deleteJobs();
    await sweepNow();
    expect(await jobs()).toMatchObject([{ name: 'provisioning.resolve-uncertain.idaas', key: task }]);
    await sweepNow();
    expect(await jobs()).toHaveLength(1);
    expect((await run(id)).status).toBe('COMPLETED');
  });

  it('releases what waits for an account that is there', async () => {
    const id = await plan([{}]);
    await sql`
      update account set state = 'ACTIVE', identifier = 'somebody', origin = 'LINKED'
      where system = 'IDAAS' and person_id = (select person_id from request_item where request_id = ${id}::bigint)`.execute(
      bench.sql,
    );
    await deleteJobs();
    await sweepNow();
    expect((await bench.tasks(id)).map((task) => task.status)).toEqual(['PENDING', 'PENDING', 'PENDING']);
    bench.sandbox.control.putAccount({ system: 'IDAAS', key: 'x', username: (await loginOf(id)) ?? '' });
    expect((await run(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['NOT_NEEDED']);
  });

  it('ends a request whose people are all done', async () => {
    const id = await plan([{}], ['IDAAS']);
    await run(id);
    await sql`update account_request set status = 'PROCESSING', completed_at = null where id = ${id}::bigint`.execute(
      bench.sql,
    );
    await sweepNow();
    expect(await bench.request(id)).toMatchObject({ status: 'COMPLETED', round: 1 });
    expect((await bench.request(id)).completed_at).not.toBeNull();
  });

  it('does nothing for a request that was cancelled', async () => {
    const id = await plan([{}], ['IDAAS']);
    await sql`update account_task set status = 'CANCELLED'`.execute(bench.sql);
    await sql`update account_request set cancelled_at = now(), status = 'CANCELLED' where id = ${id}::bigint`.execute(
      bench.sql,
    );
    await deleteJobs();
    await sweepNow();
    expect(await jobs()).toEqual([]);
  });

  async function loginOf(id: string): Promise<string | null> {
    const row = await bench.sql
      .selectFrom('request_item as i')
      .innerJoin('person as p', 'p.id', 'i.person_id')
      .select('p.reserved_username')
      .where('i.request_id', '=', id)
      .executeTakeFirstOrThrow();
    return row.reserved_username;
  }
});
