import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../logger.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Lane } from './lane.ts';
import { LaneLoop } from './lane-loop.ts';

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
        if ('job' in change) for (const loop of this.#loops) loop.jobsArrived(change);
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
