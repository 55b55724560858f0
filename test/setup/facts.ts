import { sql } from 'kysely';
import pg from 'pg';
import type { PlayedAccount } from '../../src/sandbox/accounts.ts';
import type { ProvisioningBench, TaskSnapshot } from './provisioning.ts';

/** What the played systems hold of one person; a mailbox is found by its login. */
export function upstreamOf(
  bench: ProvisioningBench,
  employeeNumber: string,
): {
  readonly idaas: PlayedAccount | null;
  readonly welink: PlayedAccount | null;
  readonly email: PlayedAccount | null;
} {
  const { control } = bench.sandbox;
  const find = (system: 'IDAAS' | 'WELINK' | 'EMAIL', key: string | null) =>
    control.accounts(system).find((account) => account.key.toLowerCase() === key?.toLowerCase()) ?? null;
  const idaas = find('IDAAS', employeeNumber);
  return { idaas, welink: find('WELINK', employeeNumber), email: find('EMAIL', idaas?.username ?? null) };
}

/** Puts a person in place as an HR sync would have done. */
export async function insertHrPerson(
  bench: ProvisioningBench,
  person: {
    readonly number: string;
    readonly name: string;
    readonly email?: string;
    readonly account?: string;
    readonly phone?: string;
    readonly department?: string;
  },
): Promise<string> {
  const departments = [
    { department_code: person.department ?? 'D001', partner_company: null, country: '中国' },
  ];
  const { rows } = await sql<{ id: string }>`
    insert into person (employee_number, full_name, person_type, employee_status, source, email_address,
      employee_account, telephone_number1, departments)
    values (${person.number}, ${person.name}, '10', '1', 'HR', ${person.email ?? null}, ${person.account ?? null},
      ${person.phone ?? null}, ${JSON.stringify(departments)}::jsonb) returning id`.execute(bench.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was inserted');
  return row.id;
}

/** The stored names of a person. */
export async function namesOf(
  bench: ProvisioningBench,
  employeeNumber: string,
): Promise<{ readonly reserved_username: string | null; readonly reserved_email_address: string | null }> {
  return await bench.sql
    .selectFrom('person')
    .select(['reserved_username', 'reserved_email_address'])
    .where('employee_number', '=', employeeNumber)
    .executeTakeFirstOrThrow();
}

/** Resolves as soon as attempts of the request's tasks have ended with `outcome` so many times. */
export async function untilOutcome(
  bench: ProvisioningBench,
  requestId: string,
  { outcome, count = 1 }: { readonly outcome: string; readonly count?: number },
): Promise<void> {
  await bench.until(`${count} attempts ending ${outcome}`, async () => {
    const outcomes = (await bench.tasks(requestId)).flatMap((task) => task.outcomes ?? []);
    return outcomes.filter((one) => one === outcome).length >= count ? true : null;
  });
}

/** One task of a request that is planned; of the first person, unless a number is given. */
export async function taskOf(
  bench: ProvisioningBench,
  requestId: string,
  { system, number }: { readonly system: string; readonly number?: string },
): Promise<TaskSnapshot> {
  const task = (await bench.tasks(requestId)).find(
    (one) => one.system === system && (number === undefined || one.employee_number === number),
  );
  if (task === undefined) throw new Error(`no ${system} task`);
  return task;
}

/** A connection of the test's own, inside a transaction that `end` commits. */
export function openTransaction(
  bench: ProvisioningBench,
): Promise<{ readonly client: pg.Client; end(): Promise<void> }> {
  return openTransactionOn(bench.core.directUrl);
}

/** As `openTransaction`, on the database of this URL. */
export async function openTransactionOn(
  connectionString: string,
): Promise<{ readonly client: pg.Client; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('begin');
  const end = async () => {
    await client.query('commit');
    await client.end();
  };
  return { client, end };
}

/** Resolves as soon as `count` sessions of this database wait for a lock. */
export async function untilBlocked(bench: ProvisioningBench, count: number): Promise<void> {
  // Those who wait may have every connection of the pool.
  const client = new pg.Client({ connectionString: bench.core.directUrl });
  await client.connect();
  try {
    await bench.until(`${count} sessions waiting for a lock`, async () => {
      const { rows } = await client.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return (rows[0]?.waiting ?? 0) >= count ? true : null;
    });
  } finally {
    await client.end();
  }
}

/** Jobs that are queued, waiting or active in a queue. */
export async function liveJobs(
  bench: ProvisioningBench,
  queue: string,
): Promise<{ readonly id: string; readonly singleton_key: string | null; readonly state: string }[]> {
  const { rows } = await sql<{ id: string; singleton_key: string | null; state: string }>`
    select id::text, singleton_key, state::text from pgboss.job where name = ${queue} and state <= 'active' order by created_on`.execute(
    bench.sql,
  );
  return rows;
}
