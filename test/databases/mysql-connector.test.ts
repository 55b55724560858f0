import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteAccount, RemoteCatalog } from '../../src/domain/databases/permissions/catalog.ts';
import { RoleDirectory } from '../../src/domain/databases/permissions/role-directory.ts';
import {
  CONNECT_TIMEOUT_MS,
  type DatabaseTarget,
} from '../../src/integrations/contract/database-connector.ts';
import { mysqlConnector } from '../../src/integrations/mysql/connector.ts';
import { postgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import { Secret } from '../../src/secret.ts';
import { hasMariaDb, type MariaDb, startMariaDb } from './setup/mariadb.ts';

const population = [
  'create database shop',
  'create database `my_db`',
  'create database `we``ird`',
  'create table shop.orders (id int, customer varchar(50), note varchar(50))',
  'create table shop.`a.b` (`c.d` int)',
  'create procedure shop.close_day() select 1',
  'create function shop.price() returns int deterministic return 1',
  'create role app_read',
  'create role app_write',
  'create role `odd role%`',
  'create role lead with admin app_write',
  `create user zhang@'%' identified by 'x'`,
  `create user zhang@localhost identified by 'x'`,
  `create user 'o''brien'@'10.%'`,
  'create user `50%_off`@localhost',
  'create user `with space`@localhost',
  "create user locked@'%' account lock",
  "create user expired@'%' identified by 'x' password expire",
  "create user yearly@'%' identified by 'x' password expire interval 365 day",
  "create user deputy@'%'",
  "create user chief@'%'",
  'grant select on shop.* to app_read',
  'grant app_read to app_write',
  'grant insert, update, delete on shop.orders to app_write',
  "grant app_write to zhang@'%'",
  "set default role app_write for zhang@'%'",
  "grant app_read to `o'brien`@`10.%` with admin option",
  'grant `odd role%` to `50%_off`@localhost',
  "grant select, insert on `my\\_db`.* to zhang@'%' with grant option",
  'grant select on `app%`.* to `with space`@localhost',
  'grant all privileges on `we``ird`.* to zhang@localhost',
  'grant select (customer), update (note) on shop.orders to `50%_off`@localhost with grant option',
  'grant select (`c.d`) on shop.`a.b` to `50%_off`@localhost',
  'grant execute on procedure shop.close_day to zhang@localhost with grant option',
  'grant alter routine on function shop.price to zhang@localhost',
  "grant reload, process, binlog monitor, create user on *.* to deputy@'%'",
  "grant all privileges on *.* to chief@'%' with grant option",
  "grant proxy on chief@'%' to deputy@'%' with grant option",
  "grant usage on shop.* to expired@'%' with grant option",
  "grant usage on shop.orders to expired@'%' with grant option",
  'grant select on shop.orders to public',
  "create user reader@'%' identified by 'read''er'",
];

describe.skipIf(!hasMariaDb)('MariaDB (needs mariadb-server)', () => {
  let server: MariaDb;
  let catalog: RemoteCatalog;
  const call = () => ({ signal: new AbortController().signal, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  const target = (): DatabaseTarget => ({
    host: '127.0.0.1',
    port: server.port,
    database: null,
    username: 'reader',
    password: new Secret("read'er"),
    tls: 'PREFERRED',
    caCertificate: null,
  });

  beforeAll(async () => {
    server = await startMariaDb();
    await server.run(population);
  });
  afterAll(() => server.stop());

  test('a weak credential is told what is missing, and the grant that it is told suffices', async () => {
    const report = await mysqlConnector.testConnection(target(), call());
    expect(report).toMatchObject({ product: 'MariaDB' });
    expect(report.coverage.map(({ category, status }) => [category, status])).toEqual(
      ['ATTRIBUTE', 'SERVER', 'DATABASE', 'TABLE', 'COLUMN', 'ROUTINE', 'ROLE', 'PROXY'].map((one) => [
        one,
        'DENIED',
      ]),
    );
    const failure = await mysqlConnector.readCatalog(target(), call()).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'PERMISSION_DENIED',
      phase: 'inventory',
      vendorCode: '1142',
      sqlState: '42000',
    });
    expect(failure).toMatchObject({ coverage: report.coverage });
    await server.run([(report.coverage[0]?.grant ?? '').replace(/;$/, '')]);
    catalog = await mysqlConnector.readCatalog(target(), call());
    expect(catalog.coverage.filter(({ status }) => status !== 'OK')).toEqual([]);
  });

  test('a table that may not be read is denied by itself', async () => {
    await server.run([
      "create user half@'%' identified by 'x'",
      "grant select on mysql.global_priv to half@'%'",
      "grant select on mysql.db to half@'%'",
    ]);
    const half = await mysqlConnector.readCatalog(
      { ...target(), username: 'half', password: new Secret('x') },
      call(),
    );
    const statusOf = (category: string) => half.coverage.find((entry) => entry.category === category)?.status;
    expect([statusOf('SERVER'), statusOf('DATABASE'), statusOf('TABLE'), statusOf('ROLE')]).toEqual([
      'OK',
      'OK',
      'DENIED',
      'DENIED',
    ]);
    await server.run(["drop user half@'%'"]);
  });

  test('W11: the rows of every account are what SHOW GRANTS says', async () => {
    for (const account of catalog.accounts) {
      if (account.name === 'root') continue;
      const name =
        account.host === null ? quoted(account.name) : `${quoted(account.name)}@${quoted(account.host)}`;
      const lines = await server.query(`show grants for ${account.name === 'PUBLIC' ? 'public' : name}`);
      const said = lines
        .map((line) => String(Object.values(line)[0]))
        // SHOW GRANTS of a role also lists the grants of the roles in it.
        .filter((line) => line.includes(` TO ${account.name === 'PUBLIC' ? 'PUBLIC' : name}`));
      const expected = said.flatMap(rowsOfGrant).filter((row) => !row.startsWith('ALL '));
      const all = said.flatMap(rowsOfGrant).filter((row) => row.startsWith('ALL '));
      const read = rowsOf(account);
      if (all.length === 0) expect(read, account.displayName).toEqual([...new Set(expected)].sort());
      else for (const row of expected) expect(read).toContain(row);
    }
  });

  test('ALL PRIVILEGES are written out as the server stores them', async () => {
    const known = (await server.query('show privileges')).map(({ Privilege }) =>
      String(Privilege).toUpperCase(),
    );
    const expected = known.filter((one) => !['GRANT OPTION', 'PROXY', 'USAGE'].includes(one)).sort();
    const chief = catalog.accounts.find(({ name }) => name === 'chief');
    const held = chief?.permissions.filter(({ category }) => category === 'SERVER') ?? [];
    expect(held.map(({ privilege }) => privilege).sort()).toEqual(expected);
    expect(held.every(({ grantable }) => grantable)).toBe(true);
    const root = catalog.accounts.find(({ displayName }) => displayName === 'root@localhost');
    expect(root?.permissions.filter(({ category }) => category === 'SERVER').length).toBe(expected.length);
  });

  test('W16: roles, their closure and what comes through them', () => {
    const directory = new RoleDirectory('MYSQL', catalog.accounts);
    const zhang = find('zhang@%');
    const roles = directory.rolesOf(zhang);
    expect(directory.memberOf(zhang)).toEqual(['app_write']);
    expect(directory.effectiveNames(roles)).toEqual(['app_read', 'app_write', 'lead']);
    const inherited = directory
      .inherited(roles)
      .map(({ privilege, object, via }) => `${privilege} ${object} ${via.join('>')}`);
    expect(inherited).toContain('SELECT null app_write>app_read');
    expect(inherited).toContain('INSERT orders app_write');
    expect(inherited).toContain('SELECT orders PUBLIC');
    expect(find('app_read')).toMatchObject({ isRole: true, host: null });
  });

  test('locks, expiry and attributes are told apart', () => {
    expect(find('locked@%')).toMatchObject({ lockReasons: ['ACCOUNT_LOCKED'] });
    expect(find('expired@%')).toMatchObject({ lockReasons: [], attributes: { passwordExpired: true } });
    expect(find('yearly@%')).toMatchObject({ attributes: { passwordLifetime: 365 } });
    expect(find('yearly@%').expiresAt).not.toBeNull();
    expect(find('zhang@%')).toMatchObject({ attributes: { defaultRoles: ['app_write'] } });
  });

  test('errors say what happened, and engines are told apart', async () => {
    const failure = (changes: Partial<DatabaseTarget>) =>
      mysqlConnector.testConnection({ ...target(), ...changes }, call()).catch((error: unknown) => error);
    expect(await failure({ password: new Secret('wrong') })).toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      vendorCode: '1045',
    });
    expect(await failure({ database: 'nowhere' })).toMatchObject({ phase: 'connect' });
    expect(await failure({ tls: 'REQUIRED' })).toMatchObject({ code: 'TLS_UNAVAILABLE' });
    expect(await failure({ port: 1 })).toMatchObject({ code: 'CONNECTION_REFUSED' });
    const asPostgres = await postgresqlConnector
      .testConnection(target(), call())
      .catch((error: unknown) => error);
    expect(asPostgres).toMatchObject({ code: 'WRONG_ENGINE' });
  });

  function find(displayName: string): RemoteAccount {
    const found = catalog.accounts.find((account) => account.displayName === displayName);
    if (found === undefined) throw new Error(`no account ${displayName}`);
    return found;
  }
});

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function rowsOf(account: RemoteAccount): string[] {
  const rows = account.permissions.map(
    ({ category, scope, object, privilege, grantable }) =>
      `${privilege} ${category} ${scope} ${object}${grantable ? ' +' : ''}`,
  );
  return [...new Set(rows)].sort();
}

