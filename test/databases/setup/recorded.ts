import type { DatabaseTarget } from '../../../src/integrations/contract/database-connector.ts';
import { DatabaseError } from '../../../src/integrations/contract/database-error.ts';
import type { QueryRunner } from '../../../src/integrations/sql/run-query.ts';
import { Secret } from '../../../src/secret.ts';

/** What a server answers to a statement, by what the statement reads. */
export type Answers = readonly (readonly [RegExp, readonly unknown[] | Error])[];

/** Signs in nowhere: the answers are recorded. */
export const target: DatabaseTarget = {
  host: 'recorded',
  port: 1,
  database: null,
  username: 'reader',
  password: new Secret('x'),
  tls: 'PREFERRED',
  caCertificate: null,
};
export const call = { signal: new AbortController().signal, connectTimeoutMs: 1_000 };

/** Answers of a server as they were recorded, by what a statement reads; statements are noted. */
export function recorded(answers: Answers) {
  const asked: string[] = [];
  const closed: number[] = [];
  const open = async (): Promise<QueryRunner> => ({
    tlsInUse: true,
    version: '19.3',
    run: async (text) => {
      asked.push(text);
      const answer = answers.find(([pattern]) => pattern.test(text))?.[1];
      if (answer instanceof Error) throw answer;
      // What only asks whether something may be read.
      if (answer === undefined && / where 1 = 0$/.test(text)) return [];
      if (answer === undefined) throw new Error(`nothing is recorded for ${text}`);
      return answer;
    },
    close: async () => {
      closed.push(asked.length);
    },
  });
  return { open, asked, closed };
}

/** A server's answer to a reader without the right. */
export const denial = new DatabaseError({
  code: 'PERMISSION_DENIED',
  phase: 'collection',
  failure: 'permanent',
  detail: 'ORA-00942',
});

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

/** SQL Server, from its documented catalog: nested roles, orphans, DENY, a database whose name has to be quoted. */
export const sqlserver: Answers = [
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
/** Oracle, from its documented views: roles in roles, quotas, and one view that may not be read. */
export const oracle: Answers = [
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
  [/v\$pwfile_users/, denial],
];
