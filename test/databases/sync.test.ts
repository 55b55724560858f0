import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { inDatabase } from '../setup/database-url.ts';
import { Auditor } from './setup/auditor.ts';
import {
  instanceAt,
  type PopulatedPostgres,
  READER,
  startPopulatedPostgres,
} from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;

beforeAll(async () => {
  [server, bench] = await Promise.all([startPopulatedPostgres(), ApiBench.start()]);
  auditor = new Auditor(bench.portal);
});
afterAll(async () => {
  await bench.stop();
  await server.stop();
});

const instance = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  instanceAt(server, name, changes);

test('W22: a server is registered, tested, read and read again; a clean second run writes nothing and says so', async () => {
  expect(await auditor.register(instance('main'))).toMatchObject({
    userErrors: [],
    instance: { name: 'main', tls: 'PREFERRED' },
  });
  const { testDatabaseConnection: tested } = await bench.portal.read(
    'mutation { testDatabaseConnection(name: "main") { reachable product version tlsInUse latencyMs coverage { category scope status grant } error { code } userErrors { code } } }',
  );
  expect(tested).toMatchObject({
    reachable: true,
    product: 'PostgreSQL',
    tlsInUse: false,
    error: null,
    userErrors: [],
  });

  const first = await auditor.sync(['main']);
  expect(first).toMatchObject({ kind: 'DATABASE_ACCOUNTS', status: 'COMPLETED', error: null });
  const [item] = first.items.nodes;
  expect(item).toMatchObject({ key: 'main', outcome: 'COMPLETED' });
  expect(item.details.created).toBe(item.details.examined);
  expect(first.summary.instances).toEqual({ total: 1, completed: 1, failed: 0, cancelled: 0, awaiting: 0 });
  expect(first.summary.accounts.created).toBe(item.details.created);
  expect(
    first.steps.map(({ key, done, total }: { key: string; done: number; total: number }) => [
      key,
      done,
      total,
    ]),
  ).toEqual([
    ['connect', 1, 1],
    ['inventory', 1, 1],
    ['collection', 1, 1],
    ['classify', 1, 1],
  ]);
  const { totalCount } = await auditor.changes({ instance: ['main'] });
  expect(totalCount).toBe(item.details.created);

  const second = await auditor.sync(['main']);
  const counts = second.items.nodes[0].details;
  expect(counts).toMatchObject({
    created: 0,
    changed: 0,
    refreshed: 0,
    deactivated: 0,
    examined: item.details.examined,
  });
  expect(counts.unchanged).toBe(counts.examined);
  expect((await auditor.changes({ instance: ['main'] })).totalCount).toBe(totalCount);
});

test('W24, W31: who can do what, by what way, and what is granted and revoked is exactly what the log says', async () => {
  const orders = { instance: 'main', privilege: 'insert', scope: 'shop', object: 'sales.orders' };
  expect(await auditor.whoCan(orders)).toEqual([
    'CamelCase INSERT via app_write',
    'accountsync SUPERUSER',
    'app_write INSERT',
    'dba_wang SUPERUSER',
    'shop_owner OWNER',
    'zhang_san INSERT via app_write',
  ]);
  await server.query('shop', 'revoke insert on sales.orders from app_write');
  const run = await auditor.sync(['main']);
  expect(run.items.nodes[0].details).toMatchObject({ changed: 1, created: 0 });
  const { nodes } = await auditor.changes({ runId: run.runId });
  expect(nodes).toHaveLength(1);
  expect(nodes[0]).toMatchObject({
    kind: 'MODIFY_PRIVILEGE',
    account: { displayName: 'app_write' },
    added: [],
    removed: [
      {
        category: 'TABLE',
        scope: 'shop',
        object: 'sales.orders',
        privilege: 'INSERT',
        grantable: false,
        via: [],
      },
    ],
    other: {},
    message: 'app_write: revoked INSERT shop/sales.orders',
  });
  expect(await auditor.whoCan(orders)).toEqual([
    'accountsync SUPERUSER',
    'dba_wang SUPERUSER',
    'shop_owner OWNER',
  ]);
  await server.query('shop', 'grant insert on sales.orders to app_write');
  await auditor.sync(['main']);
});

