import { sql } from 'kysely';
import { z } from 'zod';
import { requestStatuses } from '../../../domain/provisioning/states/states.ts';
import type { RequestScope } from '../../context/context.ts';
import { explanationText } from '../../context/words.ts';
import {
  EXPORT_PAGE,
  type Export,
  type ExportQuery,
  type KeyedRow,
  keyed,
  moment,
  oneOfMany,
  pagesOf,
  text,
  texts,
  understood,
  utc,
} from '../../reading/export.ts';
import { all, type Condition } from '../../reading/listing.ts';
import { forgetLoaded, sqlOf } from '../../reading/loaders.ts';
import { explainRequestRow } from '../explain/explanations.ts';
import { countsOf, itemTotalsByRequest } from '../rows/request-loaders.ts';
import { type AccountRequestRow, selectRequests } from '../rows/rows.ts';
import { requestConditions } from './requests.ts';

const requestQuery = z.strictObject({
  status: oneOfMany(requestStatuses),
  originSystem: text,
  businessKey: text,
  search: text,
  errorCode: texts,
  accountType: text,
  system: texts,
  employeeNumber: text,
  createdBy: text,
  createdAfter: moment,
  createdBefore: moment,
  updatedAfter: moment,
});

type Row = AccountRequestRow & {
  readonly created: string;
  readonly updated: string;
  readonly completed: string | null;
};

/** Requests as a file, oldest first, each with its counts and why it is where it is; null when a parameter is not understood. */
export function exportRequests(scope: RequestScope, query: ExportQuery): Export | null {
  const filter = understood(requestQuery, query);
  return filter === null
    ? null
    : {
        header: [
          'requestId',
          'originSystem',
          'businessKey',
          'accountType',
          'systems',
          'status',
          'totalUsers',
          'rejectedUsers',
          'completedUsers',
          'failedUsers',
          'progress',
          'createdBy',
          'createdAt',
          'updatedAt',
          'completedAt',
          'explanation',
        ],
        rows: () => pagesOf((after) => readRequests(scope, requestConditions(filter), after)),
      };
}

async function readRequests(
  scope: RequestScope,
  conditions: readonly Condition[],
  after: string,
): Promise<readonly KeyedRow[]> {
  const { rows } = await sql<Row>`
    select r.*, ${utc('r.created_at')} as created, ${utc('r.updated_at')} as updated,
      ${utc('r.completed_at')} as completed
    from (${selectRequests(scope)} where r.id > ${after}::bigint and ${all(conditions)}
      order by r.id limit ${EXPORT_PAGE}) r order by r.id`.execute(sqlOf(scope));
  // What a page needed is not kept for the pages after it.
  forgetLoaded(scope);
  return Promise.all(rows.map((row) => cellsOf(scope, row)));
}

async function cellsOf(scope: RequestScope, row: Row): Promise<KeyedRow> {
  const [totals, explanations] = await Promise.all([
    itemTotalsByRequest(scope).load(row.id),
    explainRequestRow(scope, row),
  ]);
  const { completed, failed, percent } = countsOf(row, totals);
  return keyed({
    id: row.id,
    requestId: row.request_id,
    originSystem: row.origin_system,
    businessKey: row.business_key,
    accountType: row.account_type,
    systems: row.system_list.join(';'),
    status: row.status,
    totalUsers: row.total_users,
    rejectedUsers: row.rejected_users,
    completedUsers: completed,
    failedUsers: failed,
    progress: percent,
    createdBy: row.created_by,
    createdAt: row.created,
    updatedAt: row.updated,
    completedAt: row.completed,
    explanation: explanationText(scope, explanations, { facts: { requestId: row.request_id } }),
  });
}
