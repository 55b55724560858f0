import { type RawBuilder, sql } from 'kysely';
import { numberHash } from '../../../entities/people/erased-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { PersonalData, PersonSubject } from '../../areas/area.ts';

/** How many rows of one table were changed. */
export interface ErasedCount {
  readonly table: string;
  readonly rows: number;
}

/** The person whose rows are erased. */
export interface ErasedSubject {
  readonly id: string;
  readonly number: string;
}

/** Parameters whose values are our words, not the person's. */
const OUR_WORDS = ['variant', 'kind', 'system', 'status', 'field', 'fields'];

/** The parameters with their text values blanked: readers still find every name. */
function withoutValues(column: RawBuilder<unknown>, { alias, number }: PersonSubject): RawBuilder<unknown> {
  return sql`case jsonb_typeof(${column}) when 'object' then coalesce((
    select jsonb_object_agg(v.key, case
      when v.key = 'employeeNumber' then to_jsonb(${alias}::text)
      when v.key = any(${OUR_WORDS}::text[]) and strpos(lower(v.value::text), lower(${number})) = 0 then v.value
      when jsonb_typeof(v.value) in ('number', 'boolean', 'null') then v.value
      when jsonb_typeof(v.value) = 'array' then '["*"]'
      when jsonb_typeof(v.value) = 'object' then '{}' else '"*"' end)
    from jsonb_each(case jsonb_typeof(${column}) when 'object' then ${column} else '{}' end) v), '{}') end`;
}

const errorParameters = sql.ref('r.error_parameters');
const tasksOf = ({ id }: PersonSubject) =>
  sql`select t.id from account_task t where t.person_id = ${id}::bigint`;
const itemsOfPerson = ({ id, number }: PersonSubject) =>
  sql`(r.person_id = ${id}::bigint or lower(r.employee_number) = lower(${number}))`;
/** New public id of the person's task `t`. */
const newTaskId = ({ alias }: PersonSubject) => sql`${alias}::text || '_' || t.system || '_' || t.id`;
const addressesOf = ({ id }: PersonSubject) => sql`
  select lower(a.address) from person p, lateral (
    values (p.email_address), (p.reserved_email_address)
    union all select c.identifier from account c where c.person_id = p.id and c.identifier like '%@%') as a(address)
  where p.id = ${id}::bigint and a.address is not null`;
const blames = (keys: readonly string[], { number }: PersonSubject) => sql`exists (
  select 1 from unnest(${[...keys]}::text[]) as k(key) where lower(r.error_parameters->>k.key) = lower(${number}))`;
const withoutBlame = (keys: readonly string[], subject: PersonSubject) => sql`(
  select jsonb_object_agg(v.key, case when v.key = any(${[...keys]}::text[])
    and lower(v.value#>>'{}') = lower(${subject.number}) then to_jsonb(${subject.alias}::text) else v.value end)
  from jsonb_each(r.error_parameters) v)`;
/** Parameters in errors of other people that name the person: the holder of a name, the former number. */
const BLAMING = ['holder', 'formerNumber'];

/**
 * The statements, in order: rows that are found by the person's values come before these are erased. Each is an
 * UPDATE, INSERT or DELETE without RETURNING.
 */
