/** The answers of the two reads, whole, made by Postgres in one statement each. */
export const requestStatement = `
  select json_build_object('data', json_build_object('request', json_build_object(
    'requestId', r.request_id, 'status', r.status, 'totalUsers', r.total_users, 'createdAt', r.created_at,
    'completedUsers', (select count(*) from request_item c where c.request_id = r.id and c.status = 'COMPLETED'),
    'items', json_build_object('edges', (
      select json_agg(json_build_object('node', json_build_object(
        'position', i.position, 'employeeNumber', i.employee_number, 'employeeName', i.employee_name,
        'departmentCode', i.department_code, 'status', i.status, 'tasks', (
          select json_agg(json_build_object('taskId', t.task_id, 'system', t.system, 'status', t.status,
            'accountIdentifier', t.identifier, 'createdAt', t.created_at, 'completedAt', t.completed_at) order by t.id)
          from request_item_task l join account_task t on t.id = l.task_id where l.item_id = i.id))) order by i.position)
      from (select * from request_item where request_id = r.id order by position limit 100) i)))))::text as answer
  from account_request r where r.request_id = $1`;

export const tasksStatement = `
  select json_build_object('data', json_build_object('tasks', json_build_object('edges', (
    select json_agg(json_build_object('cursor', t.id, 'node', json_build_object('taskId', t.task_id,
      'system', t.system, 'status', t.status, 'accountIdentifier', t.identifier, 'createdAt', t.created_at,
      'completedAt', t.completed_at, 'person', json_build_object('employeeNumber', p.employee_number,
        'fullName', p.full_name))) order by t.id desc)
    from (select * from account_task where system = any($1::text[]) and status = any($2::text[])
      order by id desc limit 20) t join person p on p.id = t.person_id))))::text as answer`;
