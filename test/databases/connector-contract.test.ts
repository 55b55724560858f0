import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionCategories } from '../../src/domain/databases/engines.ts';
import { type RemoteCatalog, unreadBy } from '../../src/domain/databases/permissions/catalog.ts';
import { identityOf, normalise } from '../../src/domain/databases/permissions/permission.ts';
import type {
  DatabaseConnector,
  DatabaseTarget,
} from '../../src/integrations/contract/database-connector.ts';
import { createMysqlConnector } from '../../src/integrations/mysql/connector.ts';
import { openSession as openMysql } from '../../src/integrations/mysql/session.ts';
import { createOracleConnector } from '../../src/integrations/oracle/connector.ts';
import { createPostgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import {
  openSession as openPostgres,
  type PostgresSession,
} from '../../src/integrations/postgresql/session.ts';
import { createSqlserverConnector } from '../../src/integrations/sqlserver/connector.ts';
import { hasMariaDb, startMariaDb } from './setup/mariadb.ts';
import { READER, startPopulatedPostgres } from './setup/populated-postgres.ts';
import { type Answers, call, denial, oracle, recorded, sqlserver, target } from './setup/recorded.ts';
import { mysql8, mysql57, recordedMysql } from './setup/recorded-mysql.ts';

/** A server that a connector of the suite reads. */
interface Subject {
  readonly connector: DatabaseConnector;
  readonly target: DatabaseTarget;
  /** Statements so far, and sessions that are open. */
  readonly asked: () => number;
  readonly open: () => number;
  /** Makes hundreds of accounts more. */
  grow(): Promise<void>;
  /** Takes a category away from our credential. */
  deny(): Promise<void>;
  stop(): Promise<void>;
}

const GROWN = 300;
const numbers = Array.from({ length: GROWN }, (_, index) => index);

/** A session whose statements, and whether it is open, are counted. */
function countIn<Session extends PostgresSession>(
  counted: { asked: number; open: number },
  session: Session,
): Session {
  counted.open += 1;
  return {
    ...session,
    rows: (text, shape) => {
      counted.asked += 1;
      return session.rows(text, shape);
    },
    close: () => {
      counted.open -= 1;
      return session.close();
    },
  } satisfies PostgresSession;
}

async function postgresSubject(): Promise<Subject> {
  const server = await startPopulatedPostgres();
  const counted = { asked: 0, open: 0 };
  const connector = createPostgresqlConnector(async (...given) =>
    countIn(counted, await openPostgres(...given)),
  );
  return {
    connector,
    target: server.target,
    asked: () => counted.asked,
    open: () => counted.open,
    grow: async () => {
      await server.query(
        null,
        `do $$ begin for i in 1..${GROWN} loop execute format('create role grown_%s login in role app_read', i); end loop; end $$`,
      );
    },
    deny: async () => {
      await server.query(null, `revoke connect on database shop from ${READER.name}`);
    },
    stop: server.stop,
  };
}

async function mariaSubject(): Promise<Subject> {
  const server = await startMariaDb();
  const tables = 'global_priv db tables_priv columns_priv procs_priv roles_mapping proxies_priv'.split(' ');
  await server.run([
    'create database shop',
    'create role app_read',
    'grant select on shop.* to app_read',
    "create user zhang@'%'",
    "grant app_read to zhang@'%'",
    "create user reader@'%' identified by 'x'",
    ...tables.map((table) => `grant select on mysql.${table} to reader@'%'`),
  ]);
  const counted = { asked: 0, open: 0 };
  const connector = createMysqlConnector(async (...given) => countIn(counted, await openMysql(...given)));
  return {
    connector,
    target: { ...target, host: '127.0.0.1', port: server.port },
    asked: () => counted.asked,
    open: () => counted.open,
    grow: () =>
      server.run(numbers.flatMap((n) => [`create user grown_${n}@'%'`, `grant app_read to grown_${n}@'%'`])),
    deny: () => server.run(["revoke select on mysql.roles_mapping from reader@'%'"]),
    stop: server.stop,
  };
}

/** A server of recorded answers, that grows by copies of one row. */
function recordedSubject(
  answers: Answers,
  more: { readonly accounts: RegExp; readonly copy: (n: number) => unknown; readonly denied: RegExp },
  start: (answers: Answers) => {
    readonly connector: DatabaseConnector;
    readonly asked: readonly string[];
    readonly closed: readonly number[];
  },
): Subject {
  let current = answers;
  let started = start(current);
  let opened = 0;
  const again = (next: Answers) => {
    current = next;
    started = start(current);
    opened = 0;
  };
  const connector: DatabaseConnector = {
    engine: started.connector.engine,
    readCatalog: (...given) => {
      opened += 1;
      return started.connector.readCatalog(...given);
    },
    testConnection: (...given) => {
      opened += 1;
      return started.connector.testConnection(...given);
    },
  };
  return {
    connector,
    target,
    asked: () => started.asked.length,
    open: () => opened - started.closed.length,
    grow: async () =>
      again(
        current.map(([pattern, rows]) =>
          pattern.source === more.accounts.source && !(rows instanceof Error)
            ? [pattern, [...rows, ...numbers.map(more.copy)]]
            : [pattern, rows],
        ),
      ),
    deny: async () => again([[more.denied, denial], ...current]),
    stop: async () => {},
  };
}

function first(answers: Answers, pattern: RegExp): Record<string, unknown> {
  const rows = answers.find(([one]) => one.source === pattern.source)?.[1];
  if (rows === undefined || rows instanceof Error) throw new Error(`nothing is recorded for ${pattern}`);
  return Object.fromEntries(Object.entries(rows.at(-1) ?? {}));
}

function mysqlSubject(version: string, answers: Answers): Subject {
  const accounts = /from mysql\.user$/;
  return recordedSubject(
    answers,
    {
      accounts,
      copy: (n) => ({ ...first(answers, accounts), user: `grown_${n}` }),
      denied: /from mysql\.procs_priv$/,
    },
    (given) => {
      const { open, asked, closed } = recordedMysql(version, given);
      return { connector: createMysqlConnector(open), asked, closed };
    },
  );
}

const subjects: readonly (readonly [string, () => Promise<Subject>, boolean])[] = [
  ['PostgreSQL', postgresSubject, true],
  ['MariaDB (needs mariadb-server)', mariaSubject, hasMariaDb],
  ['MySQL 8.0, recorded', async () => mysqlSubject('8.0.36', mysql8), true],
  ['MySQL 5.7, recorded', async () => mysqlSubject('5.7.44-log', mysql57), true],
  [
    'SQL Server, recorded',
    async () => {
      const accounts = /from sys\.server_principals p/;
      return recordedSubject(
        sqlserver,
        {
          accounts,
          copy: (n) => ({
            ...first(sqlserver, accounts),
            id: 1_000 + n,
            sid: `0xA${n}`,
            name: `grown ${n}`,
            type: 'S',
          }),
          denied: /database_permissions/,
        },
        (given) => {
          const { open, asked, closed } = recorded(given);
          return { connector: createSqlserverConnector(open), asked, closed };
        },
      );
    },
    true,
  ],
  [
    'Oracle, recorded',
    async () => {
      const accounts = /from sys\.dba_users u\s*$/;
      return recordedSubject(
        oracle,
        {
          accounts,
          copy: (n) => ({ ...first(oracle, accounts), id: 1_000 + n, name: `GROWN_${n}` }),
          denied: /from sys\.dba_col_privs/,
        },
        (given) => {
          const { open, asked, closed } = recorded(given);
          return { connector: createOracleConnector(open), asked, closed };
        },
      );
    },
    true,
  ],
];

/** No row is of what was not read, unless another source of the same category was: the list of databases, for one. */
function expectNoUnread(catalog: RemoteCatalog): void {
  const unread = unreadBy(catalog);
  const half = new Set(
    catalog.coverage
      .filter(({ status }) => status === 'OK')
      .map(({ category, scope }) => `${category} ${scope}`),
  );
  for (const { permissions } of catalog.accounts)
    expect(
      permissions.filter(
        (row) => unread(row) && !half.has(`${row.category} null`) && row.privilege !== 'OWNER',
      ),
    ).toEqual([]);
}

describe.each(subjects)('%s', (_name, start, isThere) => {
  describe.skipIf(!isThere)('as every connector', () => {
    let subject: Subject;
    let catalog: RemoteCatalog;
    let queries = 0;

    beforeAll(async () => {
      subject = await start();
      const before = subject.asked();
      catalog = await subject.connector.readCatalog(subject.target, call);
      queries = subject.asked() - before;
    });
    afterAll(() => subject.stop());

    test('accounts have an identity each, rows are of the normal form, and memberships name accounts', () => {
      const { accounts } = catalog;
      expect(new Set(accounts.map(({ identity }) => identity)).size).toBe(accounts.length);
      expect(accounts.length).toBeGreaterThan(2);
      const names = new Set(accounts.map(({ displayName }) => displayName));
      for (const { permissions, displayName } of accounts) {
        expect(new Set(permissions.map(identityOf)).size, displayName).toBe(normalise(permissions).length);
        for (const row of permissions) {
          expect(permissionCategories).toContain(row.category);
          expect(row.privilege, displayName).toBe(row.privilege.toUpperCase());
          expect(row.privilege).not.toBe('');
          expect(row.scope).not.toBe('');
          if (row.category === 'ROLE') expect(names, displayName).toContain(row.object);
        }
      }
    });

    test('what has rows was read, and what was not read has none', () => {
      expectNoUnread(catalog);
      for (const { status, grant } of catalog.coverage)
        if (status === 'DENIED') expect(grant).toMatch(/^GRANT .*;$/);
    });

    test('the same again is the same, and is told by its fingerprint', async () => {
      const again = await subject.connector.readCatalog(subject.target, call);
      expect(again.fingerprint).toBe(catalog.fingerprint);
      expect(again.accounts).toEqual(catalog.accounts);
      expect(again.coverage).toEqual(catalog.coverage);
    });

    test('a test of the connection says what the server is, and what may be read as the reading does', async () => {
      const report = await subject.connector.testConnection(subject.target, call);
      expect(report).toMatchObject({ product: catalog.product, version: catalog.version });
      const denied = ({ coverage }: Pick<RemoteCatalog, 'coverage'>) =>
        coverage
          .filter(({ status }) => status === 'DENIED')
          .map(({ category, scope }) => `${category} ${scope}`);
      for (const one of denied(report)) expect(denied(catalog)).toContain(one);
    });

    test('whoever gives up is told so, and no session stays open', async () => {
      const controller = new AbortController();
      controller.abort(new Error('the run was cancelled'));
      const failure = await subject.connector
        .readCatalog(subject.target, { ...call, signal: controller.signal })
        .catch((error: unknown) => error);
      if (failure instanceof Error) expect(failure.message).toBe('the run was cancelled');
      expect(subject.open()).toBe(0);
    });

    test('W25: hundreds of accounts more are not one query more', async () => {
      await subject.grow();
      const before = subject.asked();
      const grown = await subject.connector.readCatalog(subject.target, call);
      expect(grown.accounts.length).toBe(catalog.accounts.length + GROWN);
      expect(subject.asked() - before).toBe(queries);
      expect(grown.fingerprint).not.toBe(catalog.fingerprint);
    });

    test('a category that is denied is noted with the grant that helps; everything else is read', async () => {
      await subject.deny();
      const partial = await subject.connector.readCatalog(subject.target, call);
      const known = new Set(catalog.coverage.map((entry) => JSON.stringify(entry)));
      const lost = partial.coverage.filter((entry) => !known.has(JSON.stringify(entry)));
      expect(lost.length).toBeGreaterThan(0);
      for (const { status, grant } of lost) {
        expect(status).toBe('DENIED');
        if (subject.connector.engine !== 'SQLSERVER') expect(grant).toMatch(/^GRANT .*;$/);
      }
      expect(partial.accounts.length).toBe(catalog.accounts.length + GROWN);
      expectNoUnread(partial);
      expect(subject.open()).toBe(0);
    });
  });
});
