import { z } from 'zod';
import { defineRunJob } from '../../runs/run-job.ts';

/** Sends the look-ups of a run of ACCOUNT_VERIFICATION, and ends it or asks when all have answered. */
export const verifyAccountsJob = defineRunJob('provisioning.verify-accounts');

/** Brings our records in line with what the look-ups found. */
export const repairAccountsJob = defineRunJob('provisioning.repair-accounts');

/** The step after those of the systems, which have their codes as keys. */
export const REPAIR_STEP = 'repair';

/** Parts of a system's accounts that are looked up in parallel. */
export const PARTS = 4;

/**
 * `verify`: do our accounts exist? `adopt`: which accounts of people of HR exist there and are not ours yet?
 * `claims`: do the accounts that the first system claims exist?
 */
export const optionsSchema = z.object({
  task: z.enum(['verify', 'adopt', 'claims']),
  systems: z.array(z.string()),
  /** Primary keys of the people it is about; null: all. */
  people: z.array(z.string()).nullable(),
});
export type VerificationOptions = z.output<typeof optionsSchema>;

/** How far the look-ups of one system have come. */
export const checkpointSchema = z.object({
  total: z.int(),
  done: z.int(),
  /** The last subject of each part. */
  after: z.record(z.string(), z.string()),
  /** Parts that are through. */
  through: z.array(z.int()),
});
export type SystemCheckpoint = z.output<typeof checkpointSchema>;

/** Counts of a run's look-ups, over all systems and by system. */
export const countsSchema = z.object({
  checked: z.int().default(0),
  confirmed: z.int().default(0),
  missing: z.int().default(0),
  differing: z.int().default(0),
  orphan: z.int().default(0),
  absent: z.int().default(0),
  adopted: z.int().default(0),
  failed: z.int().default(0),
});
export type Counts = z.output<typeof countsSchema>;

const summarySchema = countsSchema.extend({ bySystem: z.record(z.string(), countsSchema).default({}) });

/** The summary after further look-ups of a system. */
export function addCounts(summary: unknown, system: string, more: Counts): Readonly<Record<string, unknown>> {
  const { bySystem, ...all } = summarySchema.parse(summary);
  const before = bySystem[system] ?? countsSchema.parse({});
  return { ...sum(all, more), bySystem: { ...bySystem, [system]: sum(before, more) } };
}

function sum(one: Counts, other: Counts): Counts {
  return {
    checked: one.checked + other.checked,
    confirmed: one.confirmed + other.confirmed,
    missing: one.missing + other.missing,
    differing: one.differing + other.differing,
    orphan: one.orphan + other.orphan,
    absent: one.absent + other.absent,
    adopted: one.adopted + other.adopted,
    failed: one.failed + other.failed,
  };
}
