import type { PgBoss } from 'pg-boss';
import type { Orm } from '../database/orm.ts';
import type { WorkerContext } from '../jobs/areas/area.ts';
import { allAreas } from '../jobs/index.ts';
import { HandlerLane, implementJob } from '../jobs/kit/handler-lane.ts';
import { Runner } from '../jobs/kit/runner.ts';
import { purge } from '../jobs/maintenance/purge.ts';
import { purgeJob } from '../jobs/maintenance/purge-job.ts';
import { applySchedules } from '../jobs/schedules/apply-schedules.ts';
import { checkSystem } from '../jobs/systems/check-system.ts';
import { checkSystemJob } from '../jobs/systems/check-system-job.ts';
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
/** Checks by hand: a person waits for them, whatever else goes on. */
const CHECK_SLOTS = 2;

/** Starts taking jobs: those of every area, and the upkeep that all share. */
export async function startWorker(
  options: Omit<WorkerContext, 'em' | 'upstreams' | 'stopping'> & {
    readonly orm: Orm;
    readonly boss: PgBoss;
    readonly upstreams: Upstreams;
    /** Default: no mail. */
    readonly mail?: MailOptions;
  },
): Promise<Worker> {
  const { boss, feed, settings, upstreams, logger } = options;
  const em = options.orm.em.fork();
  const stopping = new AbortController();
  const context: WorkerContext = { ...options, em, stopping: stopping.signal };
  const mail = options.mail ?? { smtpUrl: null, locale: 'ZH_CN' };
  const notifications = await createNotifications({ ...options, em, mail });
  const works = await allAreas.work(context);
  const lane = (name: string, slots: number, jobs: ConstructorParameters<typeof HandlerLane>[0]) =>
    new HandlerLane(jobs, { name, em, boss, logger, slots });
  const checked = { ...context, upstreams: upstreams.all };
  const purging = { ...context, rules: allAreas.retention };
  const runner = new Runner({
    boss,
    feed,
    logger,
    lanes: [
      lane(
        'runs',
        RUN_SLOTS,
        works.flatMap(({ runs = [] }) => runs),
      ),
      notifications.lane,
      lane('maintenance', 1, [implementJob(purgeJob, () => purge(purging))]),
      lane('checks', CHECK_SLOTS, [implementJob(checkSystemJob, (payload) => checkSystem(payload, checked))]),
      lane('jobs', HANDLER_SLOTS, [notifications.relay, ...works.flatMap(({ jobs = [] }) => jobs)]),
      ...works.flatMap(({ lanes = [] }) => lanes),
    ],
  });

  const schedules = {
    ...allAreas,
    reaches: new Set(upstreams.all.keys()),
    displayTimeZone: options.displayTimeZone,
  };
  const scheduled = new Set(allAreas.schedules.flatMap((schedule) => schedule.settings));
  const follow = async (changed: readonly string[]) => {
    if (changed.some((key) => scheduled.has(key))) await applySchedules(boss, settings, schedules);
    for (const work of works) await work.settingsChanged?.(changed);
  };
  const unsubscribeSettings = settings.onChange((changed) => {
    runner.wake();
    follow(changed).catch((error: unknown) =>
      logger.error({ error, changed }, 'a changed setting could not be followed up'),
    );
  });
  const unsubscribeFeed = feed.subscribe({
    onChange: (change) => {
      if (!('system' in change)) return;
      // Another process found it well: what this process remembers of a refusal is over too.
      upstreams.all.get(change.system)?.forgetRefusal?.();
      runner.wake();
    },
    onReconnect: () => {},
  });
  for (const work of works) await work.starting?.();
  await applySchedules(boss, settings, schedules);
  runner.start();
  for (const work of works) await work.started?.();

  return {
    runner,
    async stop(timeoutMs) {
      unsubscribeSettings();
      unsubscribeFeed();
      stopping.abort();
      const drained = await runner.drain(timeoutMs);
      notifications.close();
      for (const work of works) await work.close?.();
      return drained;
    },
  };
}
