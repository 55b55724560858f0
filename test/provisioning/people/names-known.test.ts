import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertHrPerson, namesOf, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('a person who is known already', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  it('keeps the address and the login that HR has', async () => {
    await insertHrPerson(bench, {
      number: 'HR1',
      name: '周九',
      email: 'Zhou.Jiu@corp.example.com',
      account: 'zhouj',
      phone: '13800000001',
    });
    const id = await bench.submit([
      { employeeNumber: 'hr1', employeeName: '周九', phoneNumber: '13911111111' },
    ]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { idaas, welink, email } = upstreamOf(bench, 'HR1');
    expect(idaas).toMatchObject({
      username: 'zhouj',
      email: 'Zhou.Jiu@corp.example.com',
      phone: '13800000001',
    });
    expect(welink).toMatchObject({ key: 'HR1', phone: '13800000001' });
    expect(email).toMatchObject({ key: 'zhouj', alias: 'Zhou.Jiu' });
  });

  it('gets from a request only what HR left empty', async () => {
    await insertHrPerson(bench, { number: 'HR2', name: '吴十', department: 'D002' });
    const id = await bench.submit([
      { employeeNumber: 'HR2', employeeName: '吴十', phoneNumber: '13911111112' },
    ]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const person = await bench.sql
      .selectFrom('person')
      .select(['person_type', 'telephone_number1', 'departments', 'source'])
      .where('employee_number', '=', 'HR2')
      .executeTakeFirstOrThrow();
    expect(person).toMatchObject({ person_type: '10', telephone_number1: '13911111112', source: 'HR' });
    expect(person.departments).toMatchObject([{ department_code: 'D002' }]);
  });

  it('takes the names of an account that IDaaS has for them, and the other systems use those', async () => {
    bench.sandbox.control.putAccount({
      system: 'IDAAS',
      key: 'OLD1',
      username: 'old.login',
      email: 'long.ago@example.com',
      name: '郑一',
    });
    const id = await bench.submit([{ employeeNumber: 'OLD1', employeeName: '郑一' }]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { welink, email } = upstreamOf(bench, 'OLD1');
    expect(welink?.email).toBe('long.ago@example.com');
    expect(email).toMatchObject({ key: 'old.login', alias: 'long.ago' });
    expect(await namesOf(bench, 'OLD1')).toEqual({
      reserved_username: 'old.login',
      reserved_email_address: 'long.ago@example.com',
    });
    const tasks = await bench.tasks(id);
    expect(tasks.map((task) => [task.system, task.identifier, task.outcomes])).toEqual([
      ['EMAIL', 'long.ago@example.com', ['CREATED']],
      ['IDAAS', 'old.login', ['ADOPTED']],
      ['WELINK', 'OLD1', ['CREATED']],
    ]);
  });

  it('takes a login from IDaaS that is longer than a Windows login may be', async () => {
    const username = 'a-very-long-login-of-former-days';
    bench.sandbox.control.putAccount({ system: 'IDAAS', key: 'OLD2', username, email: 'old2@example.com' });
    const id = await bench.submit([{ employeeNumber: 'OLD2' }], { systems: ['IDAAS'] });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await bench.tasks(id)).toMatchObject([{ identifier: username, outcomes: ['ADOPTED'] }]);
  });

  it('is a conflict where the account that IDaaS has bears the address of another person', async () => {
    const first = await bench.submit([{ employeeNumber: 'HOLDER', employeeName: '冯二' }]);
    await bench.finished(first);
    bench.sandbox.control.putAccount({
      system: 'IDAAS',
      key: 'LATER',
      username: 'later',
      email: 'fenger@example.com',
    });
    const id = await bench.submit([{ employeeNumber: 'LATER', employeeName: '陈三' }]);
    const request = await bench.finished(id);
    expect(request).toMatchObject({
      status: 'FAILED',
      items: [
        { error_code: 'IDENTIFIER_TAKEN', error_parameters: { employeeNumber: 'LATER', holder: 'HOLDER' } },
      ],
    });
    const idaas = (await bench.tasks(id)).find((task) => task.system === 'IDAAS');
    expect(idaas).toMatchObject({ status: 'FAILED', outcomes: ['CONFLICT'] });
    expect((await namesOf(bench, 'LATER')).reserved_email_address).toBe('chensan@example.com');
  });

  it('is a conflict where the address belongs to a person whom only HR knows', async () => {
    await insertHrPerson(bench, { number: 'HR3', name: '褚四', email: 'chu.si@example.com' });
    bench.sandbox.control.putAccount({
      system: 'IDAAS',
      key: 'LATER2',
      username: 'later2',
      email: 'chu.si@example.com',
    });
    const id = await bench.submit([{ employeeNumber: 'LATER2', employeeName: '卫五' }], {
      systems: ['IDAAS'],
    });
    expect(await bench.finished(id)).toMatchObject({
      items: [{ error_code: 'IDENTIFIER_TAKEN', error_parameters: { holder: 'HR3' } }],
    });
  });

  it('ends with an error when the account has an identifier that cannot be stored', async () => {
    bench.sandbox.control.putAccount({ system: 'IDAAS', key: 'OLD3', username: 'x'.repeat(400) });
    const id = await bench.submit([{ employeeNumber: 'OLD3' }], { systems: ['IDAAS'] });
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        { error_code: 'UNEXPECTED_ERROR', error_parameters: { employeeNumber: 'OLD3', system: 'IDAAS' } },
      ],
    });
    expect(await bench.tasks(id)).toMatchObject([{ outcomes: Array.from({ length: 6 }, () => 'ERROR') }]);
  });
});

describe('a person for whom no e-mail domain is configured', () => {
  it('gets this reason, rather than that the number is too long', async () => {
    const bench = await ProvisioningBench.start({
      sandbox: { systems: ['IDAAS', 'WELINK'] },
      settings: { enabled_account_types: ['IDAAS', 'WELINK'] },
    });
    try {
      const id = await bench.submit([{}], { systems: ['IDAAS'] });
      expect(await bench.finished(id)).toMatchObject({ items: [{ error_code: 'EMAIL_DOMAIN_MISSING' }] });
    } finally {
      await bench.stop();
    }
  });
});
