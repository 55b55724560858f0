import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisioningBench, sampleUser } from '../../setup/provisioning.ts';

describe('what a call may hold', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({ settings: { task_processing_enabled: false } });
  });
  afterAll(() => bench.stop());

  const countRows = async () => {
    const { rows } = await sql<{ requests: number; items: number; jobs: number }>`
      select (select count(*) from account_request)::int as requests, (select count(*) from request_item)::int as items,
        (select count(*) from pgboss.job where name = 'provisioning.intake-request')::int as jobs`.execute(
      bench.sql,
    );
    return rows[0];
  };

  it('is all or nothing: one bad row in a thousand and nothing is stored', async () => {
    const users = Array.from({ length: 1_000 }, (_, index) => sampleUser(index));
    const before = await countRows();
    const outcome = await bench.tryToSubmit(users.with(617, { ...sampleUser(617), departmentCode: '' }));
    expect(outcome).toMatchObject({
      id: null,
      userErrorCount: 1,
      userErrors: [
        {
          code: 'REQUIRED',
          path: ['userList', '617', 'departmentCode'],
          employeeNumber: sampleUser(617).employeeNumber,
        },
      ],
    });
    expect(await countRows()).toEqual(before);
  });

  it.each([
    ['nobody', []],
    ['10,001 people', Array.from({ length: 10_001 }, (_, index) => sampleUser(index))],
  ])('is not %s', async (_, users) => {
    const before = await countRows();
    const outcome = await bench.tryToSubmit(users);
    const code = users.length === 0 ? 'REQUIRED' : 'TOO_MANY';
    expect(outcome).toMatchObject({
      id: null,
      userErrorCount: 1,
      userErrors: [{ code, path: ['userList'] }],
    });
    expect(await countRows()).toEqual(before);
  });

  it('is not no system at all', async () => {
    const outcome = await bench.tryToSubmit([{}], { systems: [] });
    expect(outcome).toMatchObject({ id: null, userErrors: [{ code: 'REQUIRED', path: ['systemList'] }] });
  });

  it.each([
    ['NUL', '张\u0000三', 'U+0000'],
    ['a lone surrogate', '张\ud800三', 'U+D800'],
    ['a private character', '张\ue000三', 'U+E000'],
  ])('is no name with %s, which is named', async (_, employeeName, character) => {
    const outcome = await bench.tryToSubmit([{ employeeName }]);
    expect(outcome).toMatchObject({
      id: null,
      userErrors: [
        {
          code: 'INVALID',
          path: ['userList', '0', 'employeeName'],
          parameters: { variant: 'CHARACTER', character },
        },
      ],
    });
  });

  it.each(['originSystem', 'businessKey', 'accountType', 'employeeType', 'idempotencyKey'] as const)(
    'is no %s with NUL, and no lone surrogate in it',
    async (field) => {
      for (const text of ['K\u0000', '\udc00K'])
        expect(await bench.tryToSubmit([{}], { [field]: text })).toMatchObject({
          id: null,
          userErrors: [{ code: 'INVALID', path: [field] }],
        });
    },
  );

  it('is no name of 10 MB, and the refusal does not repeat it', async () => {
    const outcome = await bench.tryToSubmit([{ employeeName: '长'.repeat(10 * 1024 * 1024) }]);
    expect(outcome).toMatchObject({
      id: null,
      userErrors: [{ code: 'TOO_LONG', parameters: { limit: 100 } }],
    });
    expect(JSON.stringify(outcome).length).toBeLessThan(1_000);
  });

  it('may be bad rows that Postgres could not store beside good ones', async () => {
    const users = [
      { employeeNumber: 'GOOD-1' },
      { employeeName: '\u0000' },
      { employeeNumber: '\ud800', country: '' },
    ];
    const outcome = await bench.tryToSubmit(users, { onInvalid: 'ACCEPT_VALID' });
    expect(outcome.userErrorCount).toBe(3);
    const request = await bench.until('the good row being planned', async () => {
      const snapshot = await bench.request(outcome.id ?? '');
      return snapshot.items.every((item) => item.status === 'TASK_CREATED') ? snapshot : null;
    });
    expect(request.items).toMatchObject([{ employee_number: 'GOOD-1' }]);
  });

  it('is 10,000 people, all of one name, each planned once with an address of their own', async () => {
    const users = Array.from({ length: 10_000 }, (_, index) => sampleUser(50_000 + index));
    const before = process.memoryUsage().rss;
    const id = await bench.submit(users);
    await bench.until(
      'everybody being planned',
      async () => {
        const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from request_item where request_id = ${id}::bigint and status <> 'TASK_CREATED'`.execute(
          bench.sql,
        );
        return rows[0]?.open === 0 ? true : null;
      },
      150_000,
    );
    const { rows } = await sql`
      select count(distinct t.id)::int as tasks, count(distinct t.person_id)::int as people,
        count(distinct p.reserved_email_address)::int as addresses, count(distinct p.reserved_username)::int as logins,
        count(distinct j.id)::int as jobs
      from request_item i join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
      join person p on p.id = t.person_id
      left join pgboss.job j on j.singleton_key = t.id::text and j.state = 'created' and j.name like 'provisioning.run-task.%'
      where i.request_id = ${id}::bigint`.execute(bench.sql);
    expect(rows).toEqual([
      { tasks: 30_000, people: 10_000, addresses: 10_000, logins: 10_000, jobs: 10_000 },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});
