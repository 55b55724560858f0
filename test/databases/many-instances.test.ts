import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { countStatements } from '../setup/count-statements.ts';
import { Auditor } from './setup/auditor.ts';
import {
  instanceAt,
  type PopulatedPostgres,
  READER,
  startPopulatedPostgres,
} from './setup/populated-postgres.ts';

const INSTANCES = 50;
const ACCOUNTS = 100;
/** What the runs may leave behind: reading 50 servers holds no more than reading a few. */
const GROWTH_MAX_MB = 40;
const HOSTILE = [
  `x'; drop role app_read; --`,
  'percent%_under',
  'new\nline',
  'tab\there',
  '🦊'.repeat(15),
  'x'.repeat(63),
  '"double" \\back',
  '=1+1',
];

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;
const names = Array.from({ length: INSTANCES }, (_, index) => `server ${index}`);

beforeAll(async () => {
  [server, bench] = await Promise.all([startPopulatedPostgres({ empty: true }), ApiBench.start()]);
  auditor = new Auditor(bench.portal);
  await server.query(
    null,
    `do $$ begin for i in 1..${ACCOUNTS} loop execute format('create role many_%s login', i); end loop; end $$`,
  );
  for (const name of HOSTILE) await server.query(null, `create role "${name.replaceAll('"', '""')}" login`);
  // Circular roles are refused by PostgreSQL; one that is in two ways a member is not.
  await server.query(null, `create role outer_role; create role inner_role; grant inner_role to outer_role`);
  await server.query(null, `grant outer_role, inner_role to "percent%_under"`);
  for (const name of names) await auditor.register(instanceAt(server, name));
});
afterAll(async () => {
  await bench.stop();
  await server.stop();
});

/** Megabytes that are still in use once everything else is thrown away. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('nothing collects');
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

test('W19: fifty instances in one run, and again: each is read, nothing differs, and memory stays', async () => {
  const first = await auditor.sync(names);
  expect(first).toMatchObject({ status: 'COMPLETED', summary: { instances: { total: 50, completed: 50 } } });
  const before = heapMb();
  const again = await auditor.sync(names);
  const { accounts } = again.summary;
  expect(accounts).toMatchObject({ created: 0, changed: 0, refreshed: 0, deactivated: 0 });
  expect(accounts.unchanged).toBe(accounts.examined);
  expect(accounts.examined).toBeGreaterThan(INSTANCES * ACCOUNTS);
  expect(heapMb() - before).toBeLessThan(GROWTH_MAX_MB);
});

test('W28: hostile names are stored, found and logged exactly as the server has them', async () => {
  for (const name of HOSTILE) {
    const found = await auditor.account('server 1', name, 'name nativeId');
    expect(found, JSON.stringify(name)).toMatchObject({ name, displayName: name });
  }
  const { databaseAccounts } = await bench.portal.read(
    `{ databaseAccounts(first: 10, filter: { instance: ["server 1"], search: "%" }) { nodes { name } } }`,
  );
  expect(databaseAccounts.nodes).toEqual([{ name: 'percent%_under' }]);
  const one = await auditor.account('server 1', 'percent%_under', 'memberOf effectiveRoles');
  expect(one).toMatchObject({
    memberOf: ['inner_role', 'outer_role'],
    effectiveRoles: ['inner_role', 'outer_role'],
  });
  expect(await auditor.account('server 1', 'app_read', 'name')).toBeUndefined();
});

test('W26: sixty new accounts are stored by as many statements as one', async () => {
  const stored = async (from: number, to: number) => {
    await server.query(
      null,
      `do $$ begin for i in ${from}..${to} loop execute format('create role later_%s login in role inner_role', i); end loop; end $$`,
    );
    const { result, statements } = await countStatements(() => auditor.sync(['server 3']));
    expect(result.summary.accounts).toMatchObject({ created: to - from + 1 });
    return statements.filter((text) => /database_(account|permission|held_role|classification)/.test(text))
      .length;
  };
  expect(await stored(100, 159)).toBe(await stored(1, 1));
});

test('W20: a server that is away, and a password that was changed: nothing is lost, and both are told apart', async () => {
  const update = async (input: Readonly<Record<string, unknown>>) =>
    (
      await bench.portal.read(
        `mutation ($input: UpdateDatabaseInstanceInput!) { updateDatabaseInstance(input: $input) { instance { name } userErrors { code path } } }`,
        { input: { name: 'server 2', ...input } },
      )
    ).updateDatabaseInstance;
  await auditor.sync(['server 2']);
  await server.query(null, `alter role ${READER.name} password 'rotated'`);
  const failed = await auditor.sync(['server 2']);
  expect(failed.items.nodes[0]).toMatchObject({ outcome: 'FAILED', errorCode: 'CREDENTIALS_REFUSED' });
  expect((await auditor.account('server 2', 'many_7', 'state')).state).toBe('ACTIVE');
  expect(await update({ password: 'rotated' })).toMatchObject({ userErrors: [] });
  expect((await auditor.sync(['server 2'])).summary.accounts).toMatchObject({ changed: 0, created: 0 });
  const away = Number(server.target.port);
  expect(await update({ port: 1 })).toMatchObject({ userErrors: [] });
  expect((await auditor.sync(['server 2'])).items.nodes[0]).toMatchObject({
    errorCode: 'CONNECTION_REFUSED',
  });
  await update({ port: away });
  const back = await auditor.sync(['server 2']);
  expect(back.summary.accounts).toMatchObject({ changed: 0, created: 0, deactivated: 0 });
  expect(JSON.stringify([failed, back])).not.toContain('rotated');
});
