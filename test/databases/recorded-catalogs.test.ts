import { expect, test } from 'vitest';
import { capabilitiesOf, capabilityReasons } from '../../src/domain/databases/facts/capabilities.ts';
import type { RemoteAccount, RemoteCatalog } from '../../src/domain/databases/permissions/catalog.ts';
import { RoleDirectory } from '../../src/domain/databases/permissions/role-directory.ts';
import { answersOf } from '../../src/domain/databases/questions/who-can.ts';
import type { DatabaseConnector } from '../../src/integrations/contract/database-connector.ts';
import { createMysqlConnector } from '../../src/integrations/mysql/connector.ts';
import { createOracleConnector } from '../../src/integrations/oracle/connector.ts';
import { createSqlserverConnector } from '../../src/integrations/sqlserver/connector.ts';
import { call, oracle, recorded, sqlserver, target } from './setup/recorded.ts';
import { mysql8, mysql57, recordedMysql } from './setup/recorded-mysql.ts';

function find(catalog: RemoteCatalog, name: string): RemoteAccount {
  const found = catalog.accounts.find(({ displayName }) => displayName === name);
  if (found === undefined) throw new Error(`no account ${name}`);
  return found;
}

const rowsOf = ({ permissions }: RemoteAccount) =>
  permissions
    .map(
      (row) =>
        `${row.state} ${row.category} ${row.scope} ${row.object} ${row.privilege}${row.grantable ? ' +' : ''}`,
    )
    .sort();

test('W7, W8, W15: SQL Server: logins with their users by SID, orphans, DENY and WITH GRANT, names of their own database', async () => {
  const { open, asked } = recorded(sqlserver);
  const catalog = await createSqlserverConnector(open).readCatalog(target, call);
  expect(rowsOf(find(catalog, 'app'))).toEqual([
    "GRANT DATABASE we'ird]db null OWNER +",
    'GRANT SERVER * LOGIN sa IMPERSONATE +',
    'GRANT SERVER * null CONNECT SQL',
  ]);
  expect(rowsOf(find(catalog, "O'Brien"))).toEqual([
    "GRANT COLUMN we'ird]db dbo.Orders.Note UPDATE +",
    'GRANT ROLE * ops MEMBER',
    "GRANT ROUTINE we'ird]db dbo.Close\\.Day EXECUTE",
  ]);
  expect(find(catalog, "O'Brien")).toMatchObject({
    lockReasons: [],
    attributes: { mustChangePassword: true, databases: { "we'ird]db": 'brien' } },
  });
  expect(find(catalog, 'off').lockReasons).toEqual(['DISABLED']);
  expect(find(catalog, 'nocon').lockReasons).toEqual(['CONNECT_DENIED']);
  expect(find(catalog, 'ghost').attributes).toMatchObject({ orphanOf: "we'ird]db" });
  const directory = new RoleDirectory('SQLSERVER', catalog.accounts);
  expect(directory.effectiveNames(directory.rolesOf(find(catalog, "O'Brien")))).toEqual(['ops', 'sysadmin']);
  const ghost = find(catalog, 'ghost');
  const held = [
    ...ghost.permissions.map((row) => ({ ...row, via: [] })),
    ...directory.inherited(directory.rolesOf(ghost)),
  ];
  const question = {
    engine: 'SQLSERVER',
    privilege: 'SELECT',
    scope: "we'ird]db",
    object: 'dbo.Orders',
  } as const;
  expect(answersOf(question, held)).toEqual([]);
  expect(catalog.coverage.filter(({ scope }) => scope === 'secret')[0]).toMatchObject({
    status: 'DENIED',
    grant: 'GRANT CONNECT ANY DATABASE TO [reader];',
  });
  expect(catalog.closedScopes).toEqual(['offline']);
  // Every statement about a database names it, with its bracket doubled, in all three parts.
  for (const text of asked.filter((one) => /database_(principals|permissions|role_members)/.test(one))) {
    expect(text.match(/\b(?:from|join)\s+(\S+)/g)?.every((part) => part.includes("[we'ird]]db].sys."))).toBe(
      true,
    );
    expect(text).not.toMatch(/(schema|object|col)_name\s*\(/i);
  }
  expect(asked).toHaveLength(5 + 3);
});

test('W6: SQL Server: a list that the server filtered is no answer', async () => {
  const { open } = recorded([[/serverproperty/, [{ version: '16.0.1', me: 'reader', allowed: 0 }]]]);
  const failure = await createSqlserverConnector(open)
    .readCatalog(target, call)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'PERMISSION_DENIED', phase: 'inventory' });
  expect(failure).toMatchObject({
    coverage: expect.arrayContaining([
      expect.objectContaining({ grant: 'GRANT VIEW ANY DEFINITION TO [reader];' }),
    ]),
  });
});

