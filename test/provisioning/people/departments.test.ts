import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredSystems } from '../../../src/application/upstreams.ts';
import { upsertDepartmentMappings } from '../../../src/jobs/provisioning/mappings/upsert-department-mappings.ts';
import { sweep } from '../../../src/jobs/provisioning/sweep.ts';
import { createLogger } from '../../../src/logger.ts';
import { openTransaction, taskOf, untilBlocked, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('a department', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  const map = (code: string, ou = `OU=${code}`) =>
    upsertDepartmentMappings(bench.context, {
      skipBad: false,
      mappings: [{ idataDepartmentCode: code, idaasDepartmentCode: `WW-${code}`, ou }],
    });
  const sweepNow = () =>
    sweep({
      em: bench.core.orm.em.fork(),
      boss: bench.core.boss,
      settings: bench.settings,
      systems: registeredSystems,
      logger: createLogger({ level: 'silent', pretty: false }),
    });

  it('that is not mapped fails its people at once and no others; a mapping releases them', async () => {
    const id = await bench.submit([
      { employeeNumber: 'UN-1', departmentCode: 'NEW' },
      { employeeNumber: 'UN-2', departmentCode: 'NEW' },
      { employeeNumber: 'MAPPED' },
    ]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'PARTIAL_FAILED',
      round: 1,
      items: [
        {
          status: 'FAILED',
          error_code: 'DEPARTMENT_UNMAPPED',
          error_parameters: { employeeNumber: 'UN-1', system: 'IDAAS', departmentCodes: ['NEW'] },
        },
        { status: 'FAILED' },
        { status: 'COMPLETED' },
      ],
    });
    expect(bench.sandbox.control.ledger({ key: 'UN-1' })).toEqual([]);
    expect(await map('OTHER')).toMatchObject({ created: 1, releasedTasks: 0 });
    expect(await map('NEW')).toMatchObject({ created: 1, releasedTasks: 2, userErrors: [] });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['REJECTED', 'CREATED']);
    expect(await map('NEW')).toMatchObject({ unchanged: 1, releasedTasks: 0 });
  });

  it('without an OU fails IDaaS only, and heals when it gets one', async () => {
    await bench.set('account_dependencies', { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] });
    await map('NO-OU', '');
    const id = await bench.submit([{ employeeNumber: 'OU-1', departmentCode: 'NO-OU' }]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'DEPARTMENT_OU_MISSING',
          error_parameters: { employeeNumber: 'OU-1', system: 'IDAAS', departmentCode: 'WW-NO-OU' },
        },
      ],
    });
    expect(upstreamOf(bench, 'OU-1').welink).not.toBeNull();
    expect(await map('NO-OU')).toMatchObject({ updated: 1, releasedTasks: 1 });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
    await bench.set('account_dependencies', { IDAAS: [], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] });
  });

  it('that is mapped by plain SQL heals with the next sweep', async () => {
    const id = await bench.submit([{ employeeNumber: 'SQL-1', departmentCode: 'BY-SQL' }]);
    await bench.finished(id);
    await sql`
      insert into department_mapping (idata_department_code, idaas_department_code, ou)
      values ('BY-SQL', 'WW', 'OU=X')`.execute(bench.sql);
    await sweepNow();
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });

  it('that is mapped in the very moment in which its people fail heals with the next sweep', async () => {
    await bench.set('task_processing_enabled', false);
    const id = await bench.submit([{ employeeNumber: 'RACE-1', departmentCode: 'RACE' }], {
      systems: ['IDAAS'],
    });
    await bench.until('the task being planned', async () =>
      (await bench.tasks(id)).length === 1 ? true : null,
    );
    const settling = await openTransaction(bench);
    await settling.client.query("select 1 from person where employee_number = 'RACE-1' for update");
    await bench.set('task_processing_enabled', true);
    // The attempt has read that there is no mapping, and cannot be recorded yet.
    await untilBlocked(bench, 1);
    expect(await map('RACE')).toMatchObject({ releasedTasks: 0 });
    await settling.end();
    expect(await bench.finished(id)).toMatchObject({ items: [{ error_code: 'DEPARTMENT_UNMAPPED' }] });
    await sweepNow();
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });
});
