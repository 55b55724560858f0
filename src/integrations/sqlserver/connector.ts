import type { CategoryCoverage, RemoteCatalog } from '../../domain/databases/permissions/catalog.ts';
import type {
  ConnectionReport,
  DatabaseCall,
  DatabaseConnector,
  DatabaseTarget,
} from '../contract/database-connector.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';
import { assembleCatalog } from '../sql/assemble-catalog.ts';
import { note } from '../sql/read-categories.ts';
import type { QueryRunner } from '../sql/run-query.ts';
import { trackPhase } from '../sql/track-phase.ts';
import { accountsOf } from './accounts.ts';
import {
  type DatabaseReading,
  perDatabase,
  readDatabase,
  readInventory,
  readServer,
  readServerRights,
  type SqlDatabase,
} from './catalog.ts';
import { bracketed } from './queries.ts';
import { openSession } from './session.ts';

/** Signs in; tests give recorded answers instead. */
export type OpenSqlserver = (
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
) => Promise<QueryRunner>;

const PRODUCT = 'Microsoft SQL Server';
const read = { status: 'OK', grant: null, detail: null } as const;

/** Reads SQL Server 2014 and later: logins and roles once, then each database by three queries. */
export function createSqlserverConnector(open: OpenSqlserver = openSession): DatabaseConnector {
  return {
    engine: 'SQLSERVER',

    async readCatalog(target: DatabaseTarget, call: DatabaseCall): Promise<RemoteCatalog> {
      const { enter, phase } = trackPhase(call);
      const runner = await open(target, call, phase);
      const coverage: CategoryCoverage[] = [];
      try {
        enter('inventory');
        const server = await readServer(runner);
        if (server.allowed === 0) throw filtered(server.me);
        const { principals, databases } = await readInventory(runner);
        enter('collection');
        note(coverage, { categories: ['ATTRIBUTE'], scope: null }, read);
        const rights = await readServerRights(runner, coverage);
        const readings: DatabaseReading[] = [];
        for (const database of databases) {
          if (database.state !== 0) continue;
          if (database.allowed === 1) readings.push(await readDatabase(runner, database, coverage));
          else denied(coverage, database, server.me);
        }
        const about = {
          engine: 'SQLSERVER',
          product: PRODUCT,
          version: server.version,
          coverage,
          closedScopes: databases.filter(({ state }) => state !== 0).map(({ name }) => name),
        } as const;
        return assembleCatalog(about, [principals, rights, ...readings], () =>
          accountsOf({ principals, ...rights, databases: readings }),
        );
      } finally {
        await runner.close();
      }
    },

    async testConnection(target: DatabaseTarget, call: DatabaseCall): Promise<ConnectionReport> {
      const runner = await open(target, call, () => 'connect');
      try {
        const server = await readServer(runner);
        const { version } = server;
        if (server.allowed === 0)
          return {
            product: PRODUCT,
            version,
            tlsInUse: runner.tlsInUse,
            coverage: filtered(server.me).coverage,
          };
        const { databases } = await readInventory(runner);
        const coverage: CategoryCoverage[] = [];
        note(coverage, { categories: ['ATTRIBUTE', 'SERVER'], scope: null }, read);
        for (const database of databases) {
          if (database.state !== 0) continue;
          if (database.allowed === 1)
            note(coverage, { categories: ['ROLE', ...perDatabase], scope: database.name }, read);
          else denied(coverage, database, server.me);
        }
        return { product: PRODUCT, version, tlsInUse: runner.tlsInUse, coverage };
      } finally {
        await runner.close();
      }
    },
  };
}

/** Without this right the server leaves out, unasked, what is not ours: such a list is no answer. */
function filtered(me: string): DatabaseError {
  const coverage: CategoryCoverage[] = [];
  const grant = `GRANT VIEW ANY DEFINITION TO ${bracketed(me)};`;
  note(
    coverage,
    { categories: ['ATTRIBUTE', 'ROLE', 'SERVER', ...perDatabase], scope: null },
    { status: 'DENIED', grant, detail: null },
  );
  return new DatabaseError({
    code: 'PERMISSION_DENIED',
    phase: 'inventory',
    failure: 'permanent',
    detail: 'VIEW ANY DEFINITION',
    coverage,
  });
}

function denied(coverage: CategoryCoverage[], { name }: SqlDatabase, me: string): void {
  const grant = `GRANT CONNECT ANY DATABASE TO ${bracketed(me)};`;
  note(
    coverage,
    { categories: ['ROLE', ...perDatabase], scope: name },
    { status: 'DENIED', grant, detail: null },
  );
}