export const erasedOfProvisioning: PersonalData['erased'] = [
  [
    'notification_event',
    (subject) => sql`
      update notification_event r set data = jsonb_set(r.data, '{taskIds}', (
        select jsonb_agg(coalesce(${newTaskId(subject)}, n.task) order by n.place)
        from jsonb_array_elements_text(r.data->'taskIds') with ordinality as n(task, place)
        left join account_task t on t.task_id = n.task and t.person_id = ${subject.id}::bigint))
      where r.type = 'task.failed' and exists (
        select 1 from jsonb_array_elements_text(r.data->'taskIds') as n(task)
        join account_task t on t.task_id = n.task and t.person_id = ${subject.id}::bigint)`,
  ],
  [
    'notification_delivery',
    (subject) => sql`
      delete from notification_delivery r where r.channel = 'EMAIL' and r.status in ('PENDING', 'RETRY')
        and lower(r.target) in (${addressesOf(subject)})`,
  ],
  [
    'notification_delivery',
    (subject) => sql`
      update notification_delivery r set target = ${subject.alias}::text || ':' || r.id,
        error_parameters = ${withoutValues(errorParameters, subject)}
      where r.channel = 'EMAIL' and lower(r.target) in (${addressesOf(subject)})`,
  ],
  [
    'task_failure',
    (subject) => sql`
      update task_failure r set task_id = ${newTaskId(subject)} from account_task t
      where t.person_id = ${subject.id}::bigint and r.task_id = t.task_id`,
  ],
  [
    'run_item',
    (subject) => sql`
      update run_item r set item_key = ${subject.alias}, payload = ${withoutValues(sql.ref('r.payload'), subject)},
        error_parameters = ${withoutValues(errorParameters, subject)}
      where lower(r.item_key) = lower(${subject.number})
        or r.subject_kind = 'ACCOUNT' and r.subject_id in (select a.id from account a where a.person_id = ${subject.id}::bigint)`,
  ],
  ...['run_item', 'request_item', 'account_task'].map(
    (table) =>
      [
        table,
        (subject: PersonSubject) => sql`
          update ${sql.table(table)} r set error_parameters = ${withoutBlame(BLAMING, subject)}
          where jsonb_typeof(r.error_parameters) = 'object' and ${blames(BLAMING, subject)}`,
      ] as const,
  ),
  [
    'task_attempt',
    (subject) => sql`
      update task_attempt r set error_parameters = ${withoutValues(errorParameters, subject)}, error_details = null,
        execution_context = ${withoutValues(sql.ref('r.execution_context'), subject)}
      where r.task_id in (${tasksOf(subject)})`,
  ],
  [
    'pgboss.job',
    (subject) => sql`
      update pgboss.job r set output = null
      where r.output is not null and r.data->>'task' in (select o.id::text from (${tasksOf(subject)}) o)`,
  ],
  [
    'account_task',
    (subject) => sql`
      update account_task t set task_id = ${newTaskId(subject)},
        identifier = case when t.identifier is not null then ${subject.alias} end,
        result = ${withoutValues(sql.ref('t.result'), subject)},
        error_parameters = ${withoutValues(sql.ref('t.error_parameters'), subject)}, updated_at = clock_timestamp()
      where t.person_id = ${subject.id}::bigint`,
  ],
  [
    'account_request',
    (subject) => sql`
      update account_request r set updated_at = clock_timestamp(),
        user_errors = (select coalesce(jsonb_agg(case
            when lower(e.error->>'employeeNumber') = lower(${subject.number}) then e.error || jsonb_build_object(
              'employeeNumber', ${subject.alias}::text, 'parameters', ${withoutValues(sql`(e.error->'parameters')`, subject)})
            else e.error end order by e.place), '[]')
          from jsonb_array_elements(r.user_errors) with ordinality as e(error, place)),
        notify = case when r.total_users > 1 or r.rejected_rows <> '[]' then r.notify end
      where r.id in (${requestsNaming(subject)})`,
  ],
  [
    'request_item',
    (subject) => sql`
      update request_item r set employee_number = ${subject.alias}, employee_name = '*', department_code = '*',
        phone_number = '*', partner_company = null, country = '*', person_id = ${subject.id}::bigint,
        error_parameters = ${withoutValues(errorParameters, subject)}, updated_at = clock_timestamp()
      where ${itemsOfPerson(subject)}`,
  ],
  ['account_claim', ({ id }) => sql`delete from account_claim r where r.person_id = ${id}::bigint`],
  ['account_look_up', ({ id }) => sql`delete from account_look_up r where r.person_id = ${id}::bigint`],
  [
    // Reserves addresses that only HR or an account had, so that no other person gets them.
    'name_reservation',
    (subject) => sql`
      insert into name_reservation (kind, value)
      select distinct 'LOCAL_PART', split_part(a.address, '@', 1) from (${addressesOf(subject)}) as a(address)
      where char_length(split_part(a.address, '@', 1)) between 1 and 64
      on conflict do nothing`,
  ],
  [
    // Deletes logins that contain the number, which they would tell; they are chosen only for the person with this
    // number.
    'name_reservation',
    ({ id, number }) => sql`
      delete from name_reservation r
      where r.person_id = ${id}::bigint and r.kind = 'USERNAME' and char_length(r.value) <= char_length(${number}) + 1
        and right(r.value, char_length(${number})) = lower(${number})`,
  ],
  [
    'name_reservation',
    ({ id }) => sql`update name_reservation r set person_id = null where r.person_id = ${id}::bigint`,
  ],
  [
    'account_event',
    ({ id, alias }) => sql`
      update account_event r set identifier = ${alias}
      where r.person_id = ${id}::bigint and r.identifier is not null`,
  ],
  [
    'account',
    ({ id, alias }) => sql`
      update account r set identifier = case when r.identifier is not null then ${alias} end,
        remote_id = case when r.remote_id is not null then ${alias} end, leaver_since = null,
        updated_at = clock_timestamp()
      where r.person_id = ${id}::bigint`,
  ],
  [
    // Source REQUEST, so that neither task creation nor leavers select this row.
    'person',
    ({ id, alias }) => sql`
      update person r set employee_number = ${alias}, full_name = '*', employee_status = 'ERASED', source = 'REQUEST',
        departments = '[]', hr_person_id = null, english_name = null, sex = null, birth_day = null,
        nationality_code = null, employee_account = null, hr_user_id = null, employee_description = null,
        email_address = null, telephone_number1 = null, telephone_number2 = null, telephone_number3 = null,
        full_address = null, postal_code = null, base_location = null, expense_account = null,
        person_pinyin_name = null, original_hire_date = null, effective_date = null, disable_date = null,
        tenant_id = null, hr_created_at = null, hr_updated_at = null, content_hash = null, reserved_username = null,
        reserved_email_address = null, accepted_name_hash = null, erased_at = clock_timestamp(), updated_at = clock_timestamp()
      where r.id = ${id}::bigint`,
  ],
];

