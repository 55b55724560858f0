import { z } from 'zod';
import type { NewRunItem } from '../../runs/run-record.ts';

/** Counts of a table's rows, by result. */
export const counts = z.object({
  read: z.int().default(0),
  new: z.int().default(0),
  changed: z.int().default(0),
  same: z.int().default(0),
  refused: z.int().default(0),
});
export type ReadCounts = z.output<typeof counts>;

/** Summary of a run of the import; other facts in it stay. */
export const importSummary = z.looseObject({
  /** Counts by table. */
  tables: z.record(z.string(), counts).default({}),
  /** The key of the last row of each table that was taken. */
  places: z.record(z.string(), z.string()).default({}),
  /** How many rows there is something to say of, by code. */
  kinds: z.record(z.string(), z.int()).default({}),
  variablesToSet: z.array(z.string()).default([]),
  unknownSettings: z.array(z.string()).default([]),
});
export type ImportSummary = z.output<typeof importSummary>;

/** Counts by code, a refusal by its variant. */
export function kindsAfter(
  before: Readonly<Record<string, number>>,
  items: readonly NewRunItem[],
): Record<string, number> {
  const kinds: Record<string, number> = { ...before };
  for (const { error } of items) {
    const variant = error?.parameters['variant'];
    const kind = [error?.code ?? 'NOTED', ...(typeof variant === 'string' ? [variant] : [])].join('.');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}
