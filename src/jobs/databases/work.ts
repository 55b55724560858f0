import { inTransaction } from '../../entities/transaction.ts';
import type { AreaWork, WorkerContext } from '../areas/area.ts';
import { HandlerLane, implementJob } from '../kit/handler-lane.ts';
import { tellExpired } from './accounts/tell-expired.ts';
import { tellExpiredJob } from './accounts/tell-expired-job.ts';
import { testConnection, testConnectionJob } from './registry/test-connection.ts';
import { syncDatabasesJob, syncInstanceJob } from './runs/jobs.ts';
import { syncDatabases } from './runs/sync-databases.ts';
import { syncInstance } from './runs/sync-instance.ts';

/** Slots for tests by hand, apart from all other work because a person waits for them. */
const TEST_SLOTS = 4;

/** Creates a worker's part for remote databases: instances are read beside all other work. */
export function databasesWork(context: WorkerContext): AreaWork {
  const { em, boss, logger, settings } = context;
  const reading = { ...context, databaseConnectors: context.upstreams.databases };
  return {
    jobs: [
      implementJob(tellExpiredJob, () => inTransaction(em, (tx) => tellExpired(tx, null))),
      implementJob(syncDatabasesJob, (payload) => syncDatabases(payload, context)),
    ],
    lanes: [
      new HandlerLane([implementJob(syncInstanceJob, (payload) => syncInstance(payload, reading))], {
        name: 'database-instances',
        em,
        boss,
        logger,
        slots: () => settings.get('database_sync_concurrency'),
      }),
      new HandlerLane([implementJob(testConnectionJob, (payload) => testConnection(payload, reading))], {
        name: 'database-tests',
        em,
        boss,
        logger,
        slots: TEST_SLOTS,
      }),
    ],
  };
}
