import type pg from 'pg';

/** How much history stands in the tables before anything is measured. */
export interface Size {
  readonly tasks: number;
  readonly requests: number;
  readonly people: number;
}

/** Three people a request, three tasks a person, and a tenth of all tasks older than those. */
export function sizeOf(tasks: number): Size {
  return { tasks, requests: tasks / 10, people: (tasks * 3) / 10 };
}

/** Logins of people: a few hundred share each name. */
const NAME = `'siyuan' || translate((i % 997)::text, '0123456789', 'abcdefghij') || i`;
/** Standing failures: the same number at every size, because people mend them. */
const FAILING = 200;
/** Of what a task leaves behind in the audit log: planned, and done. */
const ENTRIES_PER_TASK = 2;

/**
 * Fills the tables as finished work leaves them, by SQL and without triggers. Rows that are not read by time are
 * spread over the last 100 days. The service may be running.
 */
export async function fill(sql: pg.Pool, size: Size): Promise<void> {
  const client = await sql.connect();
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    for (const statement of statementsOf(size)) await client.query(statement);
    await client.query('set session_replication_role = origin');
    await client.query('vacuum analyze');
  } finally {
    client.release(true);
  }
}

function statementsOf({ tasks, requests, people }: Size): string[] {
  const spread = (row: string, rows: number) =>
    `now() - interval '100 days' + interval '100 days' * (${row}::float8 / ${rows})`;
  return [
    `create temp table bounds as select
       (select coalesce(max(id), 0) from person) as person, (select coalesce(max(id), 0) from account_request) as request,
       (select coalesce(max(id), 0) from request_item) as item, (select coalesce(max(id), 0) from account_task) as task`,
    `insert into person (id, employee_number, full_name, english_name, person_type, employee_status, source, departments,
       email_address, telephone_number1, person_pinyin_name, reserved_username, created_at, updated_at)
     select b.person + i, 'G' || lpad(i::text, 8, '0'), '张思远' || i % 997, 'Siyuan Zhang ' || i % 997, '10', '1', 'HR',
       '[{"department_code": "D001", "partner_company": null, "country": "中国"}]', ${NAME} || '@example.com',
       '138' || lpad(i::text, 8, '0'), 'zhangsiyuan', ${NAME}, ${spread('i', people)}, ${spread('i', people)}
     from bounds b, generate_series(1, ${people}) i`,
    `insert into account_request (id, request_id, origin_system, business_key, account_type, employee_type, system_list,
       priority, derived_key, input_fingerprint, status, total_users, created_by, created_at, updated_at, completed_at)
     select b.request + i, 'req_growth_' || i, 'OA' || i % 5, 'GROWTH-' || i, case i % 1000 when 1 then '访客' else '供应商' end,
       '1', '{IDAAS,WELINK,EMAIL}', 'NORMAL', 'growth-' || i, md5(i::text),
       case when i > ${requests - FAILING / 2} then 'PARTIAL_FAILED' else 'COMPLETED' end, 3,
       'portal-' || i % 1000, ${spread('i', requests)}, ${spread('i', requests)}, ${spread('i', requests)}
     from bounds b, generate_series(1, ${requests}) i`,
    `insert into request_item (id, request_id, position, employee_number, employee_name, department_code, phone_number,
       country, status, person_id, settled_count, error_code, created_at, updated_at)
     select b.item + i, b.request + (i + 2) / 3, (i - 1) % 3, 'G' || lpad(i::text, 8, '0'), '张思远', 'D001',
       '138' || lpad(i::text, 8, '0'), '中国', ${statusOf(people)}, b.person + i, 3,
       case when i > ${people - FAILING} then 'UPSTREAM_REJECTED' end, ${spread('i', people)}, ${spread('i', people)}
     from bounds b, generate_series(1, ${people}) i`,
    ...tasksOf({ tasks, people }, spread),
    ...auditOf(tasks, spread),
    `delete from standing_failure`,
    `insert into standing_failure (task_id)
     select t.id from account_task t where t.status = 'FAILED' and not exists (
       select 1 from account_task n where n.person_id = t.person_id and n.system = t.system and n.id > t.id)`,
    `delete from ended_count`,
    `insert into ended_count (kind, system, status, count)
     select 'TASK', system, status, count(*) from account_task where completed_at is not null group by system, status
     union all select 'REQUEST', '', status, count(*) from account_request where completed_at is not null group by status`,
    ...['person', 'account_request', 'request_item', 'account_task'].map(
      (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    ),
  ];
}

function tasksOf(
  { tasks, people }: Pick<Size, 'tasks' | 'people'>,
  spread: (row: string, rows: number) => string,
): string[] {
  const older = tasks - 3 * people;
  const columns = `id, task_id, person_id, system, depends_on_systems, status, max_attempts, identifier, error_code,
    error_parameters, origin_system, created_at, updated_at, completed_at`;
  const at = spread('i', people);
  return [
    // Earlier ones, of requests that were cancelled or that failed and were asked for again.
    `insert into account_task (${columns})
     select b.task + i, 'growth_older_' || i, b.person + i, 'IDAAS', '{}',
       case i % 10 when 0 then 'FAILED' else 'CANCELLED' end, 6, null,
       case i % 10 when 0 then 'UPSTREAM_REJECTED' end, null, 'OA', ${at}, ${at}, ${at}
     from bounds b, generate_series(1, ${older}) i`,
    `insert into account_task (${columns})
     select b.task + ${older} + 3 * (i - 1) + s.position, 'growth_' || i || '_' || s.system, b.person + i, s.system, s.needs,
       ${statusOf(people)}, 6, ${NAME}, case when i > ${people - FAILING} then 'UPSTREAM_REJECTED' end,
       case when i > ${people - FAILING} then '{"detail": "unwilling"}'::jsonb end, 'OA', ${at}, ${at}, ${at}
     from bounds b, generate_series(1, ${people}) i,
       (values (1, 'IDAAS', '{}'::text[]), (2, 'WELINK', '{IDAAS}'), (3, 'EMAIL', '{IDAAS}')) as s(position, system, needs)`,
    `insert into request_item_task (item_id, task_id)
     select b.item + i, b.task + ${older} + 3 * (i - 1) + s from bounds b, generate_series(1, ${people}) i, generate_series(1, 3) s`,
    `insert into account (person_id, system, identifier, state, origin, created_at, updated_at)
     select b.person + i, s.system, ${NAME} || s.suffix,
       case when i > ${people - FAILING} then 'PLANNED' else 'ACTIVE' end, 'CREATED', ${at}, ${at}
     from bounds b, generate_series(1, ${people}) i,
       (values ('IDAAS', ''), ('WELINK', ''), ('EMAIL', '@example.com')) as s(system, suffix)`,
    `insert into name_reservation (kind, value, person_id)
     select k, ${NAME}, b.person + i
     from bounds b, generate_series(1, ${people}) i, unnest(array['USERNAME', 'LOCAL_PART']) k`,
    `insert into task_attempt (task_id, execution_attempt, outcome, started_at, finished_at)
     select b.task + i, 1, 'CREATED', ${spread('i', tasks)}, ${spread('i', tasks)} from bounds b, generate_series(1, ${tasks}) i`,
    // Syncs of HR every ten minutes for as long as the history is.
    `insert into sync_run (run_id, kind, mode, trigger, status, created_by, started_at, updated_at, finished_at)
     select 'run_growth_' || i, 'HR_SYNC', 'RUN', 'SCHEDULED_TASK', 'COMPLETED', 'schedule', ${spread('i', tasks / 70)},
       ${spread('i', tasks / 70)}, ${spread('i', tasks / 70)} from generate_series(1, ${Math.floor(tasks / 70)}) i`,
  ];
}

function auditOf(tasks: number, spread: (row: string, rows: number) => string): string[] {
  const entries = tasks * ENTRIES_PER_TASK;
  return [
    `insert into audit_entry (happened_at, actor, correlation_id, action, subject_kind, subject_id, before, after)
     select ${spread('i', entries)}, case i % 10000 when 0 then 'operator-' || i / 10000 % 20 else 'job:provisioning.run-task' end,
       md5((i / 3)::text), 'task.changed', 'TASK', (i / ${ENTRIES_PER_TASK})::text, '{"status": "PENDING"}', '{"status": "COMPLETED"}'
     from generate_series(1, ${entries}) i`,
  ];
}

function statusOf(people: number): string {
  return `case when i > ${people - FAILING} then 'FAILED' else 'COMPLETED' end`;
}
