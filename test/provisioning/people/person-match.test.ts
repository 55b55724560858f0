import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intakeRequest } from '../../../src/jobs/provisioning/requests/intake-request.ts';
import { insertHrPerson, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench, sampleUser } from '../../setup/provisioning.ts';

describe('a row whose employee number is known', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  it('fails alone when the name is another, and shows nothing of the person who holds the number', async () => {
    await insertHrPerson(bench, {
      number: 'M1',
      name: '诸葛亮',
      email: 'zhuge@example.com',
      phone: '13800000011',
    });
    const id = await bench.submit([
      { employeeNumber: 'M1', employeeName: '司马懿' },
      { employeeNumber: 'M2', employeeName: '令狐冲' },
    ]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'PARTIAL_FAILED',
      items: [
        {
          employee_number: 'M1',
          status: 'FAILED',
          error_code: 'PERSON_MISMATCH',
          error_parameters: { employeeNumber: 'M1' },
          person_id: null,
          settled_count: 3,
        },
        { employee_number: 'M2', status: 'COMPLETED' },
      ],
    });
    expect((await bench.tasks(id)).map((task) => task.employee_number)).toEqual(['M2', 'M2', 'M2']);
    expect(upstreamOf(bench, 'M1')).toEqual({ idaas: null, welink: null, email: null });
  });

  it('is the same person in traditional characters, in pinyin, and with the number in another case', async () => {
    const first = await bench.submit([{ employeeNumber: 'm3', employeeName: '张三' }], {
      systems: ['IDAAS'],
    });
    await bench.finished(first);
    for (const [employeeNumber, employeeName] of [
      ['M3', '張三'],
      ['m3', 'Zhang San'],
      ['M3', '张　三'],
    ] as const) {
      const id = await bench.submit([{ employeeNumber, employeeName }], { systems: ['IDAAS'] });
      expect((await bench.finished(id)).status).toBe('COMPLETED');
    }
    expect(bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'create', key: 'm3' })).toHaveLength(1);
  });

  it('passes under another name where the check only warns', async () => {
    await bench.set('person_name_check', 'warn');
    await insertHrPerson(bench, { number: 'M4', name: '尉迟恭' });
    const id = await bench.submit([{ employeeNumber: 'M4', employeeName: '秦琼' }], { systems: ['IDAAS'] });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect(upstreamOf(bench, 'M4').idaas?.name).toBe('尉迟恭');
    await bench.set('person_name_check', 'strict');
  });

  it('is refused again on each retry until HR has the name', async () => {
    const person = await insertHrPerson(bench, { number: 'M5', name: '程咬金' });
    const users = [{ ...sampleUser(5), employeeNumber: 'M5', employeeName: '罗成' }];
    const id = await bench.submit(users, { systems: ['IDAAS'], businessKey: 'MISMATCH' });
    expect(await bench.finished(id)).toMatchObject({ status: 'FAILED', round: 1 });
    await bench.submit(users, { systems: ['IDAAS'], businessKey: 'MISMATCH' });
    await bench.until('the second refusal', async () => {
      const request = await bench.request(id);
      return request.round === 2 && request.status === 'FAILED' ? request : null;
    });
    await bench.sql.updateTable('person').set({ full_name: '罗成' }).where('id', '=', person).execute();
    await bench.submit(users, { systems: ['IDAAS'], businessKey: 'MISMATCH' });
    await bench.until('the request being completed', async () => {
      const request = await bench.request(id);
      return request.round === 3 && request.status === 'COMPLETED' ? request : null;
    });
  });

  it('heals a conflict of phones when a newer request corrects the phone', async () => {
    bench.sandbox.control.putAccount({ system: 'WELINK', key: 'OTHER', phone: '13912345678' });
    const wrong = await bench.submit([
      { employeeNumber: 'M6', employeeName: '秦叔宝', phoneNumber: '13912345678' },
    ]);
    expect(await bench.finished(wrong)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'PHONE_TAKEN',
          error_parameters: { employeeNumber: 'M6', system: 'WELINK', otherEmployeeNumber: 'OTHER' },
        },
      ],
    });
    const right = await bench.submit([
      { employeeNumber: 'M6', employeeName: '秦叔宝', phoneNumber: '13912345679' },
    ]);
    expect((await bench.finished(right)).status).toBe('COMPLETED');
    expect(upstreamOf(bench, 'M6').welink?.phone).toBe('13912345679');
    expect(await bench.request(wrong)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });
});

describe('a person whom two requests bring before intake', () => {
  it('takes the values of the newer one, whichever is looked at first', async () => {
    const bench = await ProvisioningBench.start({ worker: false });
    try {
      const submit = (phoneNumber: string) =>
        bench.submit([{ employeeNumber: 'N1', employeeName: '单雄信', phoneNumber }]);
      const older = await submit('13912345680');
      const newer = await submit('13912345681');
      const context = {
        em: bench.core.orm.em.fork(),
        boss: bench.core.boss,
        settings: bench.settings,
        defaultEmailDomain: 'example.com',
      };
      await intakeRequest({ request: newer }, { ...context, finish: async () => {} });
      await intakeRequest({ request: older }, { ...context, finish: async () => {} });
      await bench.startWorker();
      expect((await bench.finished(older)).status).toBe('COMPLETED');
      expect((await bench.finished(newer)).status).toBe('COMPLETED');
      expect(upstreamOf(bench, 'N1').welink?.phone).toBe('13912345681');
    } finally {
      await bench.stop();
    }
  });
});
