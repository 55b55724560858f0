import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kit/job.ts';

/** A question of the API about one account. */
const one = z.object({ lookUp: z.string() });
/** The next accounts of one part of a run's step. */
const some = z.object({
  run: z.string(),
  part: z.int().min(0),
  /** How often the next account has failed for a passing reason. */
  failures: z.int().min(0),
});
const payload = z.union([one, some]);
export type LookUpPayload = z.output<typeof payload>;
export type PartPayload = z.output<typeof some>;

/** Priority of a person's question, before those of runs. */
export const ONE_PRIORITY = 10;

/** The payload; null when an older or newer build wrote another shape. */
export function lookUpPayloadOf(data: unknown): LookUpPayload | null {
  return payload.safeParse(data).data ?? null;
}

/** Looks accounts up; one queue per system, taken by a lane of its own. */
export function lookUpJob(system: string): JobDefinition<LookUpPayload> {
  return defineJob({
    name: `provisioning.look-up.${system.toLowerCase()}`,
    payload,
    key: (data) => ('lookUp' in data ? data.lookUp : `${data.run}:${data.part}`),
  });
}
