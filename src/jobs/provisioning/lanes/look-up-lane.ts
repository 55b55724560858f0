import { inTransaction } from '../../../entities/transaction.ts';
import { withLogScope } from '../../../logger.ts';
import { moveToDeadLetter, sendAgain, type TakenJob } from '../../kit/job.ts';
import type { Admission, JobControl, Lane, LaneTakes } from '../../kit/lane.ts';
import { SystemAccess } from '../../systems/system-access.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import { answerLookUp } from '../accounts/answer-look-up.ts';
import type { LookUpLaneOptions } from '../accounts/look-up-context.ts';
import { lookUpJob, lookUpPayloadOf } from '../accounts/look-up-job.ts';
import { lookUpPart } from '../verification/look-up-part.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

/** Slots of look-ups; at most half of the system's, because tasks go first. */
const SLOTS_MAX = 4;

/**
 * Looks accounts up at one system, also while switches are off, because reading changes nothing. Look-ups share
 * slots, rate, circuit and pauses with the system's tasks.
 */
export class LookUpLane implements Lane {
  readonly name: string;
  readonly queues: readonly string[];
  readonly #options: LookUpLaneOptions & { readonly recorder: OutcomeRecorder };
  readonly #system: string;
  readonly #access: SystemAccess;

  constructor(options: LookUpLaneOptions & { readonly recorder: OutcomeRecorder }) {
    this.#options = options;
    this.#system = options.connector.system;
    this.name = `${this.#system} look-ups`;
    this.queues = [lookUpJob(this.#system).name];
    this.#access = new SystemAccess({ ...options, system: this.#system, turn: () => 0 });
  }

  takes(): LaneTakes {
    return this.#access.isPaused() ? 'nothing' : 'everything';
  }

  slots(): number {
    const limit = this.#options.settings.maxConcurrency(this.#system);
    return Math.max(1, Math.min(SLOTS_MAX, Math.floor(limit / 2)));
  }

  waitingForSlot(): number {
    return 0;
  }

  prefetch(): number {
    return 0;
  }

  warmUp(): Promise<void> {
    return this.#access.warmUp();
  }

  admit(wanted: number): Promise<Admission> {
    return this.#access.admit(wanted);
  }

  start(jobs: readonly TakenJob[], options: { readonly trial: boolean; readonly control: JobControl }): void {
    const control = this.#access.begin(jobs, options.control);
    for (const job of jobs) {
      const scope = { system: this.#system, job: job.name, jobId: job.id };
      void withLogScope(scope, () => this.#run(job, options.trial)).finally(() => {
        control.release(job);
        control.settled(job);
      });
    }
  }

  async giveBack(jobs: readonly TakenJob[]): Promise<void> {
    const { em, boss } = this.#options;
    await inTransaction(em, (tx) => sendAgain({ tx, boss }, jobs));
  }

  idle(): Promise<void> {
    return this.#access.idle();
  }

  /** Never throws: a look-up that could not be recorded is repeated when the lease expires. */
  async #run(job: TakenJob, trial: boolean): Promise<void> {
    const { em, boss, logger, recorder } = this.#options;
    try {
      const payload = lookUpPayloadOf(job.data);
      if (payload === null) {
        logger.error({ id: job.id }, 'a payload that cannot be read was moved to the dead letter');
        await inTransaction(em, (tx) => moveToDeadLetter({ tx, boss }, [job]));
        return;
      }
      const context = { ...this.#options, callFor: (prepaid: boolean) => this.#access.callFor(job, prepaid) };
      const signals =
        'run' in payload
          ? await lookUpPart({ job, payload, trial }, context)
          : await answerLookUp({ job, id: payload.lookUp }, context);
      const unspent: HealthSignal[] =
        trial && signals.length === 0
          ? [{ liveness: 'neutral', throttled: null, error: null, unspentTrial: true }]
          : [];
      if (signals.length + unspent.length > 0)
        await recorder.noteSignals(this.#system, [...signals, ...unspent]);
    } catch (error) {
      logger.error({ error, id: job.id }, 'a look-up failed; it is retried when the lease expires');
    }
  }
}
