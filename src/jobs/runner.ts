import type { PgBoss } from 'pg-boss';
import type { Logger } from '../logger.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { TakenJob } from './kit.ts';
import { LaneLoop } from './lane-loop.ts';

/** Whether and how many jobs may start now. */
export interface Admission {
  readonly granted: number;
  /** With `granted` 0: when to ask again. */
  readonly retryInMs: number;
  /** The one granted job tries whether an open circuit may close. */
  readonly trial: boolean;
}

/** What a lane tells the runner about the jobs it was given. */
export interface JobControl {
  /** The job no longer occupies a slot (its call is over), though its outcome is not recorded yet. */
  release(job: TakenJob): void;
  /** The job is settled: no more heartbeats for it. */
  settled(job: TakenJob): void;
}

/** Queues that share slots, and what to do with their jobs. */
export interface Lane {
  readonly name: string;
  /** In order of preference. */
  readonly queues: readonly string[];
  /** How many jobs may run in this process at once. */
  slots(): number;
  /** How many jobs to hold ready beside the running ones. */
  prefetch(): number;
  /** False: take no jobs now (a switch is off). Asked again at the next wake-up. */
  open(): boolean;
  admit(wanted: number): Promise<Admission>;
  /** Starts jobs; must not throw, and must call `release` and `settled` for each of them. */
  start(jobs: readonly TakenJob[], options: { readonly trial: boolean; readonly control: JobControl }): void;
  /** Puts jobs back that were taken but never started, keeping their place. */
  giveBack(jobs: readonly TakenJob[]): Promise<void>;
  /** Called when nothing runs and nothing is ready: shared slots can be let go. */
  idle(): Promise<void>;
}

/** Runs lanes until it is drained: takes jobs, keeps their leases alive, and stops in order. */
export class Runner {
  readonly #loops: readonly LaneLoop[];
  readonly #feed: ChangeFeed;
  #unsubscribe: (() => void) | null = null;

  constructor(options: {
    readonly boss: PgBoss;
    readonly feed: ChangeFeed;
    readonly logger: Logger;
    readonly lanes: readonly Lane[];
  }) {
    this.#feed = options.feed;
    this.#loops = options.lanes.map(
      (lane) => new LaneLoop({ lane, boss: options.boss, logger: options.logger }),
    );
  }

  start(): void {
    this.#unsubscribe = this.#feed.subscribe({
      onChange: (change) => {
        if ('job' in change) for (const loop of this.#loops) loop.jobArrived(change.job, change.afterMs);
      },
      onReconnect: () => this.wake(),
    });
    for (const loop of this.#loops) loop.start();
  }

  /** Looks for work in every lane now, e.g. after a switch was turned on. */
  wake(): void {
    for (const loop of this.#loops) loop.wake();
  }

  /** How many jobs are held, running or waiting for their outcome to be recorded. */
  get held(): number {
    return this.#loops.reduce((sum, loop) => sum + loop.held, 0);
  }

  /** Takes nothing more, gives back what was not started, waits for the rest; false when time ran out first. */
  async drain(timeoutMs: number): Promise<boolean> {
    this.#unsubscribe?.();
    const results = await Promise.all(this.#loops.map((loop) => loop.drain(timeoutMs)));
    return results.every((done) => done);
  }
}
