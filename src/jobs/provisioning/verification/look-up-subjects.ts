import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LookUp } from '../accounts/look-up-account.ts';
import { PARTS, type VerificationOptions } from './verification-run.ts';

/** A person whose account a run looks up, with what is recorded here. */
export interface LookUpSubject {
  /** Orders the subjects of a step: the account's key, or the person's where accounts are to be found. */
  readonly key: string;
  readonly account: string | null;
  readonly person: string;
  readonly employeeNumber: string;
  readonly state: 'ACTIVE' | 'PLANNED' | 'DISABLED';
  readonly identifier: string | null;
  readonly remoteId: string | null;
  readonly emailAddress: string | null;
}

/** One subject and what its system said. */
export interface Finding {
  readonly subject: LookUpSubject;
  readonly lookUp: LookUp;
}

type Which = Pick<VerificationOptions, 'task' | 'people'> & { readonly system: string };

/** The next subjects of a part of a system, after the one of key `after`. */
export async function readSubjects(
  db: Sql,
  which: Which,
  place: { readonly part: number; readonly after: string; readonly limit: number },
): Promise<LookUpSubject[]> {
  const { rows } = await sql<LookUpSubject>`
    select ${keyOf(which)} as key, a.id as account, p.id as person, p.employee_number as "employeeNumber",
      coalesce(a.state, 'PLANNED') as state, ${which.task === 'claims' ? sql`coalesce(a.identifier, c.identifier)` : sql`a.identifier`} as identifier, a.remote_id as "remoteId",
      coalesce(p.email_address, p.reserved_email_address) as "emailAddress"
    from ${subjectsOf(which)}
      and ${keyOf(which)} > ${place.after}::bigint and ${keyOf(which)} % ${PARTS}::int = ${place.part}::int
    order by ${keyOf(which)} limit ${place.limit}::int`.execute(db);
  return rows;
}

export async function countSubjects(db: Sql, which: Which): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from ${subjectsOf(which)}`.execute(db);
  return rows[0]?.count ?? 0;
}

function keyOf({ task }: Which): RawBuilder<string> {
  switch (task) {
    case 'verify':
      return sql.ref('a.id');
    case 'adopt':
      return sql.ref('p.id');
    case 'claims':
      return sql.ref('c.id');
  }
}

/**
 * The subjects of a run. Verification: active accounts, and planned ones without an open task. Adoption: people of HR
 * who have no account here, unless an attempt is making it now. Claims: those whose system was not asked yet.
 */
function subjectsOf({ task, system, people }: Which): RawBuilder<unknown> {
  const chosen = people === null ? sql<SqlBool>`true` : sql<SqlBool>`p.id = any(${[...people]}::bigint[])`;
  const noTask = (states: RawBuilder<SqlBool>) => sql<SqlBool>`not exists (select 1 from account_task t
    where t.person_id = p.id and t.system = ${system} and ${states})`;
  if (task === 'claims')
    return sql`account_claim c join person p on p.id = c.person_id
        left join account a on a.person_id = p.id and a.system = c.system
        where c.system = ${system} and p.erased_at is null and c.state in ('UNVERIFIED', 'UNANSWERED')
          and coalesce(a.state, 'PLANNED') = 'PLANNED' and ${noTask(sql`t.status = 'PROCESSING'`)}`;
  return task === 'verify'
    ? sql`account a join person p on p.id = a.person_id
        where a.system = ${system} and p.erased_at is null and ${chosen} and (a.state = 'ACTIVE' or (a.state = 'PLANNED'
          and ${noTask(sql`t.status ${openTask}`)}))`
    : sql`person p left join account a on a.person_id = p.id and a.system = ${system}
        where p.source = 'HR' and ${chosen} and coalesce(a.state, 'PLANNED') = 'PLANNED'
          and ${noTask(sql`t.status = 'PROCESSING'`)}`;
}
