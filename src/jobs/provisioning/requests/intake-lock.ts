import { sql } from 'kysely';
import { prepared } from '../../../entities/prepared.ts';
import type { Sql } from '../../../entities/tables.ts';

/** Any number that no other lock of ours has. */
const INTAKE_LOCK = 4_105_025;

/** The statement of `lockIntake`. */
export const intakeLock = sql`${prepared('lock-intake')} select pg_advisory_xact_lock(${INTAKE_LOCK})`;

/**
 * Only the holder may bring new people or say whose an item is. Intakes take turns by it, chunk by chunk, and whoever
 * acts on all people of a request holds it, so that none is linked behind their back. The first lock to be taken.
 */
export async function lockIntake(tx: Sql): Promise<void> {
  await intakeLock.execute(tx);
}
