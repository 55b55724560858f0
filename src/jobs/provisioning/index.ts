import type { JobArea } from '../areas/area.ts';
import { changeAccountJob } from './account-changes/change-account-job.ts';
import { disableLeaversJob } from './account-changes/disable-leavers-job.ts';
import { reopenFailedAccounts } from './account-changes/enqueue-changes.ts';
import { lookUpJob } from './accounts/look-up-job.ts';
import { importFirstSystemJob } from './first-system/import-job.ts';
import { syncPeopleJob } from './hr-sync/sync-people-job.ts';
import { erasedOfProvisioning } from './privacy/erased-rows.ts';
import { exportedOfProvisioning } from './privacy/export-person.ts';
import { cancelRequestJob } from './requests/cancel-request.ts';
import { intakeRequestJob } from './requests/intake-request.ts';
import { retryRequestJob } from './requests/retry-request.ts';
import { provisioningRetention } from './retention/retention.ts';
import { provisioningSchedules } from './schedules.ts';
import { createTasksJob, taskCreationWork } from './task-runs/create-tasks-job.ts';
import { processTasksJob } from './task-runs/process-tasks-job.ts';
import { sweepJob } from './tasks/sweep-job.ts';
import { resolveUncertainJob, runTaskJob } from './tasks/task-jobs.ts';
import { repairAccountsJob, verifyAccountsJob } from './verification/verification-run.ts';
import { provisioningWork } from './work.ts';

/** Area 1: requests, people of HR, tasks and accounts. */
export const provisioning: JobArea = {
  queues: (systems) => [
    intakeRequestJob,
    cancelRequestJob,
    retryRequestJob,
    sweepJob,
    syncPeopleJob,
    createTasksJob,
    processTasksJob,
    disableLeaversJob,
    verifyAccountsJob,
    repairAccountsJob,
    importFirstSystemJob,
    ...systems.flatMap((system) => [
      runTaskJob(system),
      resolveUncertainJob(system),
      changeAccountJob(system),
      lookUpJob(system),
    ]),
  ],
  runKinds: {
    TASK_CREATION: taskCreationWork,
    TASK_PROCESSING: { job: processTasksJob, failedItems: { refused: 'TASKS_ONE_BY_ONE' } },
    LEAVERS: { job: disableLeaversJob, failedItems: { reopen: reopenFailedAccounts } },
    ACCOUNT_VERIFICATION: { job: verifyAccountsJob, failedItems: { refused: 'VERIFY_AGAIN' } },
    FIRST_SYSTEM_IMPORT: { job: importFirstSystemJob, failedItems: { refused: 'ITEMS_OF_SOURCE' } },
    HR_SYNC: {
      job: syncPeopleJob,
      failedItems: { reopen: reopenFailedAccounts, none: 'ITEMS_OF_SOURCE' },
    },
  },
  schedules: provisioningSchedules,
  upkeep: [],
  retention: provisioningRetention,
  personalData: { exported: exportedOfProvisioning, erased: erasedOfProvisioning },
  work: provisioningWork,
};
