import { z } from 'zod';
import type { CategoryCoverage, RemoteCatalog } from '../../domain/databases/permissions/catalog.ts';
import type {
  ConnectionReport,
  DatabaseCall,
  DatabaseConnector,
  DatabaseTarget,
} from '../contract/database-connector.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';
import { assembleCatalog } from '../sql/assemble-catalog.ts';
import { note, readCategories, worstOf } from '../sql/read-categories.ts';
import { trackPhase } from '../sql/track-phase.ts';
import { mariaAccounts, mysqlAccounts, remoteAccounts } from './accounts.ts';
import {
  hasRoles,
  readGrants,
  readMariaAccounts,
  readMysqlAccounts,
  readRoles,
  sourcesOf,
} from './catalog.ts';
import { isMariaDb, type MysqlSession, openSession } from './session.ts';

const meShape = z.object({ me: z.string() });

/** Signs in; tests give recorded answers instead, or record the statements. */
export type OpenMysql = (
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
) => Promise<MysqlSession>;

/** Reads MySQL 5.7 and later and MariaDB 10.4 and later, all of it from the tables of `mysql`. */
export function createMysqlConnector(open: OpenMysql = openSession): DatabaseConnector {
  return {
    engine: 'MYSQL',

    async readCatalog(target: DatabaseTarget, call: DatabaseCall): Promise<RemoteCatalog> {
      const { enter, phase } = trackPhase(call);
      const session = await open(target, call, phase);
      const coverage: CategoryCoverage[] = [];
      try {
        enter('inventory');
        const mariaDb = isMariaDb(session.version);
        const version = versionNumber(session.version);
        const maria = mariaDb ? await inventory(session, coverage, () => readMariaAccounts(session)) : [];
        const plain = mariaDb ? [] : await inventory(session, coverage, () => readMysqlAccounts(session));
        enter('collection');
        const read = { status: 'OK', grant: null, detail: null } as const;
        note(
          coverage,
          { categories: mariaDb || version < 800 ? ['ATTRIBUTE', 'SERVER'] : ['ATTRIBUTE'], scope: null },
          read,
        );
        const grants = await readGrants(session, coverage);
        const roles = await readRoles(session, coverage, { mariaDb, version });
        const about = {
          engine: 'MYSQL',
          product: productOf(session),
          version: session.version,
          coverage: await withGrants(session, coverage),
          closedScopes: [],
        } as const;
        return assembleCatalog(about, [maria, plain, grants, roles], () => {
          const accounts = mariaDb ? mariaAccounts(maria, version) : mysqlAccounts(plain, roles);
          return remoteAccounts(accounts, grants, roles.edges);
        });
      } finally {
        await session.close();
      }
    },

    async testConnection(target: DatabaseTarget, call: DatabaseCall): Promise<ConnectionReport> {
      const session = await open(target, call, () => 'connect');
      try {
        const { version, tlsInUse } = session;
        return { product: productOf(session), version, tlsInUse, coverage: await probe(session) };
      } finally {
        await session.close();
      }
    },
  };
}

/** With the driver. */
export const mysqlConnector = createMysqlConnector();

/** Without the list of accounts nothing else has a meaning; what else is missing is told with it. */
async function inventory<Row>(
  session: MysqlSession,
  coverage: CategoryCoverage[],
  read: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== 'PERMISSION_DENIED') throw error;
    coverage.push(...(await probe(session)));
    throw error.withCoverage(coverage);
  }
}

/** Asks every table for nothing. */
async function probe(session: MysqlSession): Promise<readonly CategoryCoverage[]> {
  const coverage: CategoryCoverage[] = [];
  const server = { mariaDb: isMariaDb(session.version), version: versionNumber(session.version) };
  for (const [category, table] of sourcesOf(server))
    await readCategories(coverage, { categories: [category], scope: null, grant: null }, () =>
      session.rows(`select 1 from mysql.${table} limit 0`, z.object({})),
    );
  if (!hasRoles(server))
    note(
      coverage,
      { categories: ['ROLE'], scope: null },
      { status: 'UNSUPPORTED', grant: null, detail: null },
    );
  return withGrants(session, worstOf(coverage));
}

/** Adds the grant that helps to each denied category; only the server knows the name by which we signed in. */
async function withGrants(
  session: MysqlSession,
  coverage: readonly CategoryCoverage[],
): Promise<readonly CategoryCoverage[]> {
  if (!coverage.some(({ status }) => status === 'DENIED')) return coverage;
  const [row] = await session.rows('select current_user() as me', meShape);
  const at = row?.me.lastIndexOf('@') ?? -1;
  const me =
    row === undefined || at < 0
      ? 'CURRENT_USER'
      : `${quoted(row.me.slice(0, at))}@${quoted(row.me.slice(at + 1))}`;
  const grant = `GRANT SELECT ON \`mysql\`.* TO ${me};`;
  return coverage.map((entry) => (entry.status === 'DENIED' ? { ...entry, grant } : entry));
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function productOf({ version, comment }: MysqlSession): string {
  if (isMariaDb(version)) return 'MariaDB';
  return /percona/i.test(comment) ? 'Percona' : 'MySQL';
}

/** 8.0.36 is 800, 10.11.2 is 1011. */
function versionNumber(version: string): number {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-/, '')) ?? [];
  return Number(major) * 100 + Number(minor);
}
