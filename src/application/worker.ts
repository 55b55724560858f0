import type { PgBoss } from 'pg-boss';
import type { Orm } from '../database/orm.ts';
import { outsideTransaction } from '../entities/transaction.ts';
import { sealAudit, sealAuditJob } from '../jobs/audit/seal-audit.ts';
import { verifyAuditJob, verifyByItself } from '../jobs/audit/verify-by-itself.ts';
import { followSettings, sweepNow } from '../jobs/follow-settings.ts';
import type { ChangeFeed } from '../jobs/kit/change-feed.ts';
import { HandlerLane, implementJob } from '../jobs/kit/handler-lane.ts';
import type { LiveSettings } from '../jobs/kit/live-settings.ts';
import { Runner } from '../jobs/kit/runner.ts';
import { purge } from '../jobs/maintenance/purge.ts';
import { purgeJob } from '../jobs/maintenance/purge-job.ts';
import { disableLeavers } from '../jobs/provisioning/account-changes/disable-leavers.ts';
import { disableLeaversJob } from '../jobs/provisioning/account-changes/disable-leavers-job.ts';
import { canLookUp } from '../jobs/provisioning/accounts/look-up-context.ts';
import { HR_PAGE_RETRY_DELAYS_SECONDS } from '../jobs/provisioning/hr-sync/hr-page-reader.ts';
import { noteConfigured } from '../jobs/provisioning/hr-sync/start-sync-people.ts';
import { syncPeople } from '../jobs/provisioning/hr-sync/sync-people.ts';
import { syncPeopleJob } from '../jobs/provisioning/hr-sync/sync-people-job.ts';
import { LookUpLane } from '../jobs/provisioning/lanes/look-up-lane.ts';
import { OutcomeRecorder } from '../jobs/provisioning/lanes/outcome-recorder.ts';
import { SystemLane } from '../jobs/provisioning/lanes/system-lane.ts';
import { intakeRequest, intakeRequestJob } from '../jobs/provisioning/requests/intake-request.ts';
import { sweep, sweepJob } from '../jobs/provisioning/sweep.ts';
import { createTasks } from '../jobs/provisioning/task-runs/create-tasks.ts';
import { createTasksJob } from '../jobs/provisioning/task-runs/create-tasks-job.ts';
import { processTasks } from '../jobs/provisioning/task-runs/process-tasks.ts';
import { processTasksJob } from '../jobs/provisioning/task-runs/process-tasks-job.ts';
import { repairAccounts } from '../jobs/provisioning/verification/repair-accounts.ts';
import { repairAccountsJob, verifyAccountsJob } from '../jobs/provisioning/verification/verification-run.ts';
import { verifyAccounts } from '../jobs/provisioning/verification/verify-accounts.ts';
import { applySchedules } from '../jobs/schedules.ts';
import type { SecretKeys } from '../jobs/secrets/secret-keys.ts';
import { checkSystem } from '../jobs/systems/check-system.ts';
import { checkSystemJob } from '../jobs/systems/check-system-job.ts';
import { SharedSlots } from '../jobs/systems/shared-slots.ts';
import { noteLookUps } from '../jobs/systems/system-gate.ts';
import type { Logger } from '../logger.ts';
import { createNotifications, type MailOptions } from './notifications.ts';
import type { Upstreams } from './upstreams.ts';

/** The part of the process that does jobs. */
export interface Worker {
  readonly runner: Runner;
  /** Takes nothing more and waits for what runs; false when time ran out first. */
  stop(timeoutMs: number): Promise<boolean>;
}

/** Jobs of our own database at once; each holds a connection of the pool. */
const HANDLER_SLOTS = 3;
/** Runs at once: one of each kind and a dry run beside them; they take minutes and must not hold up the others. */
const RUN_SLOTS = 4;
/** Checks by hand: somebody waits for them, whatever else goes on. */
const CHECK_SLOTS = 2;

