import { z } from 'zod';

/** Counts for one kind of object. */
const counts = z.object({
  created: z.int().default(0),
  updated: z.int().default(0),
  deleted: z.int().default(0),
  unchanged: z.int().default(0),
  failed: z.int().default(0),
  missing: z.int().default(0),
});
export type Counts = z.output<typeof counts>;
export type CountName = keyof Counts;

export const calendarSubjects = ['calendars', 'events', 'members'] as const;
export type CalendarSubject = (typeof calendarSubjects)[number];

const none = () => counts.parse({});

/** Summary of a calendar run (calendar-schema.graphql, end); in a dry run, of what would happen. */
export const calendarSummary = z.object({
  lessons: z.int().default(0),
  blocks: z.int().default(0),
  rejected: z.int().default(0),
  conflicts: z.int().default(0),
  calendars: counts.default(none),
  events: counts.default(none),
  members: counts.default(none),
  calls: z
    .object({ total: z.int(), byOperation: z.record(z.string(), z.int()) })
    .default(() => ({ total: 0, byOperation: {} })),
});
export type CalendarSummary = z.output<typeof calendarSummary>;

/** How many remote effects a run had, or would have. */
export function effectsOf(summary: CalendarSummary): number {
  return calendarSubjects
    .map((subject) => summary[subject])
    .reduce((total, { created, updated, deleted }) => total + created + updated + deleted, 0);
}

/** True when a run left something that a person should look at. */
export function hasErrors(summary: CalendarSummary): boolean {
  return summary.rejected > 0 || calendarSubjects.some((subject) => summary[subject].failed > 0);
}
