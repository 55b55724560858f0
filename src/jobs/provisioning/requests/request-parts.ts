import type { EntityManager } from '@mikro-orm/postgresql';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';

/** People of one transaction: their locks are held for a second or two on a busy machine. */
export const PART = 1_000;
/** No part begins after this time, so that the call ends within the limit of an operation. */
export const BUDGET_MS = 5_000;
/** When the job looks after a request whose call has not said that it needs it: longer than any call. */
export const LEFT_AFTER_SECONDS = 30;

/** What is done to the people of a request, at most `PART` in a transaction. */
export interface PartWork {
  /** The next people, by id; fewer than `PART`: the last. */
  readonly peopleAfter: (db: Sql, after: string) => Promise<readonly string[]>;
  /** Runs in a transaction of its own; false: the request wants no more of it. */
  readonly part: (tx: Sql, people: readonly string[]) => Promise<boolean>;
}

/** Does part after part while `goOn`; false: there is more. */
export async function inParts(em: EntityManager, work: PartWork, goOn: () => boolean): Promise<boolean> {
  for (let after: string | undefined = '0'; after !== undefined; ) {
    if (!goOn()) return false;
    const people: readonly string[] = await work.peopleAfter(outsideTransaction(em), after);
    if (people.length > 0 && !(await inTransaction(em, (tx) => work.part(tx, people)))) return true;
    after = people.length < PART ? undefined : people.at(-1);
  }
  return true;
}
