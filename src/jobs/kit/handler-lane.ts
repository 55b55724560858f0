import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import { describeError } from '../../domain/errors/describe-error.ts';
import { type Executor, inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import { type Logger, withLogScope } from '../../logger.ts';
import { type OpenSpan, type SpanStart, traced } from '../../trace.ts';
import { JobInterrupted } from './interruption.ts';
import {
  completeJobs,
  type JobDefinition,
  moveToDeadLetter,
  sendAgain,
  type TakenJob,
  traceparentOf,
} from './job.ts';
import type { Admission, JobControl, Lane, LaneTakes } from './lane.ts';
import { noteFiring } from './schedule-firing.ts';

/** A job and the function that does it; the function commits its own work and may be run twice. */
export interface JobImplementation {
  readonly queue: string;
  /** Resolves when done; null when the payload cannot be read. */
  run(data: unknown, finish: Finish): Promise<void> | null;
}

/** Completes the job in the last transaction of its handler, which saves a transaction after it. */
export type Finish = (tx: Executor) => Promise<void>;

/** Binds a handler to its job; the payload is parsed before the handler sees it. */
export function implementJob<Payload>(
  job: JobDefinition<Payload>,
  handler: (payload: Payload, finish: Finish) => Promise<void>,
): JobImplementation {
  return {
    queue: job.name,
    run: (data, finish) => {
      const parsed = job.payload.safeParse(data);
      return parsed.success ? handler(parsed.data, finish) : null;
    },
  };
}

/** Runs jobs that call no external system: a few at a time, completed after their handler, retried by pg-boss. */
export class HandlerLane implements Lane {
  readonly name: string;
  readonly queues: readonly string[];
  readonly #options: {
    readonly em: EntityManager;
    readonly boss: PgBoss;
    readonly logger: Logger;
    readonly slots: number | (() => number);
  };
  readonly #implementations: ReadonlyMap<string, JobImplementation>;

  constructor(
    implementations: readonly JobImplementation[],
    options: {
      readonly name: string;
      readonly em: EntityManager;
      readonly boss: PgBoss;
      readonly logger: Logger;
      /** How many at once; asked each time where a Setting says it. */
      readonly slots: number | (() => number);
    },
  ) {
    this.name = options.name;
    this.#options = options;
    this.#implementations = new Map(
      implementations.map((implementation) => [implementation.queue, implementation]),
    );
    this.queues = [...this.#implementations.keys()];
  }

  takes(): LaneTakes {
    return 'everything';
  }

  slots(): number {
    const { slots } = this.#options;
    return typeof slots === 'number' ? slots : slots();
  }

  waitingForSlot(): number {
    return 0;
  }

  prefetch(): number {
    return 0;
  }

  warmUp(): Promise<void> {
    return Promise.resolve();
  }

  admit(wanted: number): Promise<Admission> {
    return Promise.resolve({ granted: wanted, retryInMs: 0, trial: false });
  }

  start(jobs: readonly TakenJob[], options: { readonly control: JobControl }): void {
    for (const job of jobs) {
      void withLogScope({ job: job.name, jobId: job.id }, () =>
        traced(
          () => spanOf(job),
          (span) => this.#run(job, span),
        ),
      ).finally(() => {
        options.control.release(job);
        options.control.settled(job);
      });
    }
  }

  async giveBack(jobs: readonly TakenJob[]): Promise<void> {
    const { em, boss } = this.#options;
    await inTransaction(em, (tx) => sendAgain({ tx, boss }, jobs));
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }

  /** Never throws: pg-boss is told of a failure, retries the job, and in the end moves it to the dead letter. */
  async #run(job: TakenJob, span: OpenSpan): Promise<void> {
    const { em, boss, logger } = this.#options;
    try {
      await noteFiring(outsideTransaction(em.fork()), job.data);
      let finished = false;
      const finish = async (tx: Executor) => {
        await completeJobs({ tx, boss }, [job]);
        finished = true;
      };
      const work = this.#implementations.get(job.name)?.run(job.data, finish) ?? null;
      await work;
      if (work === null) {
        await inTransaction(em, (tx) => moveToDeadLetter({ tx, boss }, [job]));
        logger.error({ id: job.id }, 'a payload that cannot be read was moved to the dead letter');
      } else if (!finished) await inTransaction(em, finish);
    } catch (error) {
      span.fail(error instanceof Error ? error.name : typeof error);
      if (error instanceof JobInterrupted) return this.giveBack([job]).catch(() => {});
      logger.error({ error, id: job.id, attempt: job.retryCount + 1 }, 'a job failed; it is retried');
      // The dashboard shows this, and it is kept with the job.
      const { message } = describeError(error);
      await boss
        .fail(job.name, { id: job.id, retryCount: job.retryCount }, { message: message.slice(0, 2_000) })
        .catch(() => {});
    }
  }
}

function spanOf(job: TakenJob): SpanStart {
  return {
    name: `job ${job.name}`,
    kind: 'consumer',
    parent: traceparentOf(job),
    attributes: { 'accountsync.job': job.id, 'accountsync.attempt': job.retryCount + 1 },
  };
}
