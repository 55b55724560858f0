import { hostname } from 'node:os';
import { turnOf } from '../../domain/provisioning/fair-turns.ts';
import type { UpstreamCall } from '../../integrations/connector.ts';
import { withLogScope } from '../../logger.ts';
import { moveToDeadLetter, sendAgain, type TakenJob } from '../kit.ts';
import type { Admission, JobControl, Lane } from '../lane.ts';
import { inTransaction, statements } from '../transaction.ts';
import { changeAccountJob, changePayloadOf } from './change-account-job.ts';
import { changeAccounts } from './change-accounts.ts';
import type { LaneContext, SystemLaneOptions } from './lane-context.ts';
import { Permits } from './permits.ts';
import { resolveTask } from './resolve-task.ts';
import { runTasks } from './run-tasks.ts';
import { takePermits } from './system-gate.ts';
import { resolvePayloadOf, resolveUncertainJob, runPayloadOf, runTaskJob } from './task-jobs.ts';

/** Tasks one process runs at a system at once; more processes take the rest of the shared slots. */
const SLOTS_PER_PROCESS = 64;
/** While other processes own all slots, how soon to ask again. */
const SLOT_RETRY_MS = 150;
/** Look-ahead in seconds of the system's rate: enough to hide a fetch, little enough to stay fair. */
const LOOK_AHEAD_SECONDS = 0.25;

/** Runs the tasks of one system: at most its rate and concurrency over all processes, nothing while it is off. */
export class SystemLane implements Lane {
  readonly name: string;
  readonly queues: readonly string[];
  readonly #options: SystemLaneOptions;
  readonly #system: string;
  readonly #resolveQueue: string;
  readonly #changeQueue: string;
  readonly #permits: Permits;
  #running = 0;
  #turn = 0;

  constructor(options: SystemLaneOptions) {
    this.#options = options;
    this.#system = options.connector.system;
    this.name = this.#system;
    this.#resolveQueue = resolveUncertainJob(this.#system).name;
    this.#changeQueue = changeAccountJob(this.#system).name;
    this.queues = [this.#resolveQueue, this.#changeQueue, runTaskJob(this.#system).name];
    this.#permits = new Permits((wanted) => this.#takePermits({ wanted, withinAttempt: true }));
  }

  open(): boolean {
    const { settings } = this.#options;
    if (!settings.get('account_creation_enabled') || !settings.get('task_processing_enabled')) return false;
    return !settings.pausedSystems(Date.now()).some(({ system }) => system === this.#system);
  }

  slots(): number {
    return Math.min(SLOTS_PER_PROCESS, this.#options.settings.maxConcurrency(this.#system));
  }

  prefetch(): number {
    const perSecond = this.#options.settings.ratePerSecond(this.#system);
    return Math.min(this.slots(), Math.ceil(perSecond * LOOK_AHEAD_SECONDS));
  }

  async admit(wanted: number): Promise<Admission> {
    const { slots, settings } = this.#options;
    const limit = settings.maxConcurrency(this.#system);
    if (slots.owned(this.#system) > limit) await slots.shrink(this.#system, Math.max(limit, this.#running));
    const owned = await slots.grow(this.#system, { wanted: Math.min(limit, this.#running + wanted), limit });
    const free = Math.min(wanted, owned - this.#running);
    if (free <= 0) return { granted: 0, retryInMs: SLOT_RETRY_MS, trial: false };
    return this.#takePermits({ wanted: free, withinAttempt: false });
  }

  start(jobs: readonly TakenJob[], options: { readonly trial: boolean; readonly control: JobControl }): void {
    this.#running += jobs.length;
    this.#turn = Math.max(this.#turn, ...jobs.map((job) => turnOf(job.priority)));
    const control: JobControl = {
      release: (job) => {
        this.#running -= 1;
        options.control.release(job);
      },
      settled: options.control.settled,
    };
    void withLogScope({ system: this.#system }, () => this.#run(jobs, { trial: options.trial, control }));
  }

  async giveBack(jobs: readonly TakenJob[]): Promise<void> {
    const { em, boss } = this.#options;
    await inTransaction(em, (tx) => sendAgain({ tx, boss }, jobs));
  }

  async idle(): Promise<void> {
    await this.#options.slots.shrink(this.#system, this.#running);
  }

  #takePermits(options: { readonly wanted: number; readonly withinAttempt: boolean }) {
    const ratePerSecond = this.#options.settings.ratePerSecond(this.#system);
    return takePermits(statements(this.#options.em.fork()), {
      ...options,
      system: this.#system,
      ratePerSecond,
      turn: this.#turn,
    });
  }

  /** A batch comes from any of the queues; whatever cannot even be read goes to the dead letter. */
  async #run(
    jobs: readonly TakenJob[],
    options: { readonly trial: boolean; readonly control: JobControl },
  ): Promise<void> {
    const { control } = options;
    const poison: TakenJob[] = [];
    const toChange: { job: TakenJob; payload: NonNullable<ReturnType<typeof changePayloadOf>> }[] = [];
    const toRun: { job: TakenJob; payload: NonNullable<ReturnType<typeof runPayloadOf>> }[] = [];
    for (const job of jobs) {
      if (job.name === this.#resolveQueue) {
        const payload = resolvePayloadOf(job.data);
        if (payload === null) poison.push(job);
        else void resolveTask({ job, payload }, { ...this.#context(), control });
      } else if (job.name === this.#changeQueue) {
        const payload = changePayloadOf(job.data);
        if (payload === null) poison.push(job);
        else toChange.push({ job, payload });
      } else {
        const payload = runPayloadOf(job.data);
        if (payload === null) poison.push(job);
        else toRun.push({ job, payload });
      }
    }
    if (toChange.length > 0) void changeAccounts(toChange, { ...this.#context(), ...options });
    if (toRun.length > 0) void runTasks(toRun, { ...this.#context(), ...options });
    if (poison.length > 0) await this.#bury(poison, control);
  }

  async #bury(jobs: readonly TakenJob[], control: JobControl): Promise<void> {
    const { em, boss, logger } = this.#options;
    logger.error(
      { jobs: jobs.map((job) => job.id) },
      'payloads that cannot be read were moved to the dead letter',
    );
    try {
      await inTransaction(em, (tx) => moveToDeadLetter({ tx, boss }, jobs));
    } catch (error) {
      logger.error({ error }, 'the dead letter could not be written; the lease ends by itself');
    }
    for (const job of jobs) {
      control.release(job);
      control.settled(job);
    }
  }

  #context(): LaneContext {
    return { ...this.#options, host: hostname(), callFor: (prepaid) => this.#callFor(prepaid) };
  }

  /** The permit that admitted the job pays for its first request. */
  #callFor(prepaid: boolean): UpstreamCall {
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
}
