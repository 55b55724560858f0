import { type RawBuilder, sql } from 'kysely';
import type { RetentionDays } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';

/** A dry run stops counting here in each rule: an operator wants to know whether there is much. */
export const COUNTED_MAX = 10_000;

/** Rows of a table that go when they are old enough. */
export interface RetentionRule {
  readonly table: string;
  /** `select id` of the rows that are due, oldest first. */
  readonly due: (days: RetentionDays) => RawBuilder<unknown>;
  /** The rows that a dry run counts, where another rule makes rows due; default: `due`. */
  readonly counted?: (days: RetentionDays) => RawBuilder<unknown>;
  /** Takes one batch and says how many rows it was, where they are not simply deleted. */
  readonly remove?: (tx: Sql, days: RetentionDays) => Promise<number>;
  /** Rows of one transaction; default 2,000, which takes a few hundred milliseconds at most. */
  readonly batch?: number;
}

/** The time this many days ago. */
export function daysAgo(days: number): RawBuilder<unknown> {
  return sql`now() - ${days}::int * interval '1 day'`;
}
