import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kit/job.ts';

const payload = z.object({
  /** The run item that says which account is to be changed, and how. */
  item: z.string(),
  /** Round of its run: jobs sent before the run was resumed, confirmed or retried do nothing. */
  round: z.int(),
  /** Attempts counted so far, and since when the system throttles. */
  counted: z.int().min(0).default(0),
  throttledSinceMs: z.number().nullable().default(null),
});
export type ChangeAccountPayload = z.output<typeof payload>;

/** The payload; null when an older or newer build wrote another shape. */
export function changePayloadOf(data: unknown): ChangeAccountPayload | null {
  return payload.safeParse(data).data ?? null;
}

/** Disables or updates one account; one queue per system, taken by the lane of its tasks. */
export function changeAccountJob(system: string): JobDefinition<ChangeAccountPayload> {
  return defineJob({
    name: `provisioning.change-account.${system.toLowerCase()}`,
    payload,
    key: ({ item, round }) => `${item}:${round}`,
  });
}
