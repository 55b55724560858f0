import type { JobArea } from '../areas/area.ts';
import { tellExpiredJob } from './accounts/tell-expired-job.ts';
import { databasesPersonalData } from './personal-data.ts';
import { testConnectionJob } from './registry/test-connection.ts';
import { databasesRetention } from './retention.ts';
import { syncDatabasesJob, syncInstanceJob } from './runs/jobs.ts';
import { reopenFailedInstances } from './runs/sync-databases.ts';
import { databasesWork } from './work.ts';

/** Area 3: accounts and permissions of remote databases. */
export const databases: JobArea = {
  queues: () => [syncDatabasesJob, syncInstanceJob, testConnectionJob, tellExpiredJob],
  runKinds: { DATABASE_ACCOUNTS: { job: syncDatabasesJob, failedItems: { reopen: reopenFailedInstances } } },
  schedules: [
    {
      name: 'database_accounts',
      kind: 'DATABASE_ACCOUNTS',
      queue: syncDatabasesJob.name,
      key: 'schedule',
      intervalMinutes: () => 24 * 60,
      rule: (settings) => {
        const [hour, minute] = settings.get('database_sync_at').split(':').map(Number);
        return `FREQ=DAILY;BYHOUR=${hour};BYMINUTE=${minute}`;
      },
      enabled: (settings) => settings.get('database_sync_enabled'),
      settings: ['database_sync_enabled', 'database_sync_at'],
    },
  ],
  // Accounts that the clock locks are logged whether or not any instance is read.
  upkeep: [{ queue: tellExpiredJob.name, key: 'expired', rule: 'FREQ=DAILY;BYHOUR=0;BYMINUTE=10' }],
  retention: databasesRetention,
  personalData: databasesPersonalData,
  work: databasesWork,
};