/** Starts taking jobs. */
export async function startWorker(options: {
  readonly orm: Orm;
  readonly boss: PgBoss;
  readonly feed: ChangeFeed;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly upstreams: Upstreams;
  readonly systems: readonly string[];
  readonly directUrl: string;
  readonly displayTimeZone: string;
  /** Default: no mail. */
  readonly mail?: MailOptions;
  /** Seconds before each retry of a page of HR; default about a minute in all. */
  readonly hrRetryDelaysSeconds?: readonly number[];
  readonly logger: Logger;
}): Promise<Worker> {
  const { boss, feed, settings, upstreams, systems, logger } = options;
  const em = options.orm.em.fork();
  const slots = new SharedSlots({ directUrl: options.directUrl, systems, logger });
  // Its connection is opened with the first look-up.
  const lookUpSlots = new SharedSlots({ directUrl: options.directUrl, systems, logger });
  const recorder = new OutcomeRecorder({ em, boss, settings, logger });
  const shared = { em, boss, settings, logger, slots, recorder, defaultEmailDomain: upstreams.emailDomain };
  const mail = options.mail ?? { smtpUrl: null, locale: 'ZH_CN' };
  const notifications = await createNotifications({ ...options, em, mail });
  const disablable = upstreams.connectors
    .filter((connector) => connector.disableAccount !== undefined)
    .map(({ system }) => system);
  const searchable = upstreams.connectors.filter(canLookUp).map(({ system }) => system);
  const showing = upstreams.connectors.map(({ system, shows, updateAccount }) => ({
    system,
    shows,
    canUpdate: updateAccount !== undefined,
  }));
  const handlers = [
    notifications.relay,
    implementJob(intakeRequestJob, (payload, finish) => intakeRequest(payload, { ...shared, finish })),
    implementJob(sealAuditJob, async () => void (await sealAudit(shared))),
    implementJob(sweepJob, () => sweep({ ...shared, systems })),
    implementJob(verifyAccountsJob, (payload) => verifyAccounts(payload, { ...shared, searchable })),
    implementJob(disableLeaversJob, (payload) => disableLeavers(payload, { ...shared, disablable })),
  ];
  const stopping = new AbortController();
  const source = upstreams.hrSource;
  const retryDelaysSeconds = options.hrRetryDelaysSeconds ?? HR_PAGE_RETRY_DELAYS_SECONDS;
  const running = { ...options, ...shared, disablable, showing, stopping: stopping.signal };
  const syncing = { ...running, retryDelaysSeconds };
  const runs = [
    implementJob(createTasksJob, (payload) => createTasks(payload, running)),
    implementJob(processTasksJob, (payload) => processTasks(payload, running)),
    implementJob(repairAccountsJob, (payload) => repairAccounts(payload, running)),
    ...(source === null
      ? []
      : [implementJob(syncPeopleJob, (payload) => syncPeople(payload, { ...syncing, source }))]),
  ];
  const upkeep = [
    implementJob(purgeJob, () => purge({ ...shared, stopping: stopping.signal })),
    implementJob(verifyAuditJob, () => verifyByItself({ ...shared, stopping: stopping.signal })),
  ];
  const checks = [
    implementJob(checkSystemJob, (payload) => checkSystem(payload, { ...shared, ...upstreams })),
  ];
  const lanes = [
    new HandlerLane(runs, { name: 'runs', em, boss, logger, slots: RUN_SLOTS }),
    notifications.lane,
    new HandlerLane(upkeep, {
      name: 'maintenance',
      em,
      boss,
      logger,
      slots: 1,
    }),
    new HandlerLane(checks, { name: 'checks', em, boss, logger, slots: CHECK_SLOTS }),
    new HandlerLane(handlers, { name: 'jobs', em, boss, logger, slots: HANDLER_SLOTS }),
    ...upstreams.connectors.map((connector) => new SystemLane({ ...shared, connector })),
    ...upstreams.connectors.flatMap((connector) =>
      canLookUp(connector) ? [new LookUpLane({ ...shared, connector, slots: lookUpSlots })] : [],
    ),
  ];
  const runner = new Runner({ boss, feed, logger, lanes });

  const following = { ...options, em, hr: source !== null };
  const unsubscribeSettings = settings.onChange((changed) => {
    runner.wake();
    followSettings(following, changed).catch((error: unknown) =>
      logger.error({ error, changed }, 'a changed setting could not be followed up'),
    );
  });
  const unsubscribeFeed = feed.subscribe({
    onChange: (change) => {
      if (!('system' in change)) return;
      // Somebody found it well: what this process remembers of a refusal is over too.
      upstreams.connectors.find(({ system }) => system === change.system)?.forgetRefusal?.();
      runner.wake();
    },
    onReconnect: () => {},
  });
  await noteLookUps(
    outsideTransaction(em),
    upstreams.connectors.map((connector) => ({ system: connector.system, canLookUp: canLookUp(connector) })),
  );
  await noteConfigured(outsideTransaction(em), {
    configured: source !== null,
    sandboxed: upstreams.hrSandboxed,
  });
  await applySchedules(boss, settings, following);
  runner.start();
  // What happened while nobody listened.
  await sweepNow(following);

  return {
    runner,
    async stop(timeoutMs) {
      unsubscribeSettings();
      unsubscribeFeed();
      stopping.abort();
      const drained = await runner.drain(timeoutMs);
      notifications.close();
      await slots.close();
      await lookUpSlots.close();
      return drained;
    },
  };
}