test('W5: Oracle: status, roles in roles, rights of objects and columns, quotas; what may not be read is denied by itself', async () => {
  const { open, asked } = recorded(oracle);
  const catalog = await createOracleConnector(open).readCatalog(target, call);
  expect(rowsOf(find(catalog, 'APP'))).toEqual([
    'GRANT COLUMN HR EMP.SAL UPDATE +',
    'GRANT QUOTA USERS null UNLIMITED',
    'GRANT ROLE * OPS MEMBER',
    'GRANT SYSTEM * null CREATE SESSION',
  ]);
  expect(find(catalog, 'APP')).toMatchObject({
    nativeId: '7',
    lockReasons: [],
    attributes: { passwordExpired: true, defaultRoles: ['OPS'] },
    lastLoginAt: '2026-11-01T08:00:00Z',
  });
  expect(find(catalog, 'OLD').lockReasons).toEqual(['ACCOUNT_LOCKED']);
  expect(rowsOf(find(catalog, 'PUBLIC'))).toEqual(['GRANT TABLE HR EMP\\.X SELECT']);
  const directory = new RoleDirectory('ORACLE', catalog.accounts);
  expect(directory.effectiveNames(directory.rolesOf(find(catalog, 'APP')))).toEqual(['DBA', 'OPS']);
  expect(catalog.coverage).toContainEqual({
    category: 'SYSTEM',
    scope: '*',
    status: 'DENIED',
    grant: 'GRANT SELECT ON SYS.V_$PWFILE_USERS TO "READER";',
    detail: 'ORA-00942',
  });
  expect(asked).toHaveLength(8);
});

/** What every account can do, by the rules of its engine. */
async function capabilitiesIn(connector: DatabaseConnector) {
  const catalog = await connector.readCatalog(target, call);
  const directory = new RoleDirectory(catalog.engine, catalog.accounts);
  return Object.fromEntries(
    catalog.accounts.map((account) => [
      account.displayName,
      capabilitiesOf(
        capabilityReasons(catalog.engine, directory, account, directory.rolesOf(account)),
      ).join(),
    ]),
  );
}

test('W12: capabilities come by dynamic privileges, nested roles and administration of roles, and not by a mere name', async () => {
  const mysql = await capabilitiesIn(createMysqlConnector(recordedMysql('8.0.36', mysql8).open));
  expect(mysql).toMatchObject({
    'root@localhost': 'SUPERUSER,GRANT_ADMIN',
    // ROLE_ADMIN and CREATE USER.
    'ops@10.%': 'GRANT_ADMIN',
    // Admin of a role.
    'dev@%': 'GRANT_ADMIN',
    // The grant option of a database.
    'app_write@%': 'GRANT_ADMIN',
    'old@%': '',
  });
  const server = await capabilitiesIn(createSqlserverConnector(recorded(sqlserver).open));
  expect(server).toMatchObject({
    // A member of ops, which is in sysadmin.
    "O'Brien": 'SUPERUSER,GRANT_ADMIN',
    // Owns a database.
    app: 'GRANT_ADMIN',
    // A role of a database that is called sysadmin.
    ghost: '',
    off: '',
  });
  const ora = await capabilitiesIn(createOracleConnector(recorded(oracle).open));
  expect(ora).toMatchObject({ SYS: 'SUPERUSER,GRANT_ADMIN', APP: 'SUPERUSER,GRANT_ADMIN', OLD: '' });
});

test('MySQL 8: roles as CREATE ROLE leaves them, dynamic privileges, partial revokes, roles in a circle', async () => {
  const catalog = await createMysqlConnector(recordedMysql('8.0.36', mysql8).open).readCatalog(target, call);
  expect(rowsOf(find(catalog, 'dev@%'))).toEqual([
    'DENY DATABASE mysql null INSERT',
    'DENY DATABASE mysql null SELECT',
    'DENY DATABASE pay% null SELECT',
    'GRANT ROLE * app_write@% MEMBER +',
    'GRANT SERVER * null INSERT',
    'GRANT SERVER * null SELECT',
  ]);
  expect(rowsOf(find(catalog, 'ops@10.%'))).toEqual([
    'GRANT SERVER * null BACKUP_ADMIN',
    'GRANT SERVER * null CREATE ROLE',
    'GRANT SERVER * null CREATE USER',
    'GRANT SERVER * null ROLE_ADMIN +',
  ]);
  expect(find(catalog, 'app_read@%')).toMatchObject({ isRole: true, lockReasons: [] });
  expect(find(catalog, 'old@%')).toMatchObject({ isRole: false, attributes: { passwordExpired: true } });
  expect(find(catalog, 'ops@10.%').expiresAt).toBe('2026-04-02T03:04:05.000Z');
  const directory = new RoleDirectory('MYSQL', catalog.accounts);
  const dev = find(catalog, 'dev@%');
  expect(directory.effectiveNames(directory.rolesOf(dev))).toEqual(['app_read@%', 'app_write@%']);
  expect(dev.attributes).toMatchObject({ defaultRoles: ['app_write@%'] });
  const old = await createMysqlConnector(recordedMysql('5.7.44-log', mysql57).open).readCatalog(target, call);
  expect(rowsOf(find(old, 'deputy@%'))).toEqual([
    'GRANT SERVER * null REPLICATION CLIENT',
    'GRANT SERVER * null SHOW DATABASES',
    'GRANT SERVER * null SUPER',
  ]);
  expect(old.coverage.find(({ category }) => category === 'ROLE')?.status).toBe('UNSUPPORTED');
  expect(find(old, 'locked@%').lockReasons).toEqual(['ACCOUNT_LOCKED']);
});
