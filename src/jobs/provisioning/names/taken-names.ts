import { sql } from 'kysely';
import { LOCAL_PART_MAX_LENGTH } from '../../../domain/provisioning/names/naming.ts';
import { anyText } from '../../../entities/keys.ts';
import type { Executor } from '../../../entities/transaction.ts';

/** Serialises transactions that choose names; the unique index decides. */
const NAMES_LOCK = 4_105_024;
/** Long bases are cut to make room for a counter, of five digits at most. */
const COUNTER_DIGITS = 5;

/**
 * The lock of transactions that choose names; comes after the locks of people (docs/architecture.md, "Lock order").
 */
export const namesLock = sql`select pg_advisory_xact_lock(${NAMES_LOCK}) as names`;

/** All local parts that begin with one of the bases: reserved, HR's, or of an account, in any domain. */
export async function readTakenLocalParts(tx: Executor, bases: readonly string[]): Promise<Set<string>> {
  const stems = new Set<string>();
  for (const base of new Set(bases)) {
    for (let digits = 0; digits <= COUNTER_DIGITS; digits += 1) {
      stems.add(base.slice(0, LOCAL_PART_MAX_LENGTH - digits).replace(/[0-9]+$/, ''));
    }
  }
  const wanted = [...stems];
  const { rows } = await sql<{ value: string }>`
    select value from name_reservation
      where kind = 'LOCAL_PART' and rtrim(value, '0123456789') = ${anyText(wanted)}
    union all select lower(split_part(email_address, '@', 1)) from person
      where email_address is not null and rtrim(lower(split_part(email_address, '@', 1)), '0123456789') = ${anyText(wanted)}
    union all select lower(split_part(identifier, '@', 1)) from account
      where identifier like '%@%' and rtrim(lower(split_part(identifier, '@', 1)), '0123456789') = ${anyText(wanted)}`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.value));
}

/** Which of these logins are reserved, in lower case. */
export async function readTakenLogins(tx: Executor, logins: readonly string[]): Promise<Set<string>> {
  const wanted = logins.map((login) => login.toLowerCase());
  const { rows } = await sql<{ value: string }>`
    select value from name_reservation where kind = 'USERNAME' and value = any(${wanted}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.value));
}
