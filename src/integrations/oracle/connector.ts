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
import { type QueryRunner, rowsOf } from '../sql/run-query.ts';
import { trackPhase } from '../sql/track-phase.ts';
import { accountsOf } from './accounts.ts';
import { administratorsReading, grantOn, readInventory, readRights, sources } from './catalog.ts';
import { openSession } from './session.ts';

/** Signs in; tests give recorded answers instead. */
export type OpenOracle = (
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
) => Promise<QueryRunner>;

/** Reads Oracle 12.1 and later by eight queries. */
export function createOracleConnector(open: OpenOracle = openSession): DatabaseConnector {
  return {
    engine: 'ORACLE',

    async readCatalog(target: DatabaseTarget, call: DatabaseCall): Promise<RemoteCatalog> {
      const { enter, phase } = trackPhase(call);
      const me = target.username.toUpperCase();
      const runner = await open(target, call, phase);
      const coverage: CategoryCoverage[] = [];
      try {
        enter('inventory');
        const { users, roles } = await readInventory(runner).catch(async (error: unknown) => {
          if (!(error instanceof DatabaseError) || error.code !== 'PERMISSION_DENIED') throw error;
          throw error.withCoverage(await probe(runner, me));
        });
        note(
          coverage,
          { categories: ['ATTRIBUTE'], scope: null },
          { status: 'OK', grant: null, detail: null },
        );
        enter('collection');
        const rights = await readRights(runner, coverage, me);
        const about = {
          engine: 'ORACLE',
          product: 'Oracle',
          version: runner.version,
          coverage,
          closedScopes: [],
        } as const;
        return assembleCatalog(about, [users, roles, rights], () => accountsOf(users, roles, rights));
      } finally {
        await runner.close();
      }
    },

    async testConnection(target: DatabaseTarget, call: DatabaseCall): Promise<ConnectionReport> {
      const runner = await open(target, call, () => 'connect');
      try {
        const coverage = await probe(runner, target.username.toUpperCase());
        return { product: 'Oracle', version: runner.version, tlsInUse: runner.tlsInUse, coverage };
      } finally {
        await runner.close();
      }
    },
  };
}

/** Asks every view for nothing. */
async function probe(runner: QueryRunner, me: string): Promise<readonly CategoryCoverage[]> {
  const coverage: CategoryCoverage[] = [];
  const readings = [...sources, [['ROLE'], 'SYS.DBA_ROLES'] as const].map(([categories, source]) => ({
    view: source,
    reading: { categories, scope: null, grant: grantOn(source, me) },
  }));
  for (const { view, reading } of [
    ...readings,
    { view: 'v$pwfile_users', reading: administratorsReading(me) },
  ])
    await readCategories(coverage, reading, () =>
      rowsOf(runner, `select 1 as "one" from ${view} where 1 = 0`, z.object({})),
    );
  return worstOf(coverage);
}
