import { z } from 'zod';

/** A system that is left alone for a while, e.g. while its owner maintains it. */
export interface PausedSystem {
  readonly system: string;
  /** RFC 3339; absent or null: until the entry is taken out. */
  readonly until?: string | null | undefined;
  /** Shown in explanations of waiting tasks. */
  readonly reason: string;
}

const REASON_MAX_LENGTH = 200;

/** The Setting `paused_systems`: each of these systems at most once. */
export function pausedSystemsSchema(systems: readonly string[]): z.ZodType<readonly PausedSystem[]> {
  const pause = z.strictObject({
    system: z.enum(systems),
    until: z.iso.datetime({ offset: true }).nullish(),
    reason: z.string().trim().min(1).max(REASON_MAX_LENGTH),
  });
  return z.array(pause).superRefine((pauses, context) => {
    const seen = new Set<string>();
    pauses.forEach(({ system }, index) => {
      if (seen.has(system)) {
        context.addIssue({
          code: 'custom',
          message: `pauses ${system} twice`,
          path: [index, 'system'],
          params: { code: 'INVALID', parameters: { variant: 'PAUSED_TWICE', system } },
        });
      }
      seen.add(system);
    });
  });
}

/** The pauses that have not run out. */
export function pausesAt(pauses: readonly PausedSystem[], nowMs: number): readonly PausedSystem[] {
  return pauses.filter(({ until }) => until == null || Date.parse(until) > nowMs);
}
