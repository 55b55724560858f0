import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kit/job.ts';

const payload = z.object({
  /** The record of a run that says what is to be done to which account. */
  item: z.string(),
  /** Of its run: what was sent before the run was resumed, confirmed or retried does nothing any more. */
  round: z.int(),
  /** Attempts counted so far, and since when the system asks to slow down. */
  counted: z.int().min(0).default(0),
  throttledSinceMs: z.number().nullable().default(null),
});
export type ChangeAccountPayload = z.output<typeof payload>;

/** The payload, or null when an older or newer build wrote something else. */
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
