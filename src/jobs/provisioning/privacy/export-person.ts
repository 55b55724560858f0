import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { PersonalData } from '../../areas/area.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { OperationContext, OperationError } from '../../kit/operation.ts';
import { findPersonByNumber, personNotFound } from '../../people/find-person.ts';

export interface ExportedPerson {
  /** Rows by table, as they are stored; null: no person has the number. */
  readonly document: Readonly<Record<string, readonly unknown[]>> | null;
  readonly userErrors: readonly OperationError[];
}

/** All that is stored of one person, by table; of rows about many people only this person's part. */
export const exportedOfProvisioning: PersonalData['exported'] = {
  person: ({ id }) => sql`select to_jsonb(r) - 'search_text' from person r where r.id = ${id}::bigint`,
  account: ({ id }) => sql`select to_jsonb(r) from account r where r.person_id = ${id}::bigint order by r.id`,
  account_event: ({ id }) =>
    sql`select to_jsonb(r) from account_event r where r.person_id = ${id}::bigint order by r.id`,
  account_look_up: ({ id }) =>
    sql`select to_jsonb(r) from account_look_up r where r.person_id = ${id}::bigint order by r.id`,
  account_claim: ({ id }) =>
    sql`select to_jsonb(r) from account_claim r where r.person_id = ${id}::bigint order by r.id`,
  name_reservation: ({ id }) =>
    sql`select to_jsonb(r) from name_reservation r where r.person_id = ${id}::bigint order by r.id`,
  request_item: ({ id, number }) => sql`
    select to_jsonb(r) || jsonb_build_object('request_id', q.request_id, 'origin_system', q.origin_system,
      'business_key', q.business_key, 'created_by', q.created_by)
    from request_item r join account_request q on q.id = r.request_id
    where r.person_id = ${id}::bigint or lower(r.employee_number) = lower(${number}) order by r.id`,
  account_request_rejected_rows: ({ number }) => sql`
    select jsonb_build_object('request_id', q.request_id, 'row', e.row)
    from account_request q, jsonb_array_elements(q.rejected_rows) as e(row)
    where lower(e.row->>'employeeNumber') = lower(${number}) order by q.id`,
  account_task: ({ id }) =>
    sql`select to_jsonb(r) from account_task r where r.person_id = ${id}::bigint order by r.id`,
  task_attempt: ({ id }) => sql`
    select to_jsonb(r) from task_attempt r
    where r.task_id in (select t.id from account_task t where t.person_id = ${id}::bigint) order by r.id`,
  run_item: ({ id, number }) => sql`
    select to_jsonb(r) || jsonb_build_object('run_id', q.run_id) from run_item r join sync_run q on q.id = r.run_id
    where lower(r.item_key) = lower(${number})
      or r.subject_kind = 'ACCOUNT' and r.subject_id in (select a.id from account a where a.person_id = ${id}::bigint) order by r.id`,
  notification: ({ id }) => sql`
    select to_jsonb(d) || jsonb_build_object('type', e.type, 'data', e.data)
    from notification_delivery d join notification_event e on e.id = d.event_id, person p
    where p.id = ${id}::bigint and d.channel = 'EMAIL'
      and lower(d.target) in (lower(p.email_address), lower(p.reserved_email_address)) order by d.id`,
  audit_entry: ({ id }) => sql`
    select to_jsonb(r) from audit_entry r
    where (r.subject_kind = 'PERSON' and r.subject_id = ${id})
      or (r.subject_kind = 'ACCOUNT' and r.subject_id in (
        select a.person_id || ':' || a.system from account a where a.person_id = ${id}::bigint))
      or (r.subject_kind = 'TASK' and r.subject_id in (
        select t.id::text from account_task t where t.person_id = ${id}::bigint))
      or (r.subject_kind = 'REQUEST_ITEM' and r.subject_id in (
        select i.id::text from request_item i where i.person_id = ${id}::bigint)) order by r.id`,
};

/** Exports all that is stored of one person; the audit log says that it was done, and why. */
export function exportPerson(
  context: OperationContext & { readonly personalData: PersonalData },
  input: { readonly employeeNumber: string; readonly reason: string },
): Promise<ExportedPerson> {
  return inTransaction(context.em, async (tx) => {
    const person = await findPersonByNumber(tx, input.employeeNumber);
    if (person === null) return { document: null, userErrors: [personNotFound(input.employeeNumber)] };
    const { id, employeeNumber: number } = person;
    const subject = { id, number, alias: number };
    const document: Record<string, readonly unknown[]> = {};
    for (const [table, select] of Object.entries(context.personalData.exported))
      document[table] = await rowsOf(tx, select(subject));
    const counts = Object.fromEntries(Object.entries(document).map(([table, rows]) => [table, rows.length]));
    const note = { action: 'person.exported', subjectKind: 'PERSON', subjectId: person.id };
    await recordAudit(tx, { ...note, after: { reason: input.reason, rows: counts } });
    return { document, userErrors: [] };
  });
}

async function rowsOf(tx: Sql, select: RawBuilder<unknown>): Promise<readonly unknown[]> {
  const { rows } = await sql<{ row: unknown }>`select s.row from (${select}) as s(row)`.execute(tx);
  return rows.map(({ row }) => row);
}
