import { setTimeout as delay } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../logger.ts';
import type { NewJobs } from './change-feed.ts';
import { isChosen, type TakenJob, takeJobs, touchJobs } from './job.ts';
import type { JobControl, Lane } from './lane.ts';
import { Signal } from './signal.ts';

/** A lane looks for jobs this often without a notification: the most that a lost NOTIFY can cost. */
const POLL_MS = 1_500;
const HEARTBEAT_EVERY_MS = 5_000;
/**
 * Slots that become free within this time are filled together, because admitting and claiming cost one statement
 * each.
 */
const GATHER_MS = 5;
/** Used instead while claimed jobs wait for slots. */
const GATHER_AHEAD_MS = 12;
/** Divides all slots: when more than this share is free, the lane does not gather. */
const GATHER_SHARE = 4;
/**
 * Jobs whose call is over and whose outcome is not recorded yet: from this many on, nothing more starts. A few batches
 * of the recorder, so that it always has the next one; few enough that a stop records them all within seconds.
 */
const UNSETTLED_MAX = 300;
/** Pause of a lane after an error, such as a lost database. */
const REST_AFTER_ERROR_MS = 1_000;

/** Takes the jobs of one lane: look-ahead, admission, heartbeats, drain. */
export class LaneLoop {
  readonly #lane: Lane;
  readonly #boss: PgBoss;
  readonly #logger: Logger;
  readonly #signal = new Signal();
  readonly #held = new Map<string, TakenJob>();
  #ready: TakenJob[] = [];
  #running = 0;
  /** Queues that may have jobs to take. */
  readonly #mayHave: Set<string>;
  #lookEverywhereAtMs = 0;
  /** A notification said that there is a job. */
  #told = false;
  /** Number of new jobs that go before some of the ready ones. */
  #urgent = 0;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | null = null;
  #drained: (() => void) | null = null;

  constructor(options: { readonly lane: Lane; readonly boss: PgBoss; readonly logger: Logger }) {
    this.#lane = options.lane;
    this.#boss = options.boss;
    this.#logger = options.logger.child({ lane: options.lane.name });
    this.#mayHave = new Set(options.lane.queues);
  }

  get held(): number {
    return this.#held.size;
  }

  start(): void {
    this.#heartbeat = setInterval(() => void this.#touch(), HEARTBEAT_EVERY_MS);
    this.#loop = this.#run();
  }

  wake(): void {
    this.#wakeFor(this.#lane.queues);
  }