/** Requests with an item of the person, or an error of their call about them. */
function requestsNaming({ id, number }: ErasedSubject): RawBuilder<unknown> {
  return sql`
    select i.request_id from request_item i
      where i.person_id = ${id}::bigint or lower(i.employee_number) = lower(${number})
    union select q.id from account_request q where exists (
      select 1 from jsonb_array_elements(q.user_errors) e where lower(e->>'employeeNumber') = lower(${number}))`;
}

/** Primary keys of the requests that `eraseRows` will change, to be locked before. */
export async function findRequestsNaming(tx: Sql, subject: ErasedSubject): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.id from (${requestsNaming(subject)}) as n(id)`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Erases the person's values from every table, and stores a mark for the HR sync; returns how many rows of each table
 * were changed. The caller holds the locks.
 */
export async function eraseRows(
  tx: Sql,
  { subject, statements }: { readonly subject: ErasedSubject; readonly statements: PersonalData['erased'] },
): Promise<ErasedCount[]> {
  const counts = new Map<string, number>();
  for (const [table, statementOf] of statements) {
    const statement = statementOf({ ...subject, alias: `erased:${subject.id}` });
    const { numAffectedRows } = await statement.execute(tx);
    counts.set(table, (counts.get(table) ?? 0) + Number(numAffectedRows ?? 0));
  }
  await sql`
    insert into erased_person (number_hash) values (${numberHash(sql`${subject.number}`)})
    on conflict (number_hash) do update set erased_at = excluded.erased_at`.execute(tx);
  // Removes the account event that this rename caused.
  await sql`
    delete from account_event where person_id = ${subject.id}::bigint and happened_at >= now()
      and state = previous_state`.execute(tx);
  return [...counts].map(([table, rows]) => ({ table, rows }));
}
