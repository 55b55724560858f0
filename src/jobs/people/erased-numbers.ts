import { sql } from 'kysely';
import { isNumberErased } from '../../entities/people/erased-person.ts';
import { type Executor, rowsOf } from '../../entities/transaction.ts';

/** The employee numbers among these, as they were given, whose people were erased here: they do not come back. */
export async function erasedNumbers(db: Executor, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const given = sql`unnest(${[...numbers]}::text[]) as n(number)`;
  const statement = sql<{
    number: string;
  }>`select n.number from ${given} where ${isNumberErased(sql.ref('n.number'))}`;
  return new Set((await rowsOf(db, statement)).map(({ number }) => number));
}
