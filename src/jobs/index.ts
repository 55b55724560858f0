import { sealAuditJob } from './audit/seal-audit.ts';
import type { JobQueue } from './kit.ts';
import { purgeJob } from './maintenance/purge-job.ts';
import { deliverJob, relayJob } from './notifications/notification-jobs.ts';
import { changeAccountJob } from './provisioning/change-account-job.ts';
import { checkSystemJob } from './provisioning/check-system-job.ts';
import { createTasksJob } from './provisioning/create-tasks-job.ts';
import { disableLeaversJob } from './provisioning/disable-leavers-job.ts';
import { intakeRequestJob } from './provisioning/intake-request.ts';
import { lookUpJob } from './provisioning/look-up-job.ts';
import { processTasksJob } from './provisioning/process-tasks-job.ts';
import { sweepJob } from './provisioning/sweep.ts';
import { syncPeopleJob } from './provisioning/sync-people-job.ts';
import { resolveUncertainJob, runTaskJob } from './provisioning/task-jobs.ts';
import { repairAccountsJob, verifyAccountsJob } from './provisioning/verification-run.ts';

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
    ...systems.flatMap((system) => [
      runTaskJob(system),
      resolveUncertainJob(system),
      changeAccountJob(system),
      lookUpJob(system),
    ]),
  ];
}
