import { expect, test } from 'vitest';
import {
  hashAccounts,
  planChanges,
  type StoredAccount,
} from '../../src/domain/databases/changes/plan-changes.ts';
import { type RemoteCatalog, unreadBy } from '../../src/domain/databases/permissions/catalog.ts';
import type { Permission } from '../../src/domain/databases/permissions/permission.ts';
import { createMysqlConnector } from '../../src/integrations/mysql/connector.ts';
import { createOracleConnector } from '../../src/integrations/oracle/connector.ts';
import { createSqlserverConnector } from '../../src/integrations/sqlserver/connector.ts';
import { type Answers, call, denial, oracle, recorded, sqlserver, target } from './setup/recorded.ts';
import { mysql8, recordedMysql } from './setup/recorded-mysql.ts';

interface Stored {
  readonly accounts: readonly StoredAccount[];
  readonly rows: ReadonlyMap<string, readonly Permission[]>;
}

/** What a reading changes of what is stored, and what is stored then. */
function store(catalog: RemoteCatalog, before: Stored = { accounts: [], rows: new Map() }) {
  const unread = unreadBy(catalog);
  const plan = planChanges(
    { catalog, hashes: hashAccounts(catalog), unread },
    before.accounts,
    (id) => before.rows.get(id) ?? [],
  );
  const accounts = plan.accounts.map(
    ({ remote, hash }): StoredAccount => ({
      ...remote,
      id: remote.identity,
      state: 'ACTIVE',
      snapshotHash: hash,
    }),
  );
  const rows = new Map(plan.accounts.map(({ remote, permissions }) => [remote.identity, permissions]));
  const changes = plan.accounts.flatMap(({ remote, changes: of }) =>
    of.map(({ kind }) => `${kind} ${remote.displayName}`),
  );
  return {
    changes: [...changes, ...plan.disappeared.map(({ id }) => `DELETE ${id}`)],
    now: { accounts, rows } satisfies Stored,
  };
}

const readSqlserver = (answers: Answers) =>
  createSqlserverConnector(recorded(answers).open).readCatalog(target, call);
const databases = (changes: object | null): Answers => [
  [
    /from sys\.databases/,
    changes === null ? [] : [{ name: "we'ird]db", state: 0, allowed: 1, owner: '0x0A', ...changes }],
  ],
  ...sqlserver,
];

test.each([
  ['closed to us', { allowed: 0 }],
  ['offline', { state: 6, allowed: 0 }],
])(
  'W4: SQL Server: of a database that is %s nothing is lost: rights, users, roles and orphans stay',
  async (_name, state) => {
    const { now } = store(await readSqlserver(databases({})));
    const away = store(await readSqlserver(databases(state)), now);
    expect(away.changes).toEqual([]);
    expect(away.now.accounts.map(({ identity }) => identity).sort()).toEqual(
      now.accounts.map(({ identity }) => identity).sort(),
    );
    const back = store(await readSqlserver(databases({})), away.now);
    expect(back.changes).toEqual([]);
  },
);

test('W4: SQL Server: with a database that was dropped everything in it goes', async () => {
  const { now } = store(await readSqlserver(databases({})));
  const { changes } = store(await readSqlserver(databases(null)), now);
  expect(changes).toEqual(
    expect.arrayContaining([
      "DELETE role:we'ird]db:16",
      "DELETE user:we'ird]db:0xFF",
      "MODIFY_PRIVILEGE O'Brien",
    ]),
  );
});

test.each([
  ['dynamic privileges', 'SERVER', /from mysql\.global_grants$/],
  ['memberships', 'ROLE', /from mysql\.role_edges$/],
  ['default roles', 'ROLE', /from mysql\.default_roles$/],
  ['rights on tables', 'COLUMN', /from mysql\.tables_priv$/],
])(
  'W4: MySQL: without %s a category is not wholly read, and not compared',
  async (_name, category, source) => {
    const read = (answers: Answers) =>
      createMysqlConnector(recordedMysql('8.0.36', answers).open).readCatalog(target, call);
    const column = { user: 'dev', host: '%', db: 'shop', table: 't', name: 'c', rights: 'Select' };
    const table = {
      user: 'dev',
      host: '%',
      db: 'shop',
      name: 't',
      rights: 'Select,Grant',
      columns: 'Select',
    };
    const whole: Answers = [
      [/from mysql\.columns_priv$/, [column]],
      [/from mysql\.tables_priv$/, [table]],
      ...mysql8,
    ];
    const { now } = store(await read(whole));
    const partial = await read([[source, denial], ...whole]);
    expect(partial.coverage.filter((entry) => entry.category === category)).toEqual([
      expect.objectContaining({ status: 'DENIED', grant: expect.stringMatching(/^GRANT SELECT ON/) }),
    ]);
    const away = store(partial, now);
    expect(away.changes).toEqual([]);
    expect(store(await read(whole), away.now).changes).toEqual([]);
  },
);

test('W4: Oracle: system privileges are not compared while administrators may not be read', async () => {
  const read = (answers: Answers) => createOracleConnector(recorded(answers).open).readCatalog(target, call);
  const administrators = [
    {
      grantee: 'APP',
      sysdba: 'TRUE',
      sysoper: 'FALSE',
      sysbackup: null,
      sysdg: null,
      syskm: null,
      sysasm: null,
    },
  ];
  const whole: Answers = [[/v\$pwfile_users/, administrators], ...oracle];
  const { now } = store(await read(whole));
  expect([...now.rows.values()].flat().map(({ privilege }) => privilege)).toContain('SYSDBA');
  const away = store(await read(oracle), now);
  expect(away.changes).toEqual([]);
  expect(away.now.rows).toEqual(now.rows);
});
