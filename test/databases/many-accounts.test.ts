import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import { openSession } from '../../src/integrations/postgresql/session.ts';
import { ApiBench } from '../setup/api.ts';
import { Auditor } from './setup/auditor.ts';
import { instanceAt, type PopulatedPostgres, startPopulatedPostgres } from './setup/populated-postgres.ts';
import { call } from './setup/recorded.ts';

const ACCOUNTS = 10_000;

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;
let few = 0;

/** Statements that one reading asks the server. */
async function queries(): Promise<number> {
  let asked = 0;
  const connector = createPostgresqlConnector(async (...given) => {
    const session = await openSession(...given);
    return {
      ...session,
      rows: (text, shape) => {
        asked += 1;
        return session.rows(text, shape);
      },
    };
  });
  await connector.readCatalog(server.target, call);
  return asked;
}

beforeAll(async () => {
  [server, bench] = await Promise.all([startPopulatedPostgres({ empty: true }), ApiBench.start()]);
  auditor = new Auditor(bench.portal);
  few = await queries();
  await server.query(
    null,
    `do $$ begin
       create role staff; create table ledger (id int, amount int);
       for i in 1..${ACCOUNTS} loop execute format('create role person_%s login in role staff', i); end loop;
     end $$`,
  );
  await auditor.register(instanceAt(server, 'many'));
});
afterAll(async () => {
  await bench.stop();
  await server.stop();
});

test('ten thousand accounts are read by as many queries as none, and what changes among them is found exactly', async () => {
  expect(await queries()).toBe(few);
  const first = await auditor.sync(['many']);
  expect(first.status).toBe('COMPLETED');
  expect(first.summary.accounts.created).toBeGreaterThan(ACCOUNTS);
  await server.query(
    null,
    `grant select (amount) on ledger to person_17;
     revoke staff from person_9999;
     alter role person_500 rename to renamed_500;
     alter role person_501 connection limit 3;
     drop role person_10000;
     create role newcomer login superuser`,
  );
  const second = await auditor.sync(['many']);
  expect(second.summary.accounts).toMatchObject({
    created: 1,
    changed: 4,
    deactivated: 1,
    reactivated: 0,
    failed: 0,
  });
  const { nodes } = await auditor.changes({ runId: second.runId });
  const told = nodes.map((node: Record<string, unknown> & { account: { displayName: string } }) => {
    const rows = (list: unknown) =>
      Array.isArray(list) ? list.map(({ privilege, object }) => `${privilege} ${object}`) : [];
    return [node['kind'], node.account.displayName, rows(node['added']), rows(node['removed'])];
  });
  expect(told.sort((a: unknown[], b: unknown[]) => String(a[1]).localeCompare(String(b[1])))).toEqual([
    ['ADD', 'newcomer', ['LOGIN null', 'SUPERUSER null'], []],
    ['DELETE', 'person_10000', [], ['LOGIN null', 'INHERIT staff', 'MEMBER staff', 'SET staff']],
    ['MODIFY_PRIVILEGE', 'person_17', ['SELECT public.ledger.amount'], []],
    ['MODIFY_OTHER', 'person_501', [], []],
    ['MODIFY_PRIVILEGE', 'person_9999', [], ['INHERIT staff', 'MEMBER staff', 'SET staff']],
    ['RENAME', 'renamed_500', [], []],
  ]);
  const third = await auditor.sync(['many']);
  expect(third.summary.accounts).toMatchObject({ created: 0, changed: 0, refreshed: 0, deactivated: 0 });
});
