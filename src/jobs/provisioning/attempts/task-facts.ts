import { type RawBuilder, sql } from 'kysely';
import type { AttemptOutcome, Priority, TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { anyKey } from '../../../entities/keys.ts';
import type { PersonDepartment } from '../../../entities/people/person.ts';
import { mappingOfPerson } from '../../../entities/provisioning/department-mapping.ts';
import { mappingOfType } from '../../../entities/provisioning/person-type-mapping.ts';
import type { Sql } from '../../../entities/tables.ts';
import { isNameAccepted } from '../names/accepted-names.ts';
import { isCounted } from '../tasks/counted-attempts.ts';

/** Everything an attempt at a task needs to know, read in one statement. */
export interface TaskFacts {
  readonly id: string;
  readonly task_id: string;
  readonly system: string;
  readonly status: TaskStatus;
  readonly origin_system: string;
  readonly priority: Priority;
  readonly max_attempts: number;
  readonly person_id: string;
  readonly employee_number: string;
  /** A person accepted the name, whatever it looks like. */
  readonly name_accepted: boolean;
  readonly full_name: string;
  readonly english_name: string | null;
  readonly person_pinyin_name: string | null;
  readonly person_type: string;
  readonly telephone_number: string | null;
  readonly departments: readonly PersonDepartment[];
  readonly username: string | null;
  readonly email_address: string | null;
  readonly idaas_department_code: string | null;
  readonly ou: string | null;
  /** False when neither the person's type nor the default type is mapped. */
  readonly type_known: boolean;
  readonly idaas_user_type: string | null;
  readonly welink_person_type: string | null;
  /** Identifier of the account when it is active already. */
  readonly active_identifier: string | null;
  /** Attempts that count against `max_attempts`; trials of an open circuit burn nothing. */
  readonly counted: number;
  /** Outcomes of ended attempts, oldest first. */
  readonly outcomes: readonly AttemptOutcome[];
  /** Number of the newest attempt; 0 before the first. */
  readonly last_attempt: number;
  /** An earlier attempt may have reached the system, and no person has said since whether it did. */
  readonly may_exist: boolean;
  /** When the present run of throttled, or not visible, attempts began. */
  readonly throttled_since: string | null;
  readonly not_visible_since: string | null;
  /** The database's time when this was read: a process's clock may be hours off. */
  readonly read_at: string;
}

/** Reads the facts of tasks, in order of their ids. */
export async function readTaskFacts(
  db: Sql,
  taskIds: readonly string[],
  defaultPersonType: string,
): Promise<TaskFacts[]> {
  const { rows } = await taskFacts(taskIds, defaultPersonType).execute(db);
  return rows;
}

/** The statement that reads the facts of tasks. */
export function taskFacts(taskIds: readonly string[], defaultPersonType: string): RawBuilder<TaskFacts> {
  return sql<TaskFacts>`
    with history as (
      select a.task_id,
        count(*) filter (where ${isCounted})::int as counted,
        array_agg(a.outcome order by a.execution_attempt) filter (where a.outcome is not null) as outcomes,
        max(a.execution_attempt) as last_attempt,
        max(a.execution_attempt) filter (where a.outcome in ('UNCERTAIN', 'LOST')) as last_lost,
        max(a.execution_attempt) filter (where a.outcome <> 'THROTTLED') as last_other_than_throttled,
        max(a.execution_attempt) filter (where a.outcome <> 'NOT_VISIBLE_YET') as last_other_than_not_visible
      from task_attempt a where a.task_id = ${anyKey(taskIds)} group by a.task_id
    )
    select t.id, t.task_id, t.system, t.status, t.origin_system, t.priority, t.max_attempts,
      t.person_id, p.employee_number, ${isNameAccepted} as name_accepted, p.full_name, p.english_name, p.person_pinyin_name, p.person_type,
      p.telephone_number1 as telephone_number, p.departments,
      p.reserved_username as username, p.reserved_email_address as email_address,
      d.idaas_department_code, d.ou,
      m.id is not null as type_known, m.idaas_user_type, m.welink_person_type,
      (select a.identifier from account a
        where a.person_id = t.person_id and a.system = t.system and a.state = 'ACTIVE') as active_identifier,
      coalesce(h.counted, 0) as counted, coalesce(h.outcomes, '{}') as outcomes,
      coalesce(h.last_attempt, 0) as last_attempt, coalesce(h.last_lost > t.resolved_attempt, false) as may_exist,
      (select min(b.started_at) from task_attempt b where b.task_id = t.id and b.outcome = 'THROTTLED'
        and b.execution_attempt > coalesce(h.last_other_than_throttled, 0)) as throttled_since,
      (select min(b.started_at) from task_attempt b where b.task_id = t.id and b.outcome = 'NOT_VISIBLE_YET'
        and b.execution_attempt > coalesce(h.last_other_than_not_visible, 0)) as not_visible_since,
      clock_timestamp() as read_at
    from account_task t
    join person p on p.id = t.person_id
    left join history h on h.task_id = t.id
    left join lateral (${mappingOfPerson}) d on true
    left join lateral (${mappingOfType(sql.ref('p.person_type'), defaultPersonType)}) m on true
    where t.id = ${anyKey(taskIds)}
    order by t.id`;
}
