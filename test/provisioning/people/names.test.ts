import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namesOf, openTransaction, untilBlocked, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('the names a person is given', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  it('are six different addresses for six people of one name', async () => {
    const id = await bench.submit(Array.from({ length: 6 }, () => ({ employeeName: '张三' })));
    const request = await bench.finished(id);
    expect(request.status).toBe('COMPLETED');
    const addresses = await addressesOf(request.items.map((item) => item.employee_number));
    expect(addresses.toSorted()).toEqual([
      'zhangsan2@example.com',
      'zhangsan3@example.com',
      'zhangsan4@example.com',
      'zhangsan5@example.com',
      'zhangsan6@example.com',
      'zhangsan@example.com',
    ]);
  });

  it('are never shared by batches that arrive at the same moment', async () => {
    const people = Array.from({ length: 5 }, () => ({ employeeName: '赵六' }));
    const ids = await Promise.all(
      Array.from({ length: 6 }, () => bench.submit(people, { systems: ['IDAAS'] })),
    );
    const requests = await Promise.all(ids.map((id) => bench.finished(id)));
    const numbers = requests.flatMap((request) => request.items.map((item) => item.employee_number));
    const addresses = await addressesOf(numbers);
    expect(new Set(addresses).size).toBe(30);
    expect(addresses).toContain('zhaoliu@example.com');
    expect(addresses).toContain('zhaoliu30@example.com');
  });

  it('are chosen again when another transaction reserves the chosen one', async () => {
    const other = await openTransaction(bench);
    await other.client.query("insert into name_reservation (kind, value) values ('LOCAL_PART', 'zhaoba')");
    const id = await bench.submit([{ employeeName: '赵八' }], { systems: ['IDAAS'] });
    await untilBlocked(bench, 1);
    await other.end();
    const request = await bench.finished(id);
    expect(await addressesOf(request.items.map((item) => item.employee_number))).toEqual([
      'zhaoba2@example.com',
    ]);
  });

  it('are the same in every system, and after an attempt that failed', async () => {
    const { control } = bench.sandbox;
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'reset' });
    await control.addFault({ system: 'EMAIL', operation: 'create', fault: 'reset' });
    const id = await bench.submit([{ employeeName: '钱七' }]);
    const request = await bench.finished(id);
    const number = request.items[0]?.employee_number ?? '';
    const { idaas, welink, email } = upstreamOf(bench, number);
    expect(idaas).toMatchObject({ username: `q${number}`, email: 'qianqi@example.com', name: '钱七' });
    expect(welink).toMatchObject({ key: number, email: 'qianqi@example.com' });
    expect(email).toMatchObject({ key: `q${number}`, alias: 'qianqi' });
    expect(await namesOf(bench, number)).toEqual({
      reserved_username: `q${number}`,
      reserved_email_address: 'qianqi@example.com',
    });
  });

  it.each([
    ['单雄信', 'shanxiongxin'],
    ['仇英', 'qiuying'],
    ['曾国藩', 'zengguofan'],
    ['解缙', 'xiejin'],
    ['欧阳修', 'ouyangxiu'],
    ['吕布', 'lvbu'],
    ['張三丰', 'zhangsanfeng'],
    ["Shaun O'Neil", 'shaunoneil'],
    ['José Müller', 'josemuller'],
    ['阿卜杜热合曼·买买提明', 'abudurehemanmaimaitiming'],
    // A reserved local part is nobody's.
    ['Admin', 'admin2'],
  ])('read %s as %s', async (employeeName, localPart) => {
    const id = await bench.submit([{ employeeName }]);
    const request = await bench.finished(id);
    expect(request.status).toBe('COMPLETED');
    const { idaas, email } = upstreamOf(bench, request.items[0]?.employee_number ?? '');
    expect(idaas?.email).toBe(`${localPart}@example.com`);
    expect(email?.alias).toBe(localPart);
  });

  it('fall back to the employee number for a character without a reading, and the task says so', async () => {
    const id = await bench.submit([{ employeeName: '王𠮷', employeeNumber: 'Yoshi-1' }]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { idaas } = upstreamOf(bench, 'Yoshi-1');
    expect(idaas).toMatchObject({ username: 'Yoshi-1', email: 'yoshi-1@example.com', name: '王𠮷' });
    const [task] = await bench.tasks(id);
    const stored = await bench.sql
      .selectFrom('account_task')
      .select('result')
      .where('id', '=', task?.id ?? '')
      .executeTakeFirstOrThrow();
    expect(stored.result).toMatchObject({
      nameFallback: { reason: 'unreadable-character', character: '𠮷' },
    });
  });

  it('leave out the letter where the login would be longer than 20', async () => {
    const id = await bench.submit([{ employeeNumber: 'N2345678901234567890' }], {
      systems: ['IDAAS', 'EMAIL'],
    });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect(upstreamOf(bench, 'N2345678901234567890').idaas?.username).toBe('N2345678901234567890');
  });

  it('are refused before any call where the employee number is too long for a login', async () => {
    const number = 'L-23456789-123456789-1';
    const id = await bench.submit([{ employeeNumber: number }]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          status: 'FAILED',
          error_code: 'LOGIN_TOO_LONG',
          error_parameters: { employeeNumber: number, system: 'IDAAS', limit: 20 },
        },
      ],
    });
    const tasks = await bench.tasks(id);
    expect(tasks.map(({ system, status, outcomes }) => [system, status, outcomes])).toEqual([
      ['EMAIL', 'WAITING', null],
      ['IDAAS', 'FAILED', ['REJECTED']],
      ['WELINK', 'WAITING', null],
    ]);
    expect(bench.sandbox.control.ledger({ key: number })).toEqual([]);
  });

  it('are no obstacle for WeLink, which takes the employee number itself', async () => {
    await bench.set('account_dependencies', { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] });
    const number = 'W-23456789-123456789-1';
    const id = await bench.submit([{ employeeNumber: number, employeeName: '孙八' }], {
      systems: ['WELINK'],
    });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect(upstreamOf(bench, number).welink?.email).toBe('sunba@example.com');
  });

  async function addressesOf(numbers: readonly string[]): Promise<(string | null)[]> {
    const names = await Promise.all(numbers.map((number) => namesOf(bench, number)));
    return names.map((name) => name.reserved_email_address);
  }
});
