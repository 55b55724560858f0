import { outsideTransaction } from '../../entities/transaction.ts';
import type { AreaWork, WorkerContext } from '../areas/area.ts';
import { implementJob } from '../kit/handler-lane.ts';
import { SharedSlots } from '../systems/shared-slots.ts';
import { noteLookUps } from '../systems/system-gate.ts';
import { disableLeavers } from './account-changes/disable-leavers.ts';
import { disableLeaversJob } from './account-changes/disable-leavers-job.ts';
import { canLookUp } from './accounts/look-up-context.ts';
import { importFirstSystemJob } from './first-system/import-job.ts';
import { continueImport } from './first-system/make-missing.ts';
import { followSwitches, sweepNow } from './follow-switches.ts';
import { HR_PAGE_RETRY_DELAYS_SECONDS } from './hr-sync/hr-page-reader.ts';
import { noteConfigured } from './hr-sync/start-sync-people.ts';
import { syncPeople } from './hr-sync/sync-people.ts';
import { syncPeopleJob } from './hr-sync/sync-people-job.ts';
import { LookUpLane } from './lanes/look-up-lane.ts';
import { OutcomeRecorder } from './lanes/outcome-recorder.ts';
import { SystemLane } from './lanes/system-lane.ts';
import { cancelRequestJob, finishCancelling } from './requests/cancel-request.ts';
import { intakeRequest, intakeRequestJob } from './requests/intake-request.ts';
import { finishRetrying, retryRequestJob } from './requests/retry-request.ts';
import { sweep } from './sweep.ts';
import { createTasks } from './task-runs/create-tasks.ts';
import { createTasksJob } from './task-runs/create-tasks-job.ts';
import { processTasks } from './task-runs/process-tasks.ts';
import { processTasksJob } from './task-runs/process-tasks-job.ts';
import { sweepJob } from './tasks/sweep-job.ts';
import { repairAccounts } from './verification/repair-accounts.ts';
import { repairAccountsJob, verifyAccountsJob } from './verification/verification-run.ts';
import { verifyAccounts } from './verification/verify-accounts.ts';

/** Creates a worker's part for requests, people, tasks and accounts. */
export function provisioningWork(context: WorkerContext): AreaWork {
  const { em, boss, settings, upstreams, systems, directConnection, logger } = context;
  const { connectors, hrSource: source } = upstreams;
  const slots = new SharedSlots({ connection: directConnection, systems, logger });
  // Its connection is opened with the first look-up.
  const lookUpSlots = new SharedSlots({ connection: directConnection, systems, logger });
  const recorder = new OutcomeRecorder({ em, boss, settings, logger });
  const shared = { ...context, slots, recorder, defaultEmailDomain: upstreams.emailDomain };
  const disablable = connectors
    .filter(({ disableAccount }) => disableAccount !== undefined)
    .map(({ system }) => system);
  const searchable = connectors.filter(canLookUp).map(({ system }) => system);
  const showing = connectors.map(({ system, shows, updateAccount }) => ({
    system,
    shows,
    canUpdate: updateAccount !== undefined,
  }));
  const running = { ...shared, disablable, showing };
  const retryDelaysSeconds = context.hrRetryDelaysSeconds ?? HR_PAGE_RETRY_DELAYS_SECONDS;
  const following = { ...context, hr: source !== null };
  return {
    jobs: [
      implementJob(intakeRequestJob, (payload, finish) => intakeRequest(payload, { ...shared, finish })),
      implementJob(cancelRequestJob, (payload) => finishCancelling(payload, shared)),
      implementJob(retryRequestJob, (payload) => finishRetrying(payload, shared)),
      implementJob(sweepJob, () => sweep(shared)),
      implementJob(verifyAccountsJob, (payload) => verifyAccounts(payload, { ...shared, searchable })),
      implementJob(disableLeaversJob, (payload) => disableLeavers(payload, { ...shared, disablable })),
    ],
    runs: [
      implementJob(createTasksJob, (payload) => createTasks(payload, running)),
      implementJob(processTasksJob, (payload) => processTasks(payload, running)),
      implementJob(importFirstSystemJob, (payload) => continueImport(payload, { ...running, searchable })),
      implementJob(repairAccountsJob, (payload) => repairAccounts(payload, running)),
      ...(source === null
        ? []
        : [
            implementJob(syncPeopleJob, (payload) =>
              syncPeople(payload, { ...running, source, retryDelaysSeconds }),
            ),
          ]),
    ],
    lanes: [
      ...connectors.map((connector) => new SystemLane({ ...shared, connector })),
      ...connectors.flatMap((connector) =>
        canLookUp(connector) ? [new LookUpLane({ ...shared, connector, slots: lookUpSlots })] : [],
      ),
    ],
    async starting() {
      const db = outsideTransaction(em);
      await noteLookUps(
        db,
        connectors.map((connector) => ({ system: connector.system, canLookUp: canLookUp(connector) })),
      );
      await noteConfigured(db, { configured: source !== null, sandboxed: upstreams.hrSandboxed });
    },
    started: () => sweepNow(following),
    settingsChanged: (keys) => followSwitches(following, keys),
    async close() {
      await slots.close();
      await lookUpSlots.close();
    },
  };
}
