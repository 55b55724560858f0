import { sealAuditJob } from './audit/seal-audit.ts';
import { verifyAuditJob } from './audit/verify-by-itself.ts';
import type { JobQueue } from './kit/job.ts';
import { purgeJob } from './maintenance/purge-job.ts';
import { deliverJob, relayJob } from './notifications/notification-jobs.ts';
import { changeAccountJob } from './provisioning/account-changes/change-account-job.ts';
import { disableLeaversJob } from './provisioning/account-changes/disable-leavers-job.ts';
import { lookUpJob } from './provisioning/accounts/look-up-job.ts';
import { syncPeopleJob } from './provisioning/hr-sync/sync-people-job.ts';
import { intakeRequestJob } from './provisioning/requests/intake-request.ts';
import { sweepJob } from './provisioning/sweep.ts';
import { createTasksJob } from './provisioning/task-runs/create-tasks-job.ts';
import { processTasksJob } from './provisioning/task-runs/process-tasks-job.ts';
import { resolveUncertainJob, runTaskJob } from './provisioning/tasks/task-jobs.ts';
import { repairAccountsJob, verifyAccountsJob } from './provisioning/verification/verification-run.ts';
import { checkSystemJob } from './systems/check-system-job.ts';

/** Every job of this service: their queues exist before anything is sent. */
export function allJobs(systems: readonly string[]): JobQueue[] {
  return [
    intakeRequestJob,
    sweepJob,
    checkSystemJob,
    syncPeopleJob,
    createTasksJob,
    processTasksJob,
    disableLeaversJob,
    verifyAccountsJob,
    repairAccountsJob,
    relayJob,
    deliverJob,
    purgeJob,
    sealAuditJob,
    verifyAuditJob,
    ...systems.flatMap((system) => [
      runTaskJob(system),
      resolveUncertainJob(system),
      changeAccountJob(system),
      lookUpJob(system),
    ]),
  ];
}
