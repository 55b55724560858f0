import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { HrPerson, HrRowProblem } from '../../../domain/provisioning/hr/hr-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import { rederive } from '../tasks/derive-states.ts';
import { releaseWaiting } from '../tasks/release-waiting.ts';
import { enqueueReadyTasks } from '../tasks/task-jobs.ts';

/** Which field of HR names an account in which system (provisioning.md §6). */
const carried = { employeeAccount: 'IDAAS', emailAddress: 'EMAIL' } as const;

/** True when HR's row names an account of the person. */
export function carriesAccount(person: HrPerson): boolean {
  return person.employeeAccount !== null || person.emailAddress !== null;
}

interface CarriedAccount {
  readonly person: string;
  readonly number: string;
  readonly system: string;
  readonly identifier: string;
}

/**
 * Makes the accounts that HR's rows name ACTIVE, because they exist. Releases the tasks that waited for them and
 * re-derives items. An account that is active or disabled already stays as it is; one that another person holds is a
 * problem. The caller holds the locks of the people.
 */
export async function importAccounts(
  context: { readonly tx: Sql; readonly boss: PgBoss; readonly systems: readonly string[] },
  people: readonly { readonly id: string; readonly person: HrPerson }[],
): Promise<{ readonly count: number; readonly problems: readonly HrRowProblem[] }> {
  const { tx } = context;
  const accounts = people.flatMap(({ id, person }) =>
    (['employeeAccount', 'emailAddress'] as const).flatMap((field): CarriedAccount[] => {
      const identifier = person[field];
      const system = carried[field];
      if (identifier === null || !context.systems.includes(system)) return [];
      return [{ person: id, number: person.employeeNumber, system, identifier }];
    }),
  );
  if (accounts.length === 0) return { count: 0, problems: [] };
  const holders = await findHolders(tx, accounts);
  const problems: HrRowProblem[] = [];
  const free = accounts.filter((account) => {
    const place = `${account.system} ${account.identifier.toLowerCase()}`;
    const holder = holders.get(place);
    if (holder === undefined || holder === account.number) {
      // Another row of this page that names the same account is a problem.
      holders.set(place, account.number);
      return true;
    }
    const { number: key, system } = account;
    const error = { code: 'HR_IDENTIFIER_TAKEN', parameters: { key, system, holder } };
    problems.push({ key, error, skipped: false, payload: { employeeNumber: key } });
    return false;
  });
  const { rows } = await sql<{ person_id: string }>`
    insert into account as a (person_id, system, identifier, state, origin)
    select person, system, identifier, 'ACTIVE', 'IMPORTED'
    from json_to_recordset(${JSON.stringify(free)}::json) as r(person bigint, system text, identifier text)
    order by person, system
    on conflict (person_id, system) do update set identifier = excluded.identifier, state = 'ACTIVE',
      origin = 'IMPORTED', updated_at = clock_timestamp()
    where a.state = 'PLANNED'
    returning a.person_id`.execute(tx);
  const personIds = [...new Set(rows.map((row) => row.person_id))];
  const released = await releaseWaiting(tx, personIds);
  await enqueueReadyTasks(context, released);
  await rederive(tx, { personIds });
  return { count: rows.length, problems };
}

/** Employee numbers of the holders of such accounts, by system and identifier. */
async function findHolders(tx: Sql, accounts: readonly CarriedAccount[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ system: string; identifier: string; number: string }>`
    select a.system, lower(a.identifier) as identifier, p.employee_number as number
    from json_to_recordset(${JSON.stringify(accounts)}::json) as r(system text, identifier text)
    join account a on a.system = r.system and lower(a.identifier) = lower(r.identifier)
    join person p on p.id = a.person_id`.execute(tx);
  return new Map(rows.map((row) => [`${row.system} ${row.identifier}`, row.number]));
}

/** How many accounts `importAccounts` would make active, for people who may not be stored yet. */
export async function countImports(
  tx: Sql,
  people: readonly { readonly id: string | null; readonly person: HrPerson }[],
  systems: readonly string[],
): Promise<number> {
  const accounts = people.flatMap(({ id, person }) =>
    (['employeeAccount', 'emailAddress'] as const).flatMap((field) => {
      const identifier = person[field];
      const system = carried[field];
      if (identifier === null || !systems.includes(system)) return [];
      return [{ person: id, number: person.employeeNumber, system, identifier: identifier.toLowerCase() }];
    }),
  );
  if (accounts.length === 0) return 0;
  // Of rows that name the same account the first has it.
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select distinct on (r.system, r.identifier) r.person, r.number, r.system, r.identifier
      from json_to_recordset(${JSON.stringify(accounts)}::json)
        as r(person bigint, number text, system text, identifier text)) r
    where not exists (select 1 from account a
        where a.person_id = r.person and a.system = r.system and a.state <> 'PLANNED')
      and not exists (select 1 from account a join person p on p.id = a.person_id
        where a.system = r.system and lower(a.identifier) = r.identifier and p.employee_number <> r.number)`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