/** One line of SHOW GRANTS as rows; a reading of its own, so that it can disagree with ours. */
function rowsOfGrant(line: string): string[] {
  const option = / WITH (GRANT|ADMIN) OPTION$/.test(line) ? ' +' : '';
  const proxy = /^GRANT PROXY ON (.+) TO /.exec(line)?.[1];
  if (proxy !== undefined) return [`PROXY PROXY * ${unquoted(proxy)}${option}`];
  const grant = /^GRANT (.+) ON (PROCEDURE |FUNCTION )?(\S+|.+?`) TO /.exec(line);
  if (grant === null) {
    const role = /^GRANT (`.+?`) TO /.exec(line)?.[1];
    return role === undefined ? [] : [`MEMBER ROLE * ${unquoted(role)}${option}`];
  }
  const [, privileges = '', routine, place = ''] = grant;
  const [database = '', object = ''] = splitPlace(place);
  const list = privileges.match(/[A-Z_ ]+(\((?:`(?:[^`]|``)*`(?:, )?)+\))?/g) ?? [];
  return list.flatMap((entry) => {
    const [, name = '', columns] = /^\s*([A-Z_ ]+?)\s*(?:\((.*)\))?$/.exec(entry) ?? [];
    if (name === '') return [];
    if (columns !== undefined)
      return (columns.match(/`(?:[^`]|``)*`/g) ?? []).map(
        (column) => `${name} COLUMN ${database} ${escaped(object)}.${escaped(unquoted(column))}${option}`,
      );
    if (place === '*.*') return name === 'USAGE' ? [] : [`${name} SERVER * null${option}`];
    if (object === '*') return [`${name} DATABASE ${database} null${option}`];
    if (routine !== undefined) return [`${name} ROUTINE ${database} ${routine}${escaped(object)}${option}`];
    return [`${name} TABLE ${database} ${escaped(object)}${option}`];
  });
}

function splitPlace(place: string): string[] {
  return (place.match(/`(?:[^`]|``)*`|\*/g) ?? []).map(unquoted);
}

function unquoted(text: string): string {
  return text.replace(/`((?:[^`]|``)*)`/g, (_, name: string) => name.replaceAll('``', '`'));
}

function escaped(name: string): string {
  return name.replace(/[.\\]/g, '\\$&');
}
