import { hostname } from 'node:os';
import { turnOf } from '../../../domain/provisioning/states/fair-turns.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { withLogScope } from '../../../logger.ts';
import { isChosen, moveToDeadLetter, sendAgain, type TakenJob } from '../../kit/job.ts';
import type { Admission, JobControl, Lane, LaneTakes } from '../../kit/lane.ts';
import { SystemAccess } from '../../systems/system-access.ts';
import { changeAccountJob, changePayloadOf } from '../account-changes/change-account-job.ts';
import { changeAccounts } from '../account-changes/change-accounts.ts';
import { resolveUncertain } from '../attempts/resolve-uncertain.ts';
import { runTasks } from '../attempts/run-tasks.ts';
import type { LaneContext, SystemLaneOptions } from '../calls/lane-context.ts';
import { resolvePayloadOf, resolveUncertainJob, runPayloadOf, runTaskJob } from '../tasks/task-jobs.ts';
import type { Finished } from './finished.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

/** Tasks that one process runs at a system at once; other processes take the rest of the shared slots. */
const SLOTS_PER_PROCESS = 64;
/** Bounds the jobs held ready: one per slot, and at most what the system's rate takes in this time, to stay fair. */
const LOOK_AHEAD_SECONDS = 0.25;

interface RecordingOptions extends SystemLaneOptions {
  readonly recorder: OutcomeRecorder;
}

/** Runs the tasks of one system: at most its rate and concurrency over all processes, nothing while it is off. */
export class SystemLane implements Lane {
  readonly name: string;
  readonly queues: readonly string[];
  readonly #options: RecordingOptions;
  readonly #system: string;
  readonly #resolveQueue: string;
  readonly #changeQueue: string;
  readonly #access: SystemAccess;
  #turn = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#system = options.connector.system;
    this.name = this.#system;
    this.#resolveQueue = resolveUncertainJob(this.#system).name;
    this.#changeQueue = changeAccountJob(this.#system).name;
    this.queues = [this.#resolveQueue, this.#changeQueue, runTaskJob(this.#system).name];
    this.#access = new SystemAccess({
      ...options,
      system: this.#system,
      turn: () => this.#turn,
      ahead: {
        holdsBack: () => options.recorder.holdsBack(this.#system),
        wants: (job) => this.#wants(job),
      },
    });
  }

  takes(): LaneTakes {
    const { settings } = this.#options;
    if (this.#access.isPaused() || !settings.get('account_creation_enabled')) return 'nothing';
    return settings.get('task_processing_enabled') ? 'everything' : 'chosen';
  }

  slots(): number {
    return this.#slots() + this.waitingForSlot();
  }

  waitingForSlot(): number {
    return this.#access.lookAhead();
  }

  prefetch(): number {
    const perSecond = this.#options.settings.ratePerSecond(this.#system);
    return Math.min(this.#slots(), Math.ceil(perSecond * LOOK_AHEAD_SECONDS));
  }

  warmUp(): Promise<void> {
    return this.#access.warmUp();
  }

  admit(wanted: number): Promise<Admission> {
    return this.#access.admit(wanted);
  }

  start(jobs: readonly TakenJob[], options: { readonly trial: boolean; readonly control: JobControl }): void {
    this.#turn = Math.max(this.#turn, ...jobs.map((job) => turnOf(job.priority)));
    const control = this.#access.begin(jobs, options.control);
    const scope = { system: this.#system, job: runTaskJob(this.#system).name };
    void withLogScope(scope, () => this.#run(jobs, { trial: options.trial, control }));
  }

  async giveBack(jobs: readonly TakenJob[]): Promise<void> {
    const { em, boss } = this.#options;
    await inTransaction(em, (tx) => sendAgain({ tx, boss }, jobs));
  }

  idle(): Promise<void> {
    return this.#access.idle();
  }

  #slots(): number {
    return Math.min(SLOTS_PER_PROCESS, this.#options.settings.maxConcurrency(this.#system));
  }

  #wants(job: TakenJob): boolean {
    const takes = this.takes();
    return takes === 'everything' || (takes === 'chosen' && isChosen(job));
  }

  /** Runs a batch, whose jobs come from any of the queues; payloads that cannot be read go to the dead letter. */
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
        else void resolveUncertain({ job, payload }, { ...this.#context(), control });
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
      logger.error({ error }, 'the dead letter could not be written; it is retried when the lease expires');
    }
    for (const job of jobs) {
      control.release(job);
      control.settled(job);
    }
  }

  #context(): LaneContext<Finished> {
    return {
      ...this.#options,
      host: hostname(),
      callFor: (job) => this.#access.callFor(job, true),
      permitUnused: () => this.#access.permitUnused(),
    };
  }
}
