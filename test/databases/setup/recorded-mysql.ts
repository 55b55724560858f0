import { z } from 'zod';
import type { MysqlSession } from '../../../src/integrations/mysql/session.ts';
import type { Answers } from './recorded.ts';

const PRIVILEGES_5_7 =
  'Select Insert Update Delete Create Drop Reload Shutdown Process File Grant References Index Alter Show_db Super Create_tmp_table Lock_tables Execute Repl_slave Repl_client Create_view Show_view Create_routine Alter_routine Create_user Event Trigger Create_tablespace'
    .split(' ')
    .map((name) => `${name}_priv`);
const PRIVILEGES_8 = [...PRIVILEGES_5_7, 'Create_role_priv', 'Drop_role_priv'];

/** Columns of mysql.user, as `show columns` names them. */
function columns(privileges: readonly string[], more: readonly string[]) {
  const names = [
    'Host',
    'User',
    ...privileges,
    'ssl_type',
    'max_questions',
    'plugin',
    'authentication_string',
  ];
  return [
    ...names,
    'password_expired',
    'password_last_changed',
    'password_lifetime',
    'account_locked',
    ...more,
  ].map((Field) => ({ Field }));
}

/** A row of mysql.user: rights that are held, or `*` for all. */
function account(
  [user, host]: readonly [string, string],
  held: readonly string[],
  privileges: readonly string[],
  changes: Readonly<Record<string, string | null>> = {},
) {
  const has = (name: string) => (held.includes('*') || held.includes(name) ? 'Y' : 'N');
  return {
    user,
    host,
    ...Object.fromEntries(privileges.map((name) => [name.toLowerCase(), has(name)])),
    plugin: 'caching_sha2_password',
    account_locked: 'N',
    password_expired: 'N',
    password_last_changed: '2026-01-02 03:04:05',
    password_lifetime: null,
    max_questions: '0',
    ssl_type: '',
    restrictions: null,
    has_password: 'Y',
    ...changes,
  };
}

const asRole = { account_locked: 'Y', password_expired: 'Y', has_password: 'N', password_last_changed: null };
const none: Answers = [
  [/from mysql\.db$/, []],
  [/from mysql\.tables_priv$/, []],
  [/from mysql\.columns_priv$/, []],
  [/from mysql\.procs_priv$/, []],
  [/from mysql\.proxies_priv$/, []],
];

/** MySQL 8.0: roles in roles, dynamic privileges, partial revokes; from the documented grant tables. */
export const mysql8: Answers = [
  [/^show columns from mysql\.user$/, columns(PRIVILEGES_8, ['User_attributes'])],
  [
    /from mysql\.user$/,
    [
      account(['root', 'localhost'], ['*'], PRIVILEGES_8),
      account(['mysql.sys', 'localhost'], [], PRIVILEGES_8, { account_locked: 'Y' }),
      account(['app_read', '%'], [], PRIVILEGES_8, asRole),
      account(['app_write', '%'], [], PRIVILEGES_8, asRole),
      account(['dev', '%'], ['Select_priv', 'Insert_priv'], PRIVILEGES_8, {
        restrictions:
          '[{"Database": "pay%", "Privileges": ["SELECT"]}, {"Database": "mysql", "Privileges": ["INSERT", "SELECT"]}]',
      }),
      account(['ops', '10.%'], ['Create_user_priv', 'Create_role_priv'], PRIVILEGES_8, {
        password_lifetime: '90',
      }),
      account(['old', '%'], [], PRIVILEGES_8, { password_expired: 'Y' }),
    ],
  ],
  [
    /from mysql\.role_edges$/,
    [
      { user: 'app_write', host: '%', role: 'app_read', role_host: '%', admin: 'N' },
      { user: 'dev', host: '%', role: 'app_write', role_host: '%', admin: 'Y' },
      // A circle, which MySQL refuses and a table that was edited by hand may hold.
      { user: 'app_read', host: '%', role: 'app_write', role_host: '%', admin: 'N' },
    ],
  ],
  [/from mysql\.default_roles$/, [{ user: 'dev', host: '%', role: 'app_write', role_host: '%' }]],
  [
    /from mysql\.global_grants$/,
    [
      { user: 'ops', host: '10.%', privilege: 'ROLE_ADMIN', option: 'Y' },
      { user: 'ops', host: '10.%', privilege: 'BACKUP_ADMIN', option: 'N' },
      { user: 'root', host: 'localhost', privilege: 'SYSTEM_USER', option: 'Y' },
    ],
  ],
  [
    /from mysql\.db$/,
    [
      { Host: '%', Db: 'my\\_db', User: 'app_read', Select_priv: 'Y', Grant_priv: 'N', Delete_priv: 'N' },
      { Host: '%', Db: 'shop', User: 'app_write', Select_priv: 'N', Grant_priv: 'Y', Delete_priv: 'Y' },
    ],
  ],
  ...none,
];

/** MySQL 5.7: neither roles nor dynamic privileges. */
export const mysql57: Answers = [
  [/^show columns from mysql\.user$/, columns(PRIVILEGES_5_7, [])],
  [
    /from mysql\.user$/,
    [
      account(['root', 'localhost'], ['*'], PRIVILEGES_5_7, { plugin: 'mysql_native_password' }),
      account(['deputy', '%'], ['Super_priv', 'Repl_client_priv', 'Show_db_priv'], PRIVILEGES_5_7),
      account(['locked', '%'], [], PRIVILEGES_5_7, { account_locked: 'Y' }),
    ],
  ],
  ...none,
];

/** A session whose answers were recorded; statements are noted. */
export function recordedMysql(version: string, answers: Answers) {
  const asked: string[] = [];
  const closed: number[] = [];
  const open = async (): Promise<MysqlSession> => ({
    tlsInUse: true,
    version,
    comment: 'MySQL Community Server - GPL',
    rows: async (text, shape) => {
      asked.push(text);
      const answer = answers.find(([pattern]) => pattern.test(text))?.[1];
      if (answer instanceof Error) throw answer;
      if (answer !== undefined) return z.array(shape).parse(answer);
      if (/^select 1 from mysql\.\w+ limit 0$/.test(text)) return [];
      if (/current_user\(\)/.test(text)) return z.array(shape).parse([{ me: 'reader@%' }]);
      throw new Error(`nothing is recorded for ${text}`);
    },
    close: async () => {
      closed.push(asked.length);
    },
  });
  return { open, asked, closed };
}
