import { setTimeout as delay } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../logger.ts';
import type { NewJobs } from './change-feed.ts';
import { isChosen, type TakenJob, takeJobs, touchJobs } from './job.ts';
import type { JobControl, Lane } from './lane.ts';
import { Signal } from './signal.ts';

/** Without any notification a lane looks this often: what a lost NOTIFY costs at most. */
const POLL_MS = 1_500;
const HEARTBEAT_EVERY_MS = 5_000;
/** Slots that become free within this time are filled together: admitting and claiming costs by the statement. */
const GATHER_MS = 5;
/** The same while jobs are ready ahead. */
const GATHER_AHEAD_MS = 12;
/** More free slots than this share of all are not kept waiting. */
const GATHER_SHARE = 4;
/** After an error (database gone) a lane rests before it tries again. */
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
  /** Somebody said that there is a job. */
  #told = false;
  /** Jobs that were sent and go before some that are ready. */
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
        // Nothing came for a while. What only waits for answers needs no more than it runs: others may have the rest.
        if (this.#ready.length === 0) await this.#lane.idle();
      } catch (error) {
        this.#logger.error({ error }, 'taking jobs failed; trying again');
        await this.#signal.wait(REST_AFTER_ERROR_MS);
      }
    }
  }

  /** One round; returns for how long there is nothing to do unless something wakes it. */
  async #step(): Promise<number> {
    if (performance.now() >= this.#lookEverywhereAtMs) this.#lookEverywhere();
    const takes = this.#lane.takes();
    await this.#giveBackWhere((job) => takes === 'nothing' || (takes === 'chosen' && !isChosen(job)));
    if (takes === 'nothing') return this.#pollLater();
    if (this.#urgent === 0) await this.#gather();
    const free = this.#lane.slots() - this.#running;
    const prefetch = this.#lane.prefetch();
    // Refilled by halves: a statement for each job that starts would cost more than the job's own.
    const refills = this.#ready.length <= prefetch / 2;
    const room = refills ? free + prefetch - this.#ready.length : Math.min(this.#urgent, prefetch);
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
      // Whoever chose them decides whether they wait so long.
      if (admission.retryInMs > POLL_MS) await this.#giveBackWhere(isChosen);
      return Math.max(1, Math.min(admission.retryInMs, POLL_MS));
    }
    // Much may have happened since it was asked: nothing starts once a pause or a switch is known of.
    if (this.#lane.takes() !== takes) return 0;
    const jobs = this.#ready.splice(0, admission.granted);
    this.#running += jobs.length;
    this.#lane.start(jobs, { trial: admission.trial, control: this.#control });
    return 0;
  }

  /** Until everywhere is looked again; what wakes us sooner says itself which queues have something. */
  #pollLater(): number {
    return Math.max(1, this.#lookEverywhereAtMs - performance.now());
  }

  /** The polling floor: not every job that becomes due is told of. */
  #lookEverywhere(): void {
    for (const queue of this.#lane.queues) this.#mayHave.add(queue);
    this.#lookEverywhereAtMs = performance.now() + POLL_MS;
  }

  /** While others run, one that ends waits a moment for the next. */
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
      // The same job may be held anew, after its lease had ended here.
      if (this.#held.get(job.id) === job) this.#held.delete(job.id);
      if (this.#held.size === 0) this.#drained?.();
    },
  };

  /** A lease that is not touched ends after 15 s and the job goes to somebody else. */
  async #touch(): Promise<void> {
    for (const [queue, jobs] of Map.groupBy(this.#held.values(), (job) => job.name)) {
      await touchJobs(this.#boss, queue, jobs).catch((error: unknown) => {
        this.#logger.warn({ error, queue }, 'a heartbeat failed');
      });
    }
  }

  /** Somebody else may take them, or nobody for now: what is not started here is not held here either. */
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
        'jobs could not be given back; their lease ends by itself',
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
