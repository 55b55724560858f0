import { sql } from 'kysely';
import { inDependencyOrder } from '../../../domain/provisioning/states/dependencies.ts';
import { activeAccount, newTaskId, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { isLeaverSql } from '../account-changes/leaver-condition.ts';
import { HR_ORIGIN } from '../requests/plan-people.ts';
import { isRejected } from './rejected-creation.ts';

/** Which of HR's people should have accounts, and where. */
export interface CreationRule {
  /** Statuses that the caller named; null: those of the Setting `valid_employee_statuses`. */
  readonly employeeStatuses: readonly string[] | null;
  /** A person started the run: it includes people of a rejected run. */
  readonly byHand: boolean;
  readonly settings: LiveSettings;
}

/** Enabled systems, each behind those it depends on, as rows for a statement that plans tasks. */
export function systemsInOrder({ enabledSystems, dependencies }: LiveSettings) {
  return inDependencyOrder(enabledSystems, dependencies).map((system, position) => ({
    system,
    position,
    depends_on: dependencies[system] ?? [],
  }));
}

/**
 * People of HR and the systems where they lack an account, as `employee_number, person_id, system, position,
 * depends_on, ready`. An account with an open, failed or cancelled task is left out: the open task makes it, and
 * about the others a person decides. So is an account that the first system claims, until it is found or given up.
 */
function lackingOfHr({ employeeStatuses, byHand, settings }: CreationRule) {
  const systems = systemsInOrder(settings);
  const entitled =
    employeeStatuses === null
      ? sql`not ${isLeaverSql(settings.get('valid_employee_statuses'))}`
      : sql`p.employee_status = any(${[...employeeStatuses]}::text[])`;
  return sql`
    select p.id as person_id, p.employee_number, s.system, s.position, s.depends_on,
      s.depends_on <@ coalesce(h.active, '{}') as ready
    from person p
    cross join json_to_recordset(${JSON.stringify(systems)}::json)
      as s(system text, position int, depends_on text[])
    left join (select a.person_id, array_agg(a.system) as active from account a
      where a.state = 'ACTIVE' group by a.person_id) h on h.person_id = p.id
    where p.source = 'HR' and ${entitled} and s.system <> all(coalesce(h.active, '{}'))
      and not exists (select 1 from account_task t
        where t.person_id = p.id and t.system = s.system and t.status <> 'COMPLETED')
      and not exists (select 1 from account_claim c where c.person_id = p.id and c.system = s.system
        and c.state in ('UNVERIFIED', 'MISSING', 'UNANSWERED'))
      and ${byHand ? sql`true` : sql`not ${isRejected}`}`;
}

/** As `lackingOfHr`, for the items of requests whose person is stored and that have no tasks yet. */
function lackingOfRequests() {
  return sql`
    select p.id as person_id, p.employee_number, s.system, s.position::int
    from request_item i
    join account_request r on r.id = i.request_id and r.cancelled_at is null
    join person p on p.id = i.person_id
    cross join unnest(r.system_list) with ordinality as s(system, position)
    where i.status = 'SYNCED'
      and not exists (${activeAccount(sql.ref('p.id'), sql.ref('s.system'))})
      and not exists (select 1 from account_task t where t.person_id = p.id and t.system = s.system
        and t.status ${openTask})`;
}

/** How many people, and tasks by system. */
export interface TaskCounts {
  readonly people: number;
  readonly tasks: Readonly<Record<string, number>>;
}

interface CountRow {
  readonly system: string | null;
  readonly people: number;
  readonly tasks: number;
}

/** Every enabled system has its count, 0 included. */
function countsOf(rows: readonly CountRow[], systems: readonly string[]): TaskCounts {
  const counted = rows.flatMap(({ system, tasks }) => (system === null ? [] : [[system, tasks] as const]));
  const none = systems.map((system) => [system, 0] as const);
  const people = rows.find(({ system }) => system === null)?.people ?? 0;
  return { people, tasks: Object.fromEntries([...none, ...counted]) };
}

/** The number of HR's people who would get tasks. */
export async function countLacking(tx: Sql, rule: CreationRule): Promise<TaskCounts> {
  const { rows } = await sql<CountRow>`
    select system, count(distinct person_id)::int as people, count(*)::int as tasks
    from (${lackingOfHr(rule)}) l group by grouping sets ((system), ())`.execute(tx);
  return countsOf(rows, rule.settings.enabledSystems);
}

/** A person who would get tasks. */
export interface LackingPerson {
  readonly employee_number: string;
  readonly systems: readonly string[];
}

/** Previews a run, of requests (`withRequests`) and of HR: counts, and the first people in order. */
export async function previewLacking(
  tx: Sql,
  rule: CreationRule,
  options: { readonly withRequests: boolean; readonly limit: number },
): Promise<{ readonly counts: TaskCounts; readonly people: readonly LackingPerson[] }> {
  const ofHr = sql`select person_id, employee_number, system, position from (${lackingOfHr(rule)}) h`;
  const lacking = options.withRequests ? sql`${lackingOfRequests()} union all ${ofHr}` : ofHr;
  // A person may appear twice: for a request and for HR, or for two requests.
  const distinct = sql`select person_id, employee_number, system, min(position) as position
    from (${lacking}) l group by person_id, employee_number, system`;
  const counts = await sql<CountRow>`
    select system, count(distinct person_id)::int as people, count(*)::int as tasks
    from (${distinct}) d group by grouping sets ((system), ())`.execute(tx);
  const people = await sql<LackingPerson>`
    select employee_number, array_agg(system order by position) as systems from (${distinct}) d
    group by person_id, employee_number order by person_id limit ${options.limit}`.execute(tx);
  return { counts: countsOf(counts.rows, rule.settings.enabledSystems), people: people.rows };
}

/** The id of the newest task; what is planned from now on comes after it. */
export async function newestTaskId(tx: Sql): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(max(id), 0)::text as id from account_task`.execute(tx);
  return rows[0]?.id ?? '0';
}

/**
 * Plans tasks and accounts for all of HR's people who lack them, by one INSERT … SELECT for any number. It locks no
 * people: where another transaction plans the same account first, its task wins.
 */
export async function planLacking(tx: Sql, rule: CreationRule, runId: string): Promise<void> {
  const { settings } = rule;
  const maxAttempts = 1 + settings.get('account_creation_max_retries');
  const priority = settings.get('origin_priorities')[HR_ORIGIN] ?? 'NORMAL';
  const after = await newestTaskId(tx);
  await sql`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system,
      priority, run_id)
    select ${newTaskId(sql.ref('l.employee_number'), sql.ref('l.system'))}, l.person_id, l.system,
      l.depends_on, case when l.ready then 'PENDING' else 'WAITING' end, ${maxAttempts}::int, ${HR_ORIGIN},
      ${priority}, ${runId}::bigint
    from (${lackingOfHr(rule)}) l order by l.person_id, l.position
    on conflict (person_id, system) where status ${openTask} do nothing`.execute(tx);
  await sql`
    insert into account (person_id, system, state)
    select t.person_id, t.system, 'PLANNED' from account_task t
    where t.id > ${after}::bigint and t.run_id = ${runId}::bigint
    order by t.id
    on conflict (person_id, system) do nothing`.execute(tx);
}

/** Counts what a run planned since `after`. */
export async function countPlanned(
  tx: Sql,
  planned: { readonly runId: string; readonly after: string; readonly systems: readonly string[] },
): Promise<TaskCounts> {
  const tasks = sql`account_task where id > ${planned.after}::bigint and run_id = ${planned.runId}::bigint`;
  // Not by grouping sets: they would sort all tasks to count distinct people, where a hash is enough.
  const { rows } = await sql<CountRow>`
    select system, 0 as people, count(*)::int as tasks from ${tasks} group by system
    union all select null, count(*)::int, 0 from (select distinct person_id from ${tasks}) p`.execute(tx);
  return countsOf(rows, planned.systems);
}
