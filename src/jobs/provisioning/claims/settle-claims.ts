import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing } from './differing.ts';

/** The person of a claim. */
interface Claimant {
  readonly person: string;
  readonly employeeNumber: string;
}

/** Result for a claim whose system was asked. */
export interface SettledClaim {
  readonly subject: Claimant;
  readonly state: 'FOUND' | 'MISSING' | 'UNANSWERED';
}

/** Records systems' answers about claims. A missing account becomes PLANNED, and is not made yet. */
export async function settleClaims(tx: Sql, system: string, settled: readonly SettledClaim[]): Promise<void> {
  const rows = settled.map(({ subject, state }) => ({ person: subject.person, state }));
  await sql`
    update account_claim c set state = r.state, settled_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(person bigint, state text)
    where c.person_id = r.person and c.system = ${system} and c.state in ('UNVERIFIED', 'UNANSWERED')`.execute(
    tx,
  );
  const missing = rows.filter(({ state }) => state === 'MISSING').map(({ person }) => person);
  await sql`
    insert into account (person_id, system, state)
    select person, ${system}, 'PLANNED' from unnest(${missing}::bigint[]) as m(person) order by person
    on conflict (person_id, system) do nothing`.execute(tx);
}

/** Item for a claim whose account does not exist. */
export function missingItem(
  { employeeNumber, identifier }: Claimant & { readonly identifier: string | null },
  system: string,
): NewRunItem {
  return {
    ...differing(employeeNumber, 'FIRST_SYSTEM_ACCOUNT_MISSING', { employeeNumber, system }),
    outcome: 'MISSING',
    payload: { system, there: identifier, here: null },
  };
}
