import { type RawBuilder, sql } from 'kysely';
import { type Notify, recipientsOf } from '../../../domain/notifications/notify-input.ts';
import type { ValidatedCreateAccounts } from '../../../domain/provisioning/intake/validate-create-accounts.ts';
import { copyLine, copyRows } from '../../../entities/copied.ts';
import type { Sql } from '../../../entities/tables.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import { batchOf, enqueueAll } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { intakeRequestJob } from './intake-request.ts';

/** From this number of people on, COPY is cheaper than INSERT. */
const COPY_FROM_ITEMS = 500;

/** True when `storeRequestItems` copies the rows, and therefore calls `meanwhile`. */
export function isCopied({ accepted }: ValidatedCreateAccounts): boolean {
  return accepted.length >= COPY_FROM_ITEMS;
}

/**
 * Stores the accepted rows of a request and sends its intake. Where `isCopied`, `meanwhile` is called while Postgres
 * stores the rows, and the statement it returns runs after them.
 */
export async function storeRequestItems(
  { tx, boss }: JobContext,
  request: string,
  validated: ValidatedCreateAccounts,
  meanwhile?: () => RawBuilder<unknown>,
): Promise<void> {
  const after: RawBuilder<unknown>[] = [];
  if (isCopied(validated)) {
    await copyItems(tx, request, validated.accepted, () => {
      if (meanwhile !== undefined) after.push(meanwhile());
    });
  } else await insertItems(tx, request, validated.accepted);
  await enqueueAll({ tx, boss }, [batchOf(intakeRequestJob, [{ payload: { request } }])], after);
}

type Accepted = ValidatedCreateAccounts['accepted'];

async function insertItems(tx: Sql, request: string, accepted: Accepted): Promise<void> {
  await sql`
    insert into request_item (request_id, position, employee_number, employee_name, department_code, phone_number,
      partner_company, country)
    select ${request}::bigint, position, "employeeNumber", "employeeName", "departmentCode", "phoneNumber",
      "partnerCompany", country
    from json_to_recordset(${JSON.stringify(accepted)}::json) as r(position int, "employeeNumber" text,
      "employeeName" text, "departmentCode" text, "phoneNumber" text, "partnerCompany" text, country text)`.execute(
    tx,
  );
}

async function copyItems(tx: Sql, request: string, accepted: Accepted, meanwhile: () => void): Promise<void> {
  const columns = ['request_id', 'position', 'employee_number', 'employee_name', 'department_code'];
  await copyRows(
    tx,
    { table: 'request_item', columns: [...columns, 'phone_number', 'partner_company', 'country'] },
    accepted,
    (user) =>
      copyLine([
        request,
        String(user.position),
        user.employeeNumber,
        user.employeeName,
        user.departmentCode,
        user.phoneNumber,
        user.partnerCompany,
        user.country,
      ]),
    meanwhile,
  );
}

/** The `notify` of a request as it is stored: each address once. */
export function storedNotify(notify: Notify | null): string | null {
  return notify === null ? null : JSON.stringify({ ...notify, emails: recipientsOf(notify) });
}

/**
 * Begins a failed request anew whose people were purged, in a new round with the people of the repeated call: they
 * are the same, because the fingerprints are. False: another call was faster.
 */
export async function beginRequestAgain(
  context: JobContext,
  request: { readonly id: string; readonly requestId: string },
  validated: ValidatedCreateAccounts,
): Promise<boolean> {
  const { tx } = context;
  const { rows } = await sql`
    update account_request set status = 'PENDING', round = round + 1, completed_at = null, cancelled_at = null,
      purged_at = null, purged_counts = null, total_users = ${validated.accepted.length}::int,
      rejected_rows = ${JSON.stringify(validated.rejected)}::jsonb,
      user_errors = ${JSON.stringify(validated.userErrors)}::jsonb,
      user_error_count = ${validated.userErrorCount}::int, notify = ${storedNotify(validated.header.notify)}::jsonb,
      updated_at = clock_timestamp()
    where id = ${request.id}::bigint and purged_at is not null and status in ('FAILED', 'PARTIAL_FAILED')
    returning id`.execute(tx);
  if (rows.length === 0) return false;
  // The purge may have stopped before it reached them.
  await sql`delete from request_item where request_id = ${request.id}::bigint`.execute(tx);
  await storeRequestItems(context, request.id, validated);
  await notifyChange(tx, { request: request.requestId });
  return true;
}