test('an account shows its roles, capabilities, locks and what comes through roles', async () => {
  const zhang = await auditor.account(
    'main',
    'zhang_san',
    'memberOf effectiveRoles capabilities capabilityReasons locked isRole nativeId permissions(first: 100, inherited: true, category: [TABLE]) { nodes { object privilege via } }',
  );
  expect(zhang).toMatchObject({
    memberOf: ['app_write'],
    effectiveRoles: ['app_read', 'app_write'],
    locked: false,
  });
  expect(zhang.capabilities).toEqual(['GRANT_ADMIN']);
  expect(zhang.capabilityReasons).toEqual([
    'GRANT_ADMIN: may pass on CREATE in shop (through app_write)',
    'GRANT_ADMIN: may grant the role app_write',
  ]);
  expect(zhang.permissions.nodes).toContainEqual({
    object: 'sales.orders',
    privilege: 'SELECT',
    via: ['app_write', 'app_read'],
  });
  const contractor = await auditor.account('main', 'contractor', 'locked lockReasons capabilities expiresAt');
  expect(contractor).toMatchObject({ locked: true, capabilities: ['LOCKED'] });
  expect(contractor.lockReasons[0]).toMatch(/^expired on 2020-01-01/);
  const quote = await auditor.account('main', 'quo"te', 'effectiveRoles capabilities capabilityReasons');
  expect(quote).toMatchObject({ effectiveRoles: ['team lead'], capabilities: ['GRANT_ADMIN'] });
  expect(quote.capabilityReasons).toEqual(['GRANT_ADMIN: has the attribute CREATEROLE (through team lead)']);
});

test('W3, W29, W30: renamed is renamed, dropped and made anew is another account, and the past can be asked for', async () => {
  await server.query(null, 'create role temp_user login');
  await server.query('shop', 'grant select on sales.orders to temp_user');
  await auditor.sync(['main']);
  const before = await auditor.account('main', 'temp_user', 'id nativeId');
  await server.query(null, 'alter role temp_user rename to renamed_user');
  const renamed = await auditor.sync(['main']);
  const log = await auditor.changes({ runId: renamed.runId });
  expect(log.nodes).toHaveLength(1);
  expect(log.nodes[0]).toMatchObject({
    kind: 'RENAME',
    other: { name: { before: 'temp_user', after: 'renamed_user' } },
  });
  const moment = log.nodes[0].at;

  await server.query('shop', 'drop owned by renamed_user');
  await server.query(null, 'drop role renamed_user');
  await server.query(null, 'create role renamed_user login');
  const again = await auditor.sync(['main']);
  expect(again.items.nodes[0].details).toMatchObject({ created: 1, deactivated: 1 });
  const kinds = (await auditor.changes({ runId: again.runId })).nodes.map(
    ({ kind }: { kind: string }) => kind,
  );
  expect(kinds.sort()).toEqual(['ADD', 'DELETE']);
  const { databaseAccount } = await bench.portal.read(
    `query ($id: ID!, $at: DateTime!) { databaseAccount(id: $id) { state disappearedAt permissions(first: 10) { totalCount }
      permissionsAt(first: 10, at: $at, category: [TABLE]) { nodes { object privilege } } } }`,
    { id: before.id, at: moment },
  );
  expect(databaseAccount).toMatchObject({
    state: 'DISAPPEARED',
    permissions: { totalCount: 0 },
    permissionsAt: { nodes: [{ object: 'sales.orders', privilege: 'SELECT' }] },
  });
});

test('a renamed role is one entry, and rows of its members follow', async () => {
  await server.query(null, 'alter role app_read rename to app_reader');
  const run = await auditor.sync(['main']);
  const log = await auditor.changes({ runId: run.runId });
  expect(
    log.nodes.map(({ kind, account }: { kind: string; account: { displayName: string } }) => [
      kind,
      account.displayName,
    ]),
  ).toEqual([['RENAME', 'app_reader']]);
  const zhang = await auditor.account('main', 'zhang_san', 'effectiveRoles');
  expect(zhang.effectiveRoles).toEqual(['app_reader', 'app_write']);
  await server.query(null, 'alter role app_reader rename to app_read');
  await auditor.sync(['main']);
});

test('W4: a category that may not be read any more is not diffed', async () => {
  await server.query(null, `revoke connect on database shop from ${READER.name}`);
  const run = await auditor.sync(['main']);
  expect(run.status).toBe('COMPLETED');
  const changed = (await auditor.changes({ runId: run.runId })).nodes;
  // Only what was revoked from the reader itself.
  expect(changed.map(({ account }: { account: { displayName: string } }) => account.displayName)).toEqual([
    READER.name,
  ]);
  const { databaseInstance } = await bench.portal.read(
    '{ databaseInstance(name: "main") { explanation coverage { category scope status grant message } } }',
  );
  const denied = databaseInstance.coverage.filter(({ status }: { status: string }) => status === 'DENIED');
  expect(denied).toContainEqual({
    category: 'TABLE',
    scope: 'shop',
    status: 'DENIED',
    grant: `GRANT CONNECT ON DATABASE "shop" TO "${READER.name}";`,
    message: expect.stringContaining('TABLE in shop may not be read'),
  });
  expect(databaseInstance.explanation).toContain('GRANT CONNECT');
  await server.query(null, denied[0].grant);
  const after = await auditor.sync(['main']);
  expect((await auditor.changes({ runId: after.runId })).nodes).toHaveLength(1);
});

