import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RemoteCatalog } from '../../src/domain/databases/permissions/catalog.ts';
import type { HeldPermission } from '../../src/domain/databases/permissions/permission.ts';
import { RoleDirectory } from '../../src/domain/databases/permissions/role-directory.ts';
import { answersOf } from '../../src/domain/databases/questions/who-can.ts';
import { CONNECT_TIMEOUT_MS } from '../../src/integrations/contract/database-connector.ts';
import { postgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import { type PopulatedPostgres, startPopulatedPostgres } from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let catalog: RemoteCatalog;
const call = () => ({ signal: new AbortController().signal, connectTimeoutMs: CONNECT_TIMEOUT_MS });

beforeAll(async () => {
  server = await startPopulatedPostgres();
  catalog = await postgresqlConnector.readCatalog(server.target, call());
});
afterAll(() => server.stop());

function account(name: string) {
  const found = catalog.accounts.find(({ displayName }) => displayName === name);
  if (found === undefined) throw new Error(`no account ${name}`);
  return found;
}

function rowsOf(name: string, category: string) {
  return account(name)
    .permissions.filter((row) => row.category === category)
    .map(
      ({ scope, object, privilege, grantable }) => `${privilege} ${scope} ${object}${grantable ? ' +' : ''}`,
    )
    .sort();
}

/** Who may do this there, by the rows that were read. */
function whoCan(question: { privilege: string; scope: string; object: string | null }): string[] {
  const directory = new RoleDirectory('POSTGRESQL', catalog.accounts);
  const asked = { engine: 'POSTGRESQL', ...question } as const;
  return catalog.accounts
    .filter((one) => {
      const roles = directory.rolesOf(one);
      const being = roles.flatMap(({ holder, via, set }) =>
        (directory.account(holder)?.permissions ?? []).flatMap((row): HeldPermission[] =>
          row.category === 'ROLE' || (row.category === 'ATTRIBUTE' && set) ? [{ ...row, via }] : [],
        ),
      );
      const rows = [
        ...one.permissions.map((row) => ({ ...row, via: [] })),
        ...directory.inherited(roles),
        ...being,
      ];
      return answersOf(asked, rows).length > 0;
    })
    .map(({ displayName }) => displayName)
    .filter((name) => name !== 'PUBLIC' && !name.startsWith('pg_'))
    .sort();
}

/** The same by PostgreSQL: a role can do what it, or a role that it may become, has the privilege for. */
async function serverSays(database: string, check: string): Promise<string[]> {
  const rows = await server.query(
    database,
    `select r.rolname as name from pg_roles r where r.rolname !~ '^pg_' and exists (
       select 1 from pg_roles s where (s.oid = r.oid or pg_has_role(r.oid, s.oid, 'SET')) and ${check})`,
  );
  return rows.map(({ name }) => String(name)).sort();
}

test('every table and every account: what was read says the same as has_table_privilege()', async () => {
  for (const database of ['shop', 'hr "quoted"', '仓库']) {
    const tables = await server.query(
      database,
      `select c.oid::text, n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'v', 'm', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    );
    expect(tables.length).toBeGreaterThan(0);
    for (const { oid, schema, name } of tables) {
      const object = [schema, name].map((part) => String(part).replace(/[.\\]/g, '\\$&')).join('.');
      for (const privilege of [
        'SELECT',
        'INSERT',
        'UPDATE',
        'DELETE',
        'TRUNCATE',
        'REFERENCES',
        'TRIGGER',
        'MAINTAIN',
      ]) {
        const expected = await serverSays(
          database,
          `has_table_privilege(s.oid, ${String(oid)}::oid, '${privilege}')`,
        );
        expect(whoCan({ privilege, scope: database, object }), `${privilege} ${database} ${object}`).toEqual(
          expected,
        );
      }
    }
  }
});

test('schemas, sequences, functions, types and databases say the same as the server', async () => {
  const things = [
    {
      kind: 'schema',
      privileges: ['USAGE', 'CREATE'],
      objects: [
        ['sales', `'sales'`],
        ['odd\\.name', `'odd.name'`],
      ],
    },
    {
      kind: 'sequence',
      privileges: ['USAGE', 'SELECT', 'UPDATE'],
      objects: [['sales.numbers', `'sales.numbers'`]],
    },
    {
      kind: 'type',
      privileges: ['USAGE'],
      objects: [
        ['sales.state', `'sales.state'`],
        ['sales.span', `'sales.span'`],
      ],
    },
    {
      kind: 'function',
      privileges: ['EXECUTE'],
      objects: [
        ['sales.price(numeric, text)', `'sales.price(numeric, text)'`],
        ['sales.price(sales.state, integer[])', `'sales.price(sales.state, int[])'`],
        ['sales.close_day()', `'sales.close_day()'`],
      ],
    },
  ] as const;
  for (const { kind, privileges, objects } of things)
    for (const [object, name] of objects)
      for (const privilege of privileges) {
        const expected = await serverSays('shop', `has_${kind}_privilege(s.oid, ${name}, '${privilege}')`);
        expect(whoCan({ privilege, scope: 'shop', object }), `${privilege} ${object}`).toEqual(expected);
      }
  for (const privilege of ['CONNECT', 'CREATE', 'TEMPORARY']) {
    const expected = await serverSays('shop', `has_database_privilege(s.oid, 'shop', '${privilege}')`);
    expect(
      whoCan({ privilege, scope: 'shop', object: null }).filter((name) => expected.includes(name)),
    ).toEqual(expected);
  }
});

test('rows are as the normal form has them', () => {
  expect(rowsOf('zhang_san', 'ROLE')).toEqual([
    'INHERIT * app_write',
    'MEMBER * app_write +',
    'SET * app_write',
  ]);
  expect(rowsOf('CamelCase', 'ROLE')).toEqual(['MEMBER * app_write', 'SET * app_write']);
  expect(rowsOf('back\\slash.dot', 'COLUMN')).toEqual([
    'SELECT shop sales.orders.customer',
    'SELECT shop sales.orders.note',
    'UPDATE shop sales.orders.note',
  ]);
  expect(rowsOf('emoji 🦊', 'COLUMN')).toEqual(['SELECT shop sales.order\\.lines.unit\\.price']);
  expect(rowsOf('quo"te', 'TABLE')).toContain('SELECT shop odd\\.name.sla\\\\sh +');
  expect(rowsOf('app_read', 'DEFAULT')).toEqual(['SELECT shop TABLES BY shop_owner IN sales']);
  expect(rowsOf('app_write', 'DEFAULT')).toEqual(['EXECUTE shop FUNCTIONS BY shop_owner']);
  expect(rowsOf('shop_owner', 'DATABASE')).toEqual(['OWNER shop null +']);
  expect(rowsOf('shop_owner', 'TABLE')).toContain('OWNER shop sales.orders +');
  expect(rowsOf('app_read', 'DATABASE')).toEqual(['CONNECT closed null', 'CONNECT shop null']);
  expect(rowsOf('monitor', 'TABLE')).toEqual(['SELECT shop pg_catalog.pg_authid']);
  expect(rowsOf('PUBLIC', 'TABLE')).toEqual([]);
  expect(rowsOf('PUBLIC', 'SCHEMA').filter((row) => row.includes(' shop '))).toEqual([
    'USAGE shop odd\\.name',
    'USAGE shop public',
  ]);
  expect(rowsOf('PUBLIC', 'TYPE')).toEqual([
    'USAGE shop sales.pair',
    'USAGE shop sales.percent',
    'USAGE shop sales.span',
  ]);
  expect(rowsOf('PUBLIC', 'ROUTINE').filter((row) => !row.includes('.span'))).toEqual([
    'EXECUTE shop sales.close_day()',
    'EXECUTE shop sales.price(sales.state, integer[])',
    'EXECUTE shop sales.product(integer)',
  ]);
});

test('an owner counts as member of pg_database_owner in its database', () => {
  const directory = new RoleDirectory('POSTGRESQL', catalog.accounts);
  const owner = account('shop_owner');
  const roles = directory.rolesOf(owner);
  expect(directory.inherited(roles).filter(({ via }) => via.includes('pg_database_owner'))).toContainEqual({
    category: 'SCHEMA',
    scope: 'shop',
    object: 'public',
    privilege: 'OWNER',
    state: 'GRANT',
    grantable: true,
    via: ['pg_database_owner'],
  });
  expect(directory.effectiveNames(roles)).toEqual([]);
});

test('roles, system accounts and locks are told apart', () => {
  expect(account('app_read')).toMatchObject({ isRole: true, isSystem: false, lockReasons: [] });
  expect(account('nobody_in_it')).toMatchObject({ isRole: false, lockReasons: ['LOGIN_NOT_ALLOWED'] });
  expect(account('batch')).toMatchObject({ lockReasons: ['CONNECTION_LIMIT_ZERO'] });
  expect(account('contractor')).toMatchObject({ locksAt: '2020-01-01T00:00:00.000Z' });
  expect(account('pgbouncer')).toMatchObject({ isSystem: false });
  expect(account('pg_monitor')).toMatchObject({ isRole: true, isSystem: true });
  expect(account('PUBLIC')).toMatchObject({ isRole: true, nativeId: '0' });
});

test('a database closed to connections has its DATABASE rows and no coverage entry', () => {
  expect(catalog.closedScopes).toContain('closed');
  expect(catalog.coverage.filter(({ scope }) => scope === 'closed')).toEqual([]);
  expect(catalog.coverage.filter(({ status }) => status !== 'OK')).toEqual([]);
});

test('a database we may not open is denied, with the grant that helps, and it suffices', async () => {
  await server.query(null, 'revoke connect on database shop from accountsync_reader');
  const before = await postgresqlConnector.testConnection(server.target, call());
  const denied = before.coverage.filter(({ status }) => status === 'DENIED');
  expect(new Set(denied.map(({ scope }) => scope))).toEqual(new Set(['shop']));
  const grant = denied[0]?.grant ?? '';
  const weak = await postgresqlConnector.readCatalog(server.target, call());
  expect(weak.coverage.filter(({ status }) => status === 'DENIED')).toEqual(denied);
  await server.query(null, grant);
  const after = await postgresqlConnector.testConnection(server.target, call());
  expect(after.coverage.filter(({ status }) => status !== 'OK')).toEqual([]);
});

test('errors say what happened', async () => {
  const { target } = server;
  const failure = (changes: Partial<typeof target>) =>
    postgresqlConnector.testConnection({ ...target, ...changes }, call()).then(
      () => null,
      (error: unknown) => error,
    );
  expect(await failure({ username: 'nobody_here' })).toMatchObject({
    code: 'CREDENTIALS_REFUSED',
    phase: 'connect',
  });
  expect(await failure({ database: 'no_such' })).toMatchObject({
    code: 'DATABASE_NOT_FOUND',
    sqlState: '3D000',
  });
  expect(await failure({ tls: 'REQUIRED' })).toMatchObject({ code: 'TLS_UNAVAILABLE' });
  expect(await failure({ port: 1 })).toMatchObject({ code: 'CONNECTION_REFUSED', failure: 'retryable' });
  expect(await failure({ host: 'no-such-host.invalid' })).toMatchObject({ code: 'HOST_NOT_FOUND' });
});
