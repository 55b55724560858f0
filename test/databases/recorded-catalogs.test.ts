import { expect, test } from 'vitest';
import type { RemoteAccount, RemoteCatalog } from '../../src/domain/databases/permissions/catalog.ts';
import { RoleDirectory } from '../../src/domain/databases/permissions/role-directory.ts';
import { answersOf } from '../../src/domain/databases/questions/who-can.ts';
import type { DatabaseTarget } from '../../src/integrations/contract/database-connector.ts';
import { DatabaseError } from '../../src/integrations/contract/database-error.ts';
import { createOracleConnector } from '../../src/integrations/oracle/connector.ts';
import type { QueryRunner } from '../../src/integrations/sql/run-query.ts';
import { createSqlserverConnector } from '../../src/integrations/sqlserver/connector.ts';
import { Secret } from '../../src/secret.ts';

const target: DatabaseTarget = {
  host: 'recorded',
  port: 1,
  database: null,
  username: 'reader',
  password: new Secret('x'),
  tls: 'PREFERRED',
  caCertificate: null,
};
const call = { signal: new AbortController().signal, connectTimeoutMs: 1_000 };

/** Answers of a server as they were recorded, by what a statement reads; statements are noted. */
function recorded(answers: readonly (readonly [RegExp, readonly unknown[] | Error])[]) {
  const asked: string[] = [];
  const open = async (): Promise<QueryRunner> => ({
    tlsInUse: true,
    version: '19.3',
    run: async (text) => {
      asked.push(text);
      const answer = answers.find(([pattern]) => pattern.test(text))?.[1];
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new Error(`nothing is recorded for ${text}`);
      return answer;
    },
    close: async () => {},
  });
  return { open, asked };
}

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

const login = (id: number, name: string, sid: string | null, changes: object = {}) => ({
  id,
  name,
  type: 'S',
  type_desc: 'SQL_LOGIN',
  sid,
  disabled: 0,
  fixed: 0,
  database_name: 'master',
  policy: 1,
  expiration: 0,
  locked: 0,
  expired: 0,
  must_change: 0,
  ...changes,
});
const right = (grantee: number, permission: string, changes: object = {}) => ({
  grantee,
  class: 0,
  class_desc: 'DATABASE',
  permission,
  state: 'G',
  schema_name: null,
  name: null,
  object_type: null,
  column_name: null,
  principal_name: null,
  principal_type: null,
  major: 0,
  ...changes,
});
const table = {
  class: 1,
  class_desc: 'OBJECT_OR_COLUMN',
  schema_name: 'dbo',
  name: 'Orders',
  object_type: 'U',
  major: 7,
};

