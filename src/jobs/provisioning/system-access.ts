import type { EntityManager } from '@mikro-orm/postgresql';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';
import type { UpstreamCall } from '../../integrations/connector.ts';
import type { TakenJob } from '../kit.ts';
import type { Admission, JobControl } from '../lane.ts';
import { statements } from '../transaction.ts';
import { Permits } from './permits.ts';
import type { SharedSlots } from './shared-slots.ts';
import { type Grant, takePermits } from './system-gate.ts';

interface AccessOptions {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  /** The lane's own: slots that another lane of this process holds are not its to count. */
  readonly slots: SharedSlots;
  readonly system: string;
  /** The latest turn the lane has taken: new origins join the queue there. */
  readonly turn: () => number;
}

/** While others own all slots, how soon to ask again. */
const SLOT_RETRY_MS = 150;
/** A permit that was not needed is worth something for so long: later it would be a burst beyond the rate. */
const SPARE_MS = 1_000;

/** What a lane may send to its system: slots and permits that hold over all processes, nothing during a pause. */
export class SystemAccess {
  readonly #options: AccessOptions;
  readonly #permits: Permits;
  #running = 0;
  #spare = 0;
  #spareUntilMs = 0;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#permits = new Permits((wanted) => this.#takePermits({ wanted, withinAttempt: true }));
  }

  isPaused(): boolean {
    const { settings, system } = this.#options;
    return settings.pausedSystems(Date.now()).some((pause) => pause.system === system);
  }

  /** Asks for slots and permits for `wanted` more jobs. */
  async admit(wanted: number): Promise<Admission> {
    const { slots, settings, system } = this.#options;
    const limit = settings.maxConcurrency(system);
    if (slots.owned(system) > limit) await slots.shrink(system, Math.max(limit, this.#running));
    const owned = await slots.grow(system, { wanted: Math.min(limit, this.#running + wanted), limit });
    const free = Math.min(wanted, owned - this.#running);
    if (free <= 0) return { granted: 0, retryInMs: SLOT_RETRY_MS, trial: false };
    return this.#takeWithSpare(free);
  }

  /** A job called nobody after all: its permit serves the next one. */
  permitUnused(): void {
    this.#spare = this.#usableSpare() + 1;
    this.#spareUntilMs = performance.now() + SPARE_MS;
  }

  #usableSpare(): number {
    return performance.now() < this.#spareUntilMs ? this.#spare : 0;
  }

  /** Only beside permits of the bucket, which knows of circuits and throttling. */
  async #takeWithSpare(wanted: number): Promise<Admission> {
    const spare = Math.min(this.#usableSpare(), wanted - 1);
    const grant = await this.#takePermits({ wanted: wanted - spare, withinAttempt: false });
    if (grant.granted === 0 || grant.trial) return grant;
    this.#spare = this.#usableSpare() - spare;
    return { ...grant, granted: grant.granted + spare };
  }

  /** Notes that jobs begin; the control tells it when they no longer need their slots. */
  begin(jobs: readonly TakenJob[], control: JobControl): JobControl {
    this.#running += jobs.length;
    return {
      release: (job) => {
        this.#running -= 1;
        control.release(job);
      },
      settled: control.settled,
    };
  }

  /** Lets go of slots that nothing runs in. */
  async idle(): Promise<void> {
    await this.#options.slots.shrink(this.#options.system, this.#running);
  }

  /** A call for one attempt; `prepaid`: the permit that admitted the job pays for its first request. */
  callFor(prepaid: boolean): UpstreamCall {
    const { signal } = new AbortController();
    let paid = prepaid;
    return {
      signal,
      acquire: () => {
        if (!paid) return this.#permits.acquire(signal);
        paid = false;
        return Promise.resolve();
      },
    };
  }

  #takePermits(options: { readonly wanted: number; readonly withinAttempt: boolean }): Promise<Grant> {
    const { em, settings, system, turn } = this.#options;
    const ratePerSecond = settings.ratePerSecond(system);
    return takePermits(statements(em.fork()), { ...options, system, ratePerSecond, turn: turn() });
  }
}