test('W6: too many disappearances wait for a person; a second start joins; confirmed, they are stored', async () => {
  for (let index = 0; index < 14; index += 1) await server.query(null, `create role mass_${index} login`);
  await auditor.sync(['main']);
  for (let index = 0; index < 14; index += 1) await server.query(null, `drop role mass_${index}`);
  const waiting = await auditor.sync(['main']);
  expect(waiting).toMatchObject({ status: 'AWAITING_CONFIRMATION' });
  expect(waiting.items.nodes[0]).toMatchObject({
    outcome: 'AWAITING_CONFIRMATION',
    details: { deactivated: 14 },
  });
  const joined = await auditor.start({ type: 'MANUAL_SINGLE', instances: ['main'] });
  expect(joined).toMatchObject({ joined: true, run: { runId: waiting.runId } });
  expect((await auditor.account('main', 'mass_3', 'state')).state).toBe('ACTIVE');
  const { confirmDisappearance } = await bench.portal.read(
    'mutation ($input: ConfirmDisappearanceInput!) { confirmDisappearance(input: $input) { run { status } userErrors { code path } } }',
    { input: { runId: waiting.runId, instance: 'main' } },
  );
  expect(confirmDisappearance.userErrors).toEqual([]);
  expect(await auditor.settled(waiting.runId)).toMatchObject({ status: 'COMPLETED' });
  expect((await auditor.account('main', 'mass_3', 'state')).state).toBe('DISAPPEARED');
});

test('W1, W23: one instance that fails touches no other, and says why', async () => {
  await auditor.register(instance('wrong-password', { password: 'nope' }));
  await auditor.register(instance('nowhere', { port: 1 }));
  const run = await auditor.sync(['main', 'wrong-password', 'nowhere']);
  expect(run.status).toBe('COMPLETED_WITH_ERRORS');
  expect(run.summary.instances).toMatchObject({ total: 3, completed: 1, failed: 2 });
  const wrong = run.items.nodes.find(({ key }: { key: string }) => key === 'wrong-password');
  expect(wrong).toMatchObject({
    outcome: 'FAILED',
    errorCode: 'CREDENTIALS_REFUSED',
    details: { phase: 'connect', sqlState: '28P01' },
  });
  const { databaseInstance } = await bench.portal.read(
    '{ databaseInstance(name: "nowhere") { accountCount explanation lastSync { status error { code fixBy phase retryable message } counts { examined } } } }',
  );
  expect(databaseInstance.lastSync).toMatchObject({
    status: 'FAILED',
    error: { code: 'CONNECTION_REFUSED', phase: 'connect' },
    counts: null,
  });
  const { databaseInstances } = await bench.portal.read(
    '{ databaseInstances(first: 10, filter: { failing: true }) { totalCount nodes { name } } }',
  );
  expect(databaseInstances.nodes.map(({ name }: { name: string }) => name)).toEqual([
    'wrong-password',
    'nowhere',
  ]);
  const failed = await auditor.sync(['nowhere']);
  expect(failed).toMatchObject({ status: 'FAILED' });
  expect(failed.error).toContain('nowhere');
});

test('the overview names every instance that fails', async () => {
  const { overview } = await bench.portal.read('{ overview { health reasons { message } } }');
  expect(overview.health).not.toBe('OK');
  for (const name of ['wrong-password', 'nowhere'])
    expect(
      overview.reasons.filter(({ message }: { message: string }) => message.includes(` ${name} `)),
    ).toHaveLength(1);
});

test('W17: a cancelled run ends its query at the server and leaves nothing running', async () => {
  const client = new pg.Client({ connectionString: inDatabase(server.url, 'shop') });
  await client.connect();
  try {
    await client.query('begin; lock table pg_catalog.pg_default_acl in access exclusive mode');
    const { run } = await auditor.start({ type: 'MANUAL_SINGLE', instances: ['main'] });
    const waiting = async () =>
      (
        await server.query(
          null,
          `select 1 from pg_stat_activity where usename = '${READER.name}' and wait_event_type = 'Lock' and state = 'active'`,
        )
      ).length;
    await expect.poll(waiting).toBe(1);
    await bench.portal.read(
      'mutation ($input: CancelRunInput!) { cancelRun(input: $input) { run { status } userErrors { code } } }',
      {
        input: { runId: run.runId },
      },
    );
    await expect.poll(waiting, { timeout: 4_000 }).toBe(0);
    expect(await auditor.settled(run.runId)).toMatchObject({
      status: 'CANCELLED',
      items: { nodes: [{ outcome: 'CANCELLED' }] },
    });
  } finally {
    await client.end();
  }
  expect((await auditor.sync(['main'])).status).toBe('COMPLETED');
});
