import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { leaverLimit } from '../../../domain/provisioning/hr/leavers.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import {
  awaitConfirmation,
  completeStep,
  finishRun,
  type OpenRun,
  recordProgress,
  takeUpRun,
} from '../../runs/run-record.ts';
import { LEAVERS_STEP } from './disable-leavers-job.ts';
import { sendChanges } from './enqueue-changes.ts';
import { advanceLeavers, leaverCounts } from './leaver-progress.ts';
import { planLeavers } from './plan-leavers.ts';
import { planRehired } from './plan-rehired.ts';

export interface DisableLeaversContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Systems whose connector can disable. */
  readonly disablable: readonly string[];
}

const optionsSchema = z.object({ disable: z.boolean() });
/** How many leavers the run found, and how many it may disable without asking. */
const planSchema = z.object({
  people: z.int(),
  recentPeople: z.int(),
  activePeople: z.int(),
  limit: z.int(),
});
type Plan = z.output<typeof planSchema>;

/**
 * Finds leavers once, waits for a person when there are too many, and sends one job per account; the last account
 * ends the run. Safe to run twice: the run keeps what it found, and an account that has a job gets no second one.
 */
export async function disableLeavers(payload: RunJobPayload, context: DisableLeaversContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  await inTransaction(context.em, async (tx) => {
    const jobs = { tx, boss: context.boss };
    const run = await takeUpRun(tx, id, LEAVERS_STEP);
    if (run === null) return;
    const plan = planSchema.safeParse(run.step.checkpoint).data ?? (await makePlan(jobs, run, context));
    if (run.mode === 'DRY_RUN') return finishRun(tx, run, { status: 'COMPLETED' });
    const count = plan.people + plan.recentPeople;
    if (plan.people > 0 && count > plan.limit && !run.confirmed) {
      return awaitConfirmation(tx, run, { count, limit: plan.limit });
    }
    await sendChanges(jobs, id);
    await advanceLeavers(tx, id);
  });
}

async function makePlan(jobs: JobContext, run: OpenRun, context: DisableLeaversContext): Promise<Plan> {
  const { tx } = jobs;
  const { settings } = context;
  const { disable } = optionsSchema.parse(run.options);
  const found = await planLeavers(tx, run, { ...context, list: disable, byHand: run.createdBy !== null });
  await planRehired(jobs, run, settings);
  const limit = leaverLimit({
    thresholdCount: settings.get('leaver_threshold_count'),
    thresholdPercent: settings.get('leaver_threshold_percent'),
    activePeople: found.activePeople,
  });
  const plan = { ...found, limit };
  const summary = { ...plan, ...(await leaverCounts(tx, run)) };
  await recordProgress(tx, run, { done: 1, total: 1, failed: 0, checkpoint: plan, summary });
  await completeStep(tx, run);
  return plan;
}
