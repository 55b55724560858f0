import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type PersonSystems, planTasks } from '../../domain/provisioning/plan-tasks.ts';
import { type AccountState, type Priority, priorities } from '../../domain/provisioning/states.ts';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';
import type { Sql } from '../../entities/tables.ts';
import type { IntakeHeader, IntakeItem } from './intake-item.ts';
import type { ReadyTask } from './task-jobs.ts';

/** Whose turn tasks take that HR, and no request, brought about. */
export const HR_ORIGIN = 'HR';

/** A task to be made. */
export interface NewTask {
  readonly task_id: string;
  readonly person_id: string;
  readonly system: string;
  readonly depends_on: readonly string[];
  readonly status: 'PENDING' | 'WAITING';
}

/**
 * Plans the wanted systems of a request's people: missing accounts become tasks, tasks that are open already are
 * shared. Returns the tasks that can run now, and the ids of all that were made. The caller holds the locks of the
 * people.
 */
export async function planPeople(
  tx: Sql,
  options: {
    readonly header: IntakeHeader;
    readonly items: readonly IntakeItem[];
    /** Person id by item id. */
    readonly people: ReadonlyMap<string, string>;
    readonly settings: LiveSettings;
  },
): Promise<{ readonly ready: ReadyTask[]; readonly created: string[] }> {
  const { header, items, people, settings } = options;
  const facts = await readPersonSystems(tx, [...people.values()]);
  const links: { item: string; task: string }[] = [];
  const created: NewTask[] = [];
  const wantedBy = new Map<string, string>();
  for (const item of items) {
    const personId = people.get(item.id);
    if (personId === undefined) continue;
    const known = facts.get(personId) ?? { accounts: {}, openTasks: {} };
    for (const planned of planTasks(header.system_list, known, settings.dependencies)) {
      if (planned.action === 'link') links.push({ item: item.id, task: planned.taskId });
      if (planned.action !== 'create') continue;
      const { system, status, dependsOn } = planned;
      const task_id = `${item.employee_number}_${system}_${randomBytes(4).toString('hex')}`;
      created.push({ task_id, person_id: personId, system, depends_on: dependsOn, status });
      wantedBy.set(task_id, item.id);
    }
  }
  const priority = effectivePriority(header, settings.get('origin_priorities'));
  const ids = await insertTasks(tx, created, {
    originSystem: header.origin_system,
    priority,
    maxAttempts: 1 + settings.get('account_creation_max_retries'),
  });
  for (const [taskId, item] of wantedBy) {
    const task = ids.get(taskId);
    if (task !== undefined) links.push({ item, task });
  }
  await linkTasks(tx, links);
  const ready = created.flatMap((task): ReadyTask[] => {
    const id = ids.get(task.task_id);
    if (id === undefined || task.status !== 'PENDING') return [];
    return [{ id, system: task.system, originSystem: header.origin_system, priority }];
  });
  return { ready, created: [...ids.values()] };
}

/** A source's ceiling rules; a caller can only ask for less. */
function effectivePriority(header: IntakeHeader, ceilings: Readonly<Record<string, Priority>>): Priority {
  const ceiling = ceilings[header.origin_system];
  if (ceiling === undefined) return header.priority;
  return priorities.indexOf(header.priority) > priorities.indexOf(ceiling) ? ceiling : header.priority;
}

async function readPersonSystems(tx: Sql, personIds: readonly string[]): Promise<Map<string, PersonSystems>> {
  const { rows } = await sql<{
    id: string;
    accounts: Record<string, AccountState>;
    open_tasks: Record<string, string>;
  }>`
    select p.id,
      coalesce((select json_object_agg(a.system, a.state) from account a where a.person_id = p.id), '{}') as accounts,
      coalesce((select json_object_agg(t.system, t.id::text) from account_task t
        where t.person_id = p.id and t.status not in ('COMPLETED', 'FAILED', 'CANCELLED')), '{}') as open_tasks
    from person p where p.id = any(${[...personIds]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, { accounts: row.accounts, openTasks: row.open_tasks }]));
}

/** Inserts tasks and the planned accounts beside them; ids by task_id. */
export async function insertTasks(
  tx: Sql,
  tasks: readonly NewTask[],
  options: { readonly originSystem: string; readonly priority: Priority; readonly maxAttempts: number },
): Promise<Map<string, string>> {
  if (tasks.length === 0) return new Map();
  const json = JSON.stringify(tasks);
  const { originSystem, priority, maxAttempts } = options;
  await sql`
    insert into account (person_id, system, state)
    select person_id, system, 'PLANNED' from json_to_recordset(${json}::json) as r(person_id bigint, system text)
    on conflict (person_id, system) do nothing`.execute(tx);
  const { rows } = await sql<{ id: string; task_id: string }>`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system, priority)
    select task_id, person_id, system, array(select jsonb_array_elements_text(depends_on)), status, ${maxAttempts}::int,
      ${originSystem}, ${priority}
    from json_to_recordset(${json}::json)
      as r(task_id text, person_id bigint, system text, depends_on jsonb, status text)
    returning id, task_id`.execute(tx);
  return new Map(rows.map((row) => [row.task_id, row.id]));
}

async function linkTasks(tx: Sql, links: readonly { item: string; task: string }[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into request_item_task (item_id, task_id)
    select item, task from json_to_recordset(${JSON.stringify(links)}::json) as r(item bigint, task bigint)
    on conflict do nothing`.execute(tx);
}