  jobsArrived({ job: queue, afterMs, count = 0, priority = Number.NEGATIVE_INFINITY }: NewJobs): void {
    if (!this.#lane.queues.includes(queue) || this.#stopping) return;
    if (afterMs <= 0) {
      this.#told = true;
      if (this.#ready.some((job) => job.name === queue && job.priority < priority)) this.#urgent += count;
      this.#wakeFor([queue]);
    } else if (afterMs < POLL_MS * 20) setTimeout(() => this.#wakeFor([queue]), afterMs + 5).unref();
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#stopping = true;
    this.#signal.raise();
    await this.#loop;
    const ready = this.#ready.splice(0);
    if (ready.length > 0) await this.#giveBack(ready);
    const done = await this.#whenEmpty(timeoutMs);
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
    await this.#lane.idle().catch(() => {});
    return done;
  }

  #wakeFor(queues: readonly string[]): void {
    for (const queue of queues) this.#mayHave.add(queue);
    this.#signal.raise();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        const restMs = await this.#step();
        if (restMs === 0 || (await this.#signal.wait(restMs))) continue;
        // Nothing came for a while: give back slots that no running job uses, so that other processes can have them.
        if (this.#ready.length === 0) await this.#lane.idle();
      } catch (error) {
        this.#logger.error({ error }, 'taking jobs failed; trying again');
        await this.#signal.wait(REST_AFTER_ERROR_MS);
      }
    }
  }

  /** One round; returns how long there is nothing to do without a wake-up, in milliseconds. */
  async #step(): Promise<number> {
    if (performance.now() >= this.#lookEverywhereAtMs) this.#lookEverywhere();
    const takes = this.#lane.takes();
    await this.#giveBackWhere((job) => takes === 'nothing' || (takes === 'chosen' && !isChosen(job)));
    if (takes === 'nothing') return this.#pollLater();
    if (this.#urgent === 0) await this.#gather();
    const free = Math.min(this.#lane.slots() - this.#running, UNSETTLED_MAX - this.#unsettled);
    const prefetch = this.#lane.prefetch();
    // Fetch when half is used: one fetch per started job would cost more than the job's own statements.
    const refills = this.#ready.length <= prefetch / 2;
    const room = refills
      ? Math.max(0, free) + prefetch - this.#ready.length
      : Math.min(this.#urgent, prefetch);
    this.#urgent = 0;
    if (this.#mayHave.size > 0 && room > 0)
      await Promise.all([
        this.#fetch(room, { chosenOnly: takes === 'chosen' }),
        this.#told && this.#running === 0 ? this.#lane.warmUp() : null,
      ]);
    this.#told = false;
    if (this.#ready.length === 0) {
      if (this.#running === 0) await this.#lane.idle();
      return this.#mayHave.size > 0 && room > 0 ? 0 : this.#pollLater();
    }
    if (free <= 0) return POLL_MS;
    const admission = await this.#lane.admit(Math.min(free, this.#ready.length));
    if (admission.granted === 0) {
      // The run that chose these jobs decides whether they wait that long.
      if (admission.retryInMs > POLL_MS) await this.#giveBackWhere(isChosen);
      return Math.max(1, Math.min(admission.retryInMs, POLL_MS));
    }
    // Ask again: nothing starts once a pause or a switch is known.
    if (this.#lane.takes() !== takes) return 0;
    const jobs = this.#ready.splice(0, admission.granted);
    this.#running += jobs.length;
    this.#lane.start(jobs, { trial: admission.trial, control: this.#control });
    return 0;
  }

  /** Jobs that no longer run but are still held, because their outcome is not recorded yet. */
  get #unsettled(): number {
    return this.#held.size - this.#ready.length - this.#running;
  }

  /** Milliseconds until all queues are looked at again; a notification before that names its queue. */
  #pollLater(): number {
    return Math.max(1, this.#lookEverywhereAtMs - performance.now());
  }

  /** The polling floor: there is no notification when a delayed job becomes due. */
  #lookEverywhere(): void {
    for (const queue of this.#lane.queues) this.#mayHave.add(queue);
    this.#lookEverywhereAtMs = performance.now() + POLL_MS;
  }

  /** While jobs run, waits a moment after one ends, to fill several slots together. */
  async #gather(): Promise<void> {
    const slots = this.#lane.slots();
    const free = slots - this.#running;
    if (this.#running > 0 && free > 0 && free <= slots / GATHER_SHARE)
      await delay(this.#lane.waitingForSlot() > 0 ? GATHER_AHEAD_MS : GATHER_MS);
  }

  async #fetch(room: number, options: { readonly chosenOnly: boolean }): Promise<void> {
    let wanted = room;
    for (const queue of this.#lane.queues) {
      if (wanted <= 0) break;
      if (!this.#mayHave.delete(queue)) continue;
      const jobs = await takeJobs(this.#boss, queue, { limit: wanted, ...options });
      if (jobs.length === wanted) this.#mayHave.add(queue);
      wanted -= jobs.length;
      for (const job of jobs) this.#held.set(job.id, job);
      this.#ready.push(...jobs);
    }
    const places = new Map(this.#lane.queues.map((queue, place) => [queue, place]));
    const placeOf = (job: TakenJob) => places.get(job.name) ?? 0;
    this.#ready.sort((a, b) => placeOf(a) - placeOf(b) || b.priority - a.priority);
  }

  readonly #control: JobControl = {
    release: () => {
      this.#running -= 1;
      this.#signal.raise();
    },
    settled: (job) => {
      // This process may have taken the same job again after its lease had ended.
      if (this.#held.get(job.id) === job) this.#held.delete(job.id);
      if (this.#unsettled === UNSETTLED_MAX - 1) this.#signal.raise();
      if (this.#held.size === 0) this.#drained?.();
    },
  };

  /** Without a heartbeat the lease ends after 15 s, and another process takes the job. */
  async #touch(): Promise<void> {
    for (const [queue, jobs] of Map.groupBy(this.#held.values(), (job) => job.name)) {
      await touchJobs(this.#boss, queue, jobs).catch((error: unknown) => {
        this.#logger.warn({ error, queue }, 'a heartbeat failed');
      });
    }
  }

  /** Gives back ready jobs that match: what this process does not start it does not hold. */
  async #giveBackWhere(condition: (job: TakenJob) => boolean): Promise<void> {
    const unwanted = this.#ready.filter(condition);
    if (unwanted.length === 0) return;
    this.#ready = this.#ready.filter((job) => !condition(job));
    await this.#giveBack(unwanted);
  }

  async #giveBack(jobs: readonly TakenJob[]): Promise<void> {
    try {
      await this.#lane.giveBack(jobs);
    } catch (error) {
      this.#logger.warn(
        { error, jobs: jobs.length },
        'jobs could not be given back; they are retried when the lease expires',
      );
    }
    for (const job of jobs) this.#held.delete(job.id);
  }

  async #whenEmpty(timeoutMs: number): Promise<boolean> {
    if (this.#held.size === 0) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#drained = () => resolve(true);
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const done = await promise;
    clearTimeout(timer);
    return done;
  }
}
