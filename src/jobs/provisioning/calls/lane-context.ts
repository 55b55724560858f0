import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import { inTransaction } from '../../../entities/transaction.ts';
import type { Connector } from '../../../integrations/contract/connector.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';
import type { Logger } from '../../../logger.ts';
import { completeJobs, type TakenJob } from '../../kit/job.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { SharedSlots } from '../../systems/shared-slots.ts';

/** Takes the outcomes of a lane; they are recorded soon after. */
export interface OutcomeSink<Outcome> {
  push(outcome: Outcome): void;
}

/** Options of a lane. */
export interface SystemLaneOptions {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly connector: Connector;
  readonly slots: SharedSlots;
  /** Domain of addresses whose person type has none. */
  readonly defaultEmailDomain: string | null;
}

/** Dependencies of a lane's work. */
export interface LaneContext<Outcome> extends SystemLaneOptions {
  readonly recorder: OutcomeSink<Outcome>;
  readonly host: string;
  /** A call for a job's attempt, whose first permit was taken on admission. */
  readonly callFor: (job: TakenJob) => UpstreamCall;
  /** To be called when the job made no call: another job can use its permit. */
  readonly permitUnused: () => void;
}

/** Completes jobs that have nothing to do. */
export async function dropJobs(
  context: Pick<SystemLaneOptions, 'em' | 'boss'>,
  jobs: readonly TakenJob[],
): Promise<void> {
  if (jobs.length === 0) return;
  await inTransaction(context.em, (tx) => completeJobs({ tx, boss: context.boss }, jobs));
}
