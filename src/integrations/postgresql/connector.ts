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
import { trackPhase } from '../sql/track-phase.ts';
import { accountsOf } from './accounts.ts';
import {
  type PlacedRight,
  type PostgresDatabase,
  perDatabase,
  readDatabase,
  readInventory,
  readServer,
  readShared,
} from './catalog.ts';
import { openSession, type PostgresSession } from './session.ts';

const MAINTENANCE_DATABASE = 'postgres';

/** Opens one database; tests record the statements. */
export type OpenPostgres = (
  target: DatabaseTarget,
  call: DatabaseCall,
  place: { readonly database: string; readonly phase: () => DatabasePhase },
) => Promise<PostgresSession>;

/** Reads PostgreSQL 12 and later: roles once, then every database that allows connections, one after the other. */
export function createPostgresqlConnector(open: OpenPostgres = openSession): DatabaseConnector {
  return {
    engine: 'POSTGRESQL',

    async readCatalog(target: DatabaseTarget, call: DatabaseCall): Promise<RemoteCatalog> {
      const { enter, phase } = trackPhase(call);
      const database = target.database ?? MAINTENANCE_DATABASE;
      const session = await open(target, call, { database, phase });
      const coverage: CategoryCoverage[] = [];
      try {
        enter('inventory');
        const server = await readServer(session);
        const { roles, databases } = await readInventory(session);
        enter('collection');
        const { memberships, shared } = await readShared(session, server, coverage);
        const rights: PlacedRight[] = [...shared];
        for (const one of databases) {
          if (!one.open) continue;
          const ofDatabase =
            one.name === database
              ? await readDatabase(session, one.name, coverage)
              : await readOther({ open, target, call, coverage, phase }, one, server.me);
          for (const right of ofDatabase) rights.push(right);
        }
        const about = {
          engine: 'POSTGRESQL',
          product: 'PostgreSQL',
          version: server.version,
          coverage,
          closedScopes: databases.filter(({ open }) => !open).map(({ name }) => name),
        } as const;
        return assembleCatalog(about, [roles, memberships, rights], () =>
          accountsOf({ roles, memberships, rights }),
        );
      } finally {
        await session.close();
      }
    },

    async testConnection(target: DatabaseTarget, call: DatabaseCall): Promise<ConnectionReport> {
      const database = target.database ?? MAINTENANCE_DATABASE;
      const session = await open(target, call, { database, phase: () => 'connect' });
      try {
        const server = await readServer(session);
        const { databases } = await readInventory(session);
        const coverage: CategoryCoverage[] = [];
        const read = { status: 'OK', grant: null, detail: null } as const;
        note(coverage, { categories: ['ATTRIBUTE', 'ROLE', 'DATABASE'], scope: null }, read);
        note(coverage, { categories: ['OBJECT'], scope: '*' }, read);
        for (const one of databases) {
          if (!one.open) continue;
          if (one.allowed) note(coverage, { categories: perDatabase, scope: one.name }, read);
          else denied(coverage, one, server.me);
        }
        return { product: 'PostgreSQL', version: server.version, tlsInUse: session.tlsInUse, coverage };
      } finally {
        await session.close();
      }
    },
  };
}

/** With the driver. */
export const postgresqlConnector = createPostgresqlConnector();

interface Reading {
  readonly open: OpenPostgres;
  readonly target: DatabaseTarget;
  readonly call: DatabaseCall;
  readonly coverage: CategoryCoverage[];
  readonly phase: () => DatabasePhase;
}

/** Another database of the server: one that we may not open is noted, with the grant that would help. */
async function readOther(
  reading: Reading,
  database: PostgresDatabase,
  me: string,
): Promise<readonly PlacedRight[]> {
  const { open, target, call, coverage, phase } = reading;
  if (!database.allowed) {
    denied(coverage, database, me);
    return [];
  }
  try {
    const session = await open(target, call, { database: database.name, phase });
    try {
      return await readDatabase(session, database.name, coverage);
    } finally {
      await session.close();
    }
  } catch (error) {
    // The server lives, as its other databases show: pg_hba.conf may keep us out of one, or it was dropped since.
    if (!(error instanceof DatabaseError) || !isOfOneDatabase(error)) throw error;
    note(
      coverage,
      { categories: perDatabase, scope: database.name },
      { status: error.code === 'PERMISSION_DENIED' ? 'DENIED' : 'ERROR', grant: null, detail: error.detail },
    );
    return [];
  }
}

function isOfOneDatabase({ code }: DatabaseError): boolean {
  return code === 'PERMISSION_DENIED' || code === 'CREDENTIALS_REFUSED' || code === 'DATABASE_NOT_FOUND';
}

function denied(coverage: CategoryCoverage[], { name }: PostgresDatabase, me: string): void {
  const grant = `GRANT CONNECT ON DATABASE ${quoted(name)} TO ${quoted(me)};`;
  note(coverage, { categories: perDatabase, scope: name }, { status: 'DENIED', grant, detail: null });
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
