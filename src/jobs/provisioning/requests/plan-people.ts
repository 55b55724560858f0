import { type RawBuilder, sql } from 'kysely';
import { type PersonSystems, planTasks } from '../../../domain/provisioning/states/plan-tasks.ts';
import { type AccountState, type Priority, priorities } from '../../../domain/provisioning/states/states.ts';
import { newTaskId } from '../../../domain/public-id.ts';
import { anyKey, anyText } from '../../../entities/keys.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import { type Executor, rowsOf } from '../../../entities/transaction.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { ReadyTask } from '../tasks/task-jobs.ts';
import type { IntakeHeader, IntakeItem } from './intake-item.ts';

/** Origin of tasks that HR caused, and no request. */
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
 * Plans the wanted systems of a request's people: a missing account becomes a task, and an open task of another
 * request is shared. Returns the tasks that can run now and the ids of all new ones. The caller holds the locks of
 * the people.
 */
export async function planPeople(
  tx: Executor,
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
  const links: Link[] = [];
  const created: NewTask[] = [];
  for (const item of items) {
    const personId = people.get(item.id);
    if (personId === undefined) continue;
    const known = facts.get(personId) ?? { accounts: {}, openTasks: {} };
    for (const planned of planTasks(header.system_list, known, settings.dependencies)) {
      if (planned.action === 'link') links.push({ item: item.id, task: planned.taskId, made: null });
      if (planned.action !== 'create') continue;
      const { system, status, dependsOn } = planned;
      const task_id = newTaskId(item.employee_number, system);
      created.push({ task_id, person_id: personId, system, depends_on: dependsOn, status });
      links.push({ item: item.id, task: null, made: task_id });
    }
  }
  const priority = effectivePriority(header, settings.get('origin_priorities'));
  const maxAttempts = 1 + settings.get('account_creation_max_retries');
  const ids = await insertTasks(tx, created, {
    originSystem: header.origin_system,
    priority,
    maxAttempts,
    links,
  });
  const ready = created.flatMap((task): ReadyTask[] => {
    const id = ids.get(task.task_id);
    if (id === undefined || task.status !== 'PENDING') return [];
    return [{ id, system: task.system, originSystem: header.origin_system, priority }];
  });
  return { ready, created: [...ids.values()] };
}

/** The priority of the call, at most the ceiling of its origin system. */
function effectivePriority(header: IntakeHeader, ceilings: Readonly<Record<string, Priority>>): Priority {
  const ceiling = ceilings[header.origin_system];
  if (ceiling === undefined) return header.priority;
  return priorities.indexOf(header.priority) > priorities.indexOf(ceiling) ? ceiling : header.priority;
}

async function readPersonSystems(
  tx: Executor,
  personIds: readonly string[],
): Promise<Map<string, PersonSystems>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    accounts: Record<string, AccountState>;
    open_tasks: Record<string, string>;
  }>`
    select p.id,
      coalesce((select json_object_agg(a.system, a.state) from account a where a.person_id = p.id), '{}') as accounts,
      coalesce((select json_object_agg(t.system, t.id::text) from account_task t
        where t.person_id = p.id and t.status ${openTask}), '{}') as open_tasks
    from person p where p.id = ${anyKey(personIds)}`.execute(tx);
  return new Map(rows.map((row) => [row.id, { accounts: row.accounts, openTasks: row.open_tasks }]));
}

/** An item and the task it wants: an existing one, or one that is inserted with it. */
interface Link {
  readonly item: string;
  readonly task: string | null;
  /** Public id of the new task. */
  readonly made: string | null;
}

/** Inserts tasks and the planned accounts beside them, and links items to them; ids by task_id. */
export async function insertTasks(
  tx: Executor,
  tasks: readonly NewTask[],
  options: {
    readonly originSystem: string;
    readonly priority: Priority;
    readonly maxAttempts: number;
    readonly links?: readonly Link[];
  },
): Promise<Map<string, string>> {
  const { links = [] } = options;
  const json = JSON.stringify(tasks);
  const [, made] = await Promise.all([
    tasks.length === 0 ? [] : rowsOf(tx, plannedAccounts(json)),
    tasks.length === 0 ? [] : rowsOf(tx, newTasks(json, options)),
    links.length === 0 ? [] : rowsOf(tx, linkTasks(links)),
  ]);
  return new Map(made.map((row) => [row.task_id, row.id]));
}

function plannedAccounts(tasks: string): RawBuilder<unknown> {
  return sql`
    insert into account (person_id, system, state)
    select person_id, system, 'PLANNED' from json_to_recordset(${tasks}::json) as r(person_id bigint, system text)
    on conflict (person_id, system) do nothing`;
}

function newTasks(
  tasks: string,
  options: { readonly originSystem: string; readonly priority: Priority; readonly maxAttempts: number },
): RawBuilder<{ id: string; task_id: string }> {
  const { originSystem, priority, maxAttempts } = options;
  return sql`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system, priority)
    select task_id, person_id, system, array(select jsonb_array_elements_text(depends_on)), status, ${maxAttempts}::int,
      ${originSystem}, ${priority}
    from json_to_recordset(${tasks}::json)
      as r(task_id text, person_id bigint, system text, depends_on jsonb, status text)
    returning id, task_id`;
}

function linkTasks(links: readonly Link[]): RawBuilder<unknown> {
  const made = links.flatMap((link) => link.made ?? []);
  return sql`
    insert into request_item_task (item_id, task_id)
    select r.item, coalesce(r.task, t.id)
    from json_to_recordset(${JSON.stringify(links)}::json) as r(item bigint, task bigint, made text)
    left join account_task t on t.task_id = r.made and t.task_id = ${anyText(made)}
    on conflict do nothing`;
}
