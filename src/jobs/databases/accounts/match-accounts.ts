import { sql } from 'kysely';
import {
  type MatchCandidate,
  type MatchResult,
  matchPerson,
} from '../../../domain/databases/facts/match-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { InstanceRow } from '../registry/target.ts';

interface StoredMatch extends Omit<MatchResult, 'match'> {
  readonly id: string;
  readonly match: string;
}

interface CandidateRow extends MatchCandidate {
  readonly account: string;
}

/** Finds the holders of an instance's accounts. Links made by hand stand, and roles have no holder. */
export async function matchInstance(tx: Sql, instance: Pick<InstanceRow, 'id' | 'engine'>): Promise<void> {
  const candidates = Map.groupBy(await findCandidates(tx, instance), ({ account }) => account);
  // Most logins have no holder, before and after: only changed ones are read.
  const { rows: accounts } = await sql<StoredMatch>`
    select id::text, person_id::text as person, person_match as match, person_match_reason as reason
    from database_account
    where instance_id = ${instance.id}::bigint and state = 'ACTIVE' and not is_role and linked_by is null
      and (person_match <> 'UNMATCHED' or id = any(${[...candidates.keys()]}::bigint[]))`.execute(tx);
  const changed = accounts.flatMap(({ id, person, match, reason }) => {
    const found = matchPerson(candidates.get(id) ?? []);
    const isSame = found.match === match && found.person === person && isSameReason(found.reason, reason);
    return isSame ? [] : [{ id, ...found }];
  });
  if (changed.length === 0) return;
  await sql`
    update database_account a set person_id = r.person, person_match = r.match, person_match_reason = r.reason
    from json_to_recordset(${JSON.stringify(changed)}::json) as r(id bigint, person bigint, match text, reason jsonb)
    where a.id = r.id`.execute(tx);
}

/** Postgres keeps the keys of an object in an order of its own. */
function isSameReason(a: MatchResult['reason'], b: MatchResult['reason']): boolean {
  if (a === null || b === null) return a === b;
  return a.code === b.code && a.rule === b.rule && a.employeeNumbers.join() === b.employeeNumbers.join();
}

/** People whose account, address or number is the name of an account; as written, in Oracle without regard to case. */
async function findCandidates(
  tx: Sql,
  { id, engine }: Pick<InstanceRow, 'id' | 'engine'>,
): Promise<readonly CandidateRow[]> {
  const plain = (text: ReturnType<typeof sql>) => (engine === 'ORACLE' ? sql`lower(${text})` : text);
  const { rows } = await sql<CandidateRow>`
    with names as materialized (
      select a.id, ${plain(sql`a.name`)} as name from database_account a
      where a.instance_id = ${id}::bigint and a.state = 'ACTIVE' and not a.is_role and a.linked_by is null and a.name <> ''
    )
    select n.id::text as account, 'ACCOUNT_IDENTIFIER' as rule, p.id::text as person, p.employee_number as "employeeNumber"
    from names n join account c on ${plain(sql`c.identifier`)} = n.name and c.state <> 'PLANNED' join person p on p.id = c.person_id
    where p.erased_at is null
    union
    select n.id::text, 'EMAIL_LOCAL_PART', p.id::text, p.employee_number
    from names n join person p on ${plain(sql`split_part(p.email_address, '@', 1)`)} = n.name where p.erased_at is null
    union
    select n.id::text, 'EMAIL_LOCAL_PART', p.id::text, p.employee_number
    from names n join account c on c.system = 'EMAIL' and c.state <> 'PLANNED'
        and ${plain(sql`split_part(c.identifier, '@', 1)`)} = n.name
      join person p on p.id = c.person_id where p.erased_at is null
    union
    select n.id::text, 'EMPLOYEE_NUMBER', p.id::text, p.employee_number
    from names n join person p on ${plain(sql`p.employee_number`)} = n.name where p.erased_at is null`.execute(
    tx,
  );
  return rows;
}
