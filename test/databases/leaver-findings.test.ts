import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { Auditor } from './setup/auditor.ts';
import { instanceAt, type PopulatedPostgres, startPopulatedPostgres } from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let bench: ApiBench;

beforeAll(async () => {
  [server, bench] = await Promise.all([
    startPopulatedPostgres(),
    ApiBench.start({ settings: { hr_sync_enabled: false } }),
  ]);
});
afterAll(async () => {
  await bench.stop();
  await server.stop();
});

const person = (number: string, status: string, email: string) => sql`
  insert into person (employee_number, full_name, person_type, employee_status, source, email_address)
  values (${number}, '张三', '10', ${status}, 'HR', ${email})`;

test('a login is matched by exact rules, a doubtful one is for a person to say, and what a leaver still has is found', async () => {
  await person('T0001', '0', 'zhang_san@example.com').execute(bench.db);
  await person('T0002', '1', 'dba_wang@example.com').execute(bench.db);
  await person('dba_wang', '1', 'other@example.com').execute(bench.db);
  await person('T0004', '0', 'nobody@example.com').execute(bench.db);
  const auditor = new Auditor(bench.portal);
  await auditor.register(instanceAt(server, 'main'));
  expect((await auditor.sync(['main'])).status).toBe('COMPLETED');
  const fields = 'id personMatch personMatchReason person { employeeNumber }';
  expect(await auditor.account('main', 'zhang_san', fields)).toMatchObject({
    personMatch: 'MATCHED',
    personMatchReason: 'matched by e-mail local part',
    person: { employeeNumber: 'T0001' },
  });
  const doubtful = await auditor.account('main', 'dba_wang', fields);
  expect(doubtful).toMatchObject({ personMatch: 'DOUBTFUL', person: null });
  const { leaverFindings } = await bench.portal.read(
    `{ leaverFindings(first: 10) { totalCount nodes { person { employeeNumber } reason accounts { system } calendars { userNo }
      databaseAccounts { displayName instance { name } } } } }`,
  );
  expect(leaverFindings).toMatchObject({
    totalCount: 1,
    nodes: [
      {
        person: { employeeNumber: 'T0001' },
        accounts: [],
        calendars: [],
        databaseAccounts: [{ displayName: 'zhang_san', instance: { name: 'main' } }],
      },
    ],
  });
  const { linkDatabaseAccount } = await bench.portal.read(
    `mutation ($input: LinkDatabaseAccountInput!) { linkDatabaseAccount(input: $input) { account { ${fields} } userErrors { code } } }`,
    { input: { accountId: doubtful.id, employeeNumber: null } },
  );
  expect(linkDatabaseAccount).toMatchObject({ userErrors: [], account: { personMatch: 'IGNORED' } });
  await auditor.sync(['main']);
  expect(await auditor.account('main', 'dba_wang', fields)).toMatchObject({ personMatch: 'IGNORED' });
  const { permissionsOf } = await bench.portal.read(
    '{ permissionsOf(employeeNumber: "T0001", first: 100) { nodes { privilege object via account { displayName } } } }',
  );
  expect(permissionsOf.nodes).toContainEqual({
    privilege: 'SELECT',
    object: 'sales.orders',
    via: ['app_write', 'app_read'],
    account: { displayName: 'zhang_san' },
  });
});