const sqlserver: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [/serverproperty\('ProductVersion'\)/, [{ version: '16.0.1', me: 'reader', allowed: 1 }]],
  [
    /from sys\.server_principals p/,
    [
      login(1, 'sa', '0x01'),
      login(10, 'app', '0x0A'),
      login(11, "O'Brien", '0x0B', { must_change: 1 }),
      login(12, 'off', '0x0C', { disabled: 1 }),
      login(13, 'nocon', '0x0D'),
      login(14, 'CORP\\dba', '0x0E', { type: 'G', type_desc: 'WINDOWS_GROUP' }),
      login(2, 'public', '0x02', { type: 'R', fixed: 0 }),
      login(3, 'sysadmin', '0x03', { type: 'R', type_desc: 'SERVER_ROLE', fixed: 1 }),
      login(20, 'ops', '0x14', { type: 'R', type_desc: 'SERVER_ROLE' }),
    ],
  ],
  [
    /from sys\.databases/,
    [
      { name: "we'ird]db", state: 0, allowed: 1, owner: '0x0A' },
      { name: 'secret', state: 0, allowed: 0, owner: '0x01' },
      { name: 'offline', state: 6, allowed: 0, owner: '0x01' },
    ],
  ],
  [
    /from sys\.server_role_members/,
    [
      { role: 3, member: 1 },
      { role: 20, member: 11 },
      { role: 3, member: 20 },
    ],
  ],
  [
    /from sys\.server_permissions/,
    [
      { grantee: 10, class: 100, class_desc: 'SERVER', permission: 'CONNECT SQL', state: 'G', name: null },
      { grantee: 13, class: 100, class_desc: 'SERVER', permission: 'CONNECT SQL', state: 'D', name: null },
      {
        grantee: 10,
        class: 101,
        class_desc: 'SERVER_PRINCIPAL',
        permission: 'IMPERSONATE',
        state: 'W',
        name: 'sa',
      },
    ],
  ],
  [
    /\[we'ird\]\]db\]\.sys\.database_principals p\s+where/,
    [
      { id: 1, name: 'dbo', type: 'S', sid: '0x0A', fixed: 0, authentication: 'INSTANCE' },
      { id: 5, name: 'brien', type: 'S', sid: '0x0B', fixed: 0, authentication: 'INSTANCE' },
      { id: 6, name: 'ghost', type: 'S', sid: '0xFF', fixed: 0, authentication: 'INSTANCE' },
      { id: 0, name: 'public', type: 'R', sid: null, fixed: 0, authentication: null },
      { id: 16, name: 'readers', type: 'R', sid: null, fixed: 0, authentication: null },
      { id: 17, name: 'sysadmin', type: 'R', sid: null, fixed: 0, authentication: null },
    ],
  ],
  [
    /\[we'ird\]\]db\]\.sys\.database_role_members/,
    [
      { role: 16, member: 6 },
      { role: 17, member: 6 },
    ],
  ],
  [
    /\[we'ird\]\]db\]\.sys\.database_permissions/,
    [
      right(16, 'SELECT', table),
      right(6, 'SELECT', { ...table, state: 'D' }),
      right(5, 'UPDATE', { ...table, column_name: 'Note', state: 'W' }),
      right(5, 'EXECUTE', { ...table, name: 'Close.Day', object_type: 'P' }),
      right(0, 'VIEW DEFINITION', { class: 3, class_desc: 'SCHEMA', schema_name: 'dbo' }),
    ],
  ],
];

test('SQL Server: logins with their users by SID, orphans, DENY and WITH GRANT, names of their own database', async () => {
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

test('SQL Server: a list that the server filtered is no answer', async () => {
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

const user = (id: number, name: string, status: string) => ({
  id,
  name,
  status,
  profile: 'DEFAULT',
  tablespace: 'USERS',
  authentication: 'PASSWORD',
  common: 'NO',
  maintained: 'N',
  expires: '2027-01-01T00:00:00Z',
  locked: null,
  last_login: '2026-11-01T08:00:00Z',
});
const oracle: readonly (readonly [RegExp, readonly unknown[] | Error])[] = [
  [
    /from sys\.dba_users u\s*$/,
    [user(0, 'SYS', 'OPEN'), user(7, 'APP', 'EXPIRED'), user(8, 'OLD', 'EXPIRED & LOCKED')],
  ],
  [
    /from sys\.dba_roles r\s*$/,
    [
      { name: 'DBA', common: 'YES', maintained: 'Y', authentication: 'NONE' },
      { name: 'OPS', common: 'NO', maintained: 'N', authentication: 'NONE' },
    ],
  ],
  [
    /from sys\.dba_role_privs/,
    [
      { grantee: 'APP', role: 'OPS', admin: 'NO', is_default: 'YES' },
      { grantee: 'OPS', role: 'DBA', admin: 'YES', is_default: 'NO' },
    ],
  ],
  [
    /from sys\.dba_sys_privs/,
    [
      { grantee: 'APP', privilege: 'CREATE SESSION', admin: 'NO' },
      { grantee: 'DBA', privilege: 'SELECT ANY TABLE', admin: 'YES' },
    ],
  ],
  [
    /from sys\.dba_tab_privs/,
    [{ grantee: 'PUBLIC', owner: 'HR', name: 'EMP.X', type: 'TABLE', privilege: 'SELECT', grantable: 'NO' }],
  ],
  [
    /from sys\.dba_col_privs/,
    [{ grantee: 'APP', owner: 'HR', name: 'EMP', column: 'SAL', privilege: 'UPDATE', grantable: 'YES' }],
  ],
  [/from sys\.dba_ts_quotas/, [{ grantee: 'APP', tablespace: 'USERS', bytes: '-1' }]],
  [
    /v\$pwfile_users/,
    new DatabaseError({
      code: 'PERMISSION_DENIED',
      phase: 'collection',
      failure: 'permanent',
      detail: 'ORA-00942',
    }),
  ],
];

test('Oracle: status, roles in roles, rights of objects and columns, quotas; what may not be read is denied by itself', async () => {
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
