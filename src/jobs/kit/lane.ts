import type { TakenJob } from './job.ts';

/** Whether and how many jobs may start now. */
export interface Admission {
  readonly granted: number;
  /** With `granted` 0: when to ask again. */
  readonly retryInMs: number;
  /** The one granted job tries whether an open circuit may close. */
  readonly trial: boolean;
}

/** Reports of a lane to the runner about its jobs. */
export interface JobControl {
  /** The job no longer occupies a slot (its call is over), though its outcome is not recorded yet. */
  release(job: TakenJob): void;
  /** The job is settled: no more heartbeats for it. */
  settled(job: TakenJob): void;
}

/** Jobs that a lane takes: all, those that a person chose (`isChosen`), or none. */
export type LaneTakes = 'everything' | 'chosen' | 'nothing';

/** Queues that share slots, and what to do with their jobs. */
export interface Lane {
  readonly name: string;
  /** In order of preference. */
  readonly queues: readonly string[];
  /** How many jobs may run in this process at once, including those claimed ahead of their slot. */
  slots(): number;
  /** How many of those wait for a running job's slot; refilling them is not urgent. */
  waitingForSlot(): number;
  /** How many jobs to hold ready beside the running ones. */
  prefetch(): number;
  /** Which jobs may be taken now (a switch is off, a pause is on). Asked again at the next wake-up or poll. */
  takes(): LaneTakes;
  /** Called while the first job is being fetched and nothing runs, so that a slot can be acquired in parallel. */
  warmUp(): Promise<void>;
  admit(wanted: number): Promise<Admission>;
  /** Starts jobs; must not throw, and must call `release` and `settled` for each of them. */
  start(jobs: readonly TakenJob[], options: { readonly trial: boolean; readonly control: JobControl }): void;
  /** Puts back jobs that were taken but not started; they keep their position. */
  giveBack(jobs: readonly TakenJob[]): Promise<void>;
  /** Called when nothing is ready: shared slots that no running job uses can be given back. */
  idle(): Promise<void>;
}
