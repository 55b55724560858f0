import type { RunKind } from '../domain/runs/run-states.ts';
import { disableLeaversJob } from './provisioning/account-changes/disable-leavers-job.ts';
import { reopenFailedAccounts } from './provisioning/account-changes/enqueue-changes.ts';
import { syncPeopleJob } from './provisioning/hr-sync/sync-people-job.ts';
import { createTasksJob } from './provisioning/task-runs/create-tasks-job.ts';
import { processTasksJob } from './provisioning/task-runs/process-tasks-job.ts';
import { verifyAccountsJob } from './provisioning/verification/verification-run.ts';
import type { RunKindWork } from './runs/run-kind.ts';

/** How each kind of run is continued: confirmed, resumed, its failed records taken again. */
export const runKindWork: Readonly<Partial<Record<RunKind, RunKindWork>>> = {
  TASK_CREATION: { job: createTasksJob, failedItems: { refused: 'NOTHING_FAILED' } },
  TASK_PROCESSING: { job: processTasksJob, failedItems: { refused: 'TASKS_ONE_BY_ONE' } },
  LEAVERS: { job: disableLeaversJob, failedItems: { reopen: reopenFailedAccounts } },
  ACCOUNT_VERIFICATION: { job: verifyAccountsJob, failedItems: { refused: 'VERIFY_AGAIN' } },
  HR_SYNC: {
    job: syncPeopleJob,
    failedItems: { reopen: reopenFailedAccounts, none: 'ITEMS_OF_SOURCE' },
  },
};
