import type { EntityManager } from '@mikro-orm/postgresql';
import { NO_FREE_SLOT } from '../../domain/provisioning/states/settle-attempt.ts';
import { outsideTransaction } from '../../entities/transaction.ts';
import { UpstreamError } from '../../integrations/contract/errors.ts';
import type { UpstreamCall } from '../../integrations/contract/upstream.ts';
import type { TakenJob } from '../kit/job.ts';
import type { Admission, JobControl } from '../kit/lane.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { CallSlots } from './call-slots.ts';
import { Permits } from './permits.ts';
import type { SharedSlots } from './shared-slots.ts';
import { type Grant, takePermits } from './system-gate.ts';

interface AccessOptions {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  /** One per lane: it must not count slots that another lane of this process holds. */
  readonly slots: SharedSlots;
  readonly system: string;
  /** The latest turn that the lane has taken: new origins join the queue there. */
  readonly turn: () => number;
  /** Absent: nothing is admitted ahead of its slot. */
  readonly ahead?: Ahead;
}

/** The lane's judgement about jobs admitted ahead of their slot. */
interface Ahead {
  /** True while the system should get no further calls, as far as this process knows. */
  holdsBack(): boolean;
  /** Whether the job may still run: a pause or a switch may have come since it was admitted. */
  wants(job: TakenJob): boolean;
}

/** When to ask again while other processes own all slots. */
const SLOT_RETRY_MS = 150;
/** How long an unused permit can be reused: later it would be a burst beyond the rate. */
const SPARE_MS = 1_000;
/**
 * We admit as many extra jobs as will find a slot within this time, which gathering, admitting and claiming take.
 */
const LEAD_MS = 30;
/** A job that finds no slot within this time releases its claim; its permit has expired by then. */
const WAIT_MS = SPARE_MS;
/** Weight of the latest call in the moving average. */
const LATEST = 0.1;

/** Limits a lane's calls to its system: slots and permits hold over all processes, and a pause stops all. */
export class SystemAccess {
  readonly #options: AccessOptions;
  readonly #permits: Permits;
  readonly #slots: CallSlots;
  /** Admitted jobs. */
  #running = 0;
  /** How long a job holds its slot, on average; null: unknown, or proved wrong. */
  #callMs: number | null = null;
  readonly #calledAt = new WeakMap<TakenJob, number>();
  /** Jobs that were admitted ahead of a slot. */
  readonly #early = new WeakSet<TakenJob>();
  #spare = 0;
  #spareUntilMs = 0;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#slots = new CallSlots(() => options.slots.owned(options.system));
    this.#permits = new Permits((wanted) => this.#takePermits({ wanted, withinAttempt: true }));
  }

  isPaused(): boolean {
    const { settings, system } = this.#options;
    return settings.isPaused(system);
  }

  /** Acquires a slot for the next job, if one is free. */
  async warmUp(): Promise<void> {
    const { slots, settings, system } = this.#options;
    const limit = settings.maxConcurrency(system);
    await slots.grow(system, { wanted: Math.min(limit, this.#running + 1), limit });
  }

  /** Asks for slots and permits for `wanted` more jobs. */
  async admit(wanted: number): Promise<Admission> {
    const { slots, settings, system } = this.#options;
    const limit = settings.maxConcurrency(system);
    if (slots.owned(system) > limit) await slots.shrink(system, Math.max(limit, this.#slots.held));
    const owned = await slots.grow(system, { wanted: Math.min(limit, this.#running + wanted), limit });
    this.#slots.fill();
    const free = Math.min(wanted, owned + this.lookAhead() - this.#running);
    if (free <= 0) return { granted: 0, retryInMs: SLOT_RETRY_MS, trial: false };
    return this.#takeWithSpare(free);
  }

  /**
   * How many jobs may be admitted and claimed beyond the slots, so that a slot is used as soon as it is free. None
   * where calls are slow or their duration is unknown: a claimed job must not wait.
   */
  lookAhead(): number {
    const { ahead, slots, system } = this.#options;
    if (ahead === undefined || this.#callMs === null || ahead.holdsBack()) return 0;
    const owned = slots.owned(system);
    return Math.floor(owned * Math.min(1 / 2, LEAD_MS / this.#callMs));
  }

  /** A job made no call: its permit serves the next one. */
  permitUnused(): void {
    this.#spare = this.#usableSpare() + 1;
    this.#spareUntilMs = performance.now() + SPARE_MS;
  }

  #usableSpare(): number {
    return performance.now() < this.#spareUntilMs ? this.#spare : 0;
  }

  /** Adds spare permits to those of the bucket, never alone: only the bucket knows of circuits and throttling. */
  async #takeWithSpare(wanted: number): Promise<Admission> {
    const spare = Math.min(this.#usableSpare(), wanted - 1);
    const grant = await this.#takePermits({ wanted: wanted - spare, withinAttempt: false });
    if (grant.granted === 0 || grant.trial) return grant;
    this.#spare = this.#usableSpare() - spare;
    return { ...grant, granted: grant.granted + spare };
  }

  /** Notes that jobs begin; returns a control that releases their slots. */
  begin(jobs: readonly TakenJob[], control: JobControl): JobControl {
    this.#running += jobs.length;
    for (const job of jobs) {
      this.#slots.enter(job);
      if (!this.#slots.holds(job)) this.#early.add(job);
    }
    return {
      release: (job) => {
        this.#running -= 1;
        this.#noteCall(job);
        this.#slots.leave(job);
        control.release(job);
      },
      settled: control.settled,
    };
  }

  /** Gives back the slots that no job uses. */
  async idle(): Promise<void> {
    await this.#options.slots.shrink(this.#options.system, this.#running);
  }

  /** A call for one attempt of a job; `prepaid`: the permit that admitted the job covers its first request. */
  callFor(job: TakenJob, prepaid: boolean): UpstreamCall {
    const { signal } = new AbortController();
    let paid = prepaid;
    return {
      signal,
      acquire: async () => {
        if (!paid) return this.#permits.acquire(signal);
        await this.#takeSlot(job);
        paid = false;
      },
    };
  }

  /**
   * A job that was admitted ahead waits for its slot for at most `WAIT_MS`; it makes no call when a pause, a switch
   * or an open circuit has come by then.
   */
  async #takeSlot(job: TakenJob): Promise<void> {
    const { ahead, system } = this.#options;
    if (ahead !== undefined && this.#early.has(job)) {
      const came = await this.#slots.waitFor(job, WAIT_MS);
      if (!came) this.#callMs = null;
      if (!came || ahead.holdsBack() || !ahead.wants(job)) {
        this.permitUnused();
        throw notSent(system);
      }
    }
    this.#calledAt.set(job, performance.now());
  }

  #noteCall(job: TakenJob): void {
    const calledAt = this.#calledAt.get(job);
    if (calledAt === undefined) return;
    const ms = performance.now() - calledAt;
    this.#callMs = this.#callMs === null ? ms : this.#callMs + LATEST * (ms - this.#callMs);
  }

  #takePermits(options: { readonly wanted: number; readonly withinAttempt: boolean }): Promise<Grant> {
    const { em, settings, system, turn } = this.#options;
    const ratePerSecond = settings.ratePerSecond(system);
    return takePermits(outsideTransaction(em.fork()), { ...options, system, ratePerSecond, turn: turn() });
  }
}

/** Settled as a throttled call is: the task is tried again, and nothing is counted. */
function notSent(system: string): UpstreamError {
  const message = `No slot for a call to ${system} became free in time; nothing was sent.`;
  return new UpstreamError(message, { system, failure: 'throttled', code: NO_FREE_SLOT });
}
