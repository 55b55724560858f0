import type { JobArea } from '../areas/area.ts';
import { sealAudit, sealAuditJob } from '../audit/seal-audit.ts';
import { verifyAuditJob, verifyByItself } from '../audit/verify-by-itself.ts';
import { implementJob } from '../kit/handler-lane.ts';
import { purgeJob } from '../maintenance/purge-job.ts';
import { deliverJob, relayJob } from '../notifications/notification-jobs.ts';
import { checkSystemJob } from '../systems/check-system-job.ts';
import { coreRetention } from './retention.ts';

/** At night, and not on the hour, when other systems' schedules fire. */
const NIGHTLY = 'FREQ=DAILY;BYHOUR=3;BYMINUTE=20';

/** The work that all areas share: notifications, the audit log, retention and checks of systems. */
export const core: JobArea = {
  queues: () => [checkSystemJob, relayJob, deliverJob, purgeJob, sealAuditJob, verifyAuditJob],
  runKinds: {},
  schedules: [],
  upkeep: [
    { queue: relayJob.name, key: 'relay', rule: 'FREQ=MINUTELY' },
    { queue: sealAuditJob.name, key: 'seal', rule: 'FREQ=MINUTELY' },
    { queue: verifyAuditJob.name, key: 'verify', rule: NIGHTLY },
    { queue: purgeJob.name, key: 'purge', rule: NIGHTLY },
  ],
  retention: coreRetention,
  // People belong to area 1, which erases what audit log and notifications know of them.
  personalData: { exported: {}, erased: [] },
  work: (context) => ({
    jobs: [implementJob(sealAuditJob, async () => void (await sealAudit(context)))],
    runs: [implementJob(verifyAuditJob, () => verifyByItself(context))],
  }),
};
