import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';

/** Any number that no other of our locks has. */
const INTAKE_LOCK = 4_105_025;

/** The statement of `lockIntake`. */
export const intakeLock = sql`select pg_advisory_xact_lock(${INTAKE_LOCK}) as intake`;

/**
 * Takes the lock of intake. Only its holder may insert people or set an item's person. Intakes take it for one chunk
 * at a time; operations on all people of a request take it too, so that no item is linked during them. Comes before
 * the locks of people (docs/architecture.md, "Lock order").
 */
export async function lockIntake(tx: Sql): Promise<void> {
  await intakeLock.execute(tx);
}
