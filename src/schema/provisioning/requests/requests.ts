import { type SqlBool, sql } from 'kysely';
import type { RequestStatus } from '../../../domain/provisioning/states/states.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { requestsByState } from '../../../jobs/provisioning/tasks/count-by-state.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { needs } from '../../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { all, type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { canBeStored, containsPattern } from '../../reading/text-filter.ts';
import { seesEverything, visibleRows } from '../../reading/visible-rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { findRequest } from '../rows/row-loaders.ts';
import { AccountRequest, type AccountRequestRow, selectRequests } from '../rows/rows.ts';
import { RequestStatusEnum } from '../rows/states.ts';

const RequestConnection = builder.connectionObject(
  { type: AccountRequest, name: 'AccountRequestConnection', description: 'A page of requests.' },
  { name: 'AccountRequestEdge', description: 'A request and its cursor.' },
);

const requestListing: Listing<AccountRequestRow> = {
  list: 'requests',
  select: selectRequests,
  key: 'r.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (request) => request.id,
  total: sql`select sum(count)::int as count from (${requestsByState}) as counted`,
};

/** More than any organisation has portals. */
const ORIGINS_MAX = 1_000;

const requestFilter = builder.inputType('RequestFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    status: t.field({ type: [RequestStatusEnum], description: 'In one of these states.' }),
    originSystem: t.string({ description: 'Exactly this origin system.' }),
    businessKey: t.string({ description: 'Exactly this business key.' }),
    search: t.string({
      description: 'Whose business key or request id contains this text, without regard to case.',
    }),
    errorCode: t.stringList({ description: 'With an item whose error has one of these codes.' }),
    accountType: t.string({ description: 'Exactly this account type.' }),
    system: t.field({
      type: [AccountSystemEnum],
      description: 'Wants an account in one of these systems.',
    }),
    employeeNumber: t.string({
      description: 'Has an item of this employee number, without regard to case.',
    }),
    createdBy: t.string({ description: 'Sent by exactly this principal.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Accepted after this moment.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Accepted before this moment.' }),
    updatedAfter: t.field({ type: 'DateTime', description: 'Changed after this moment.' }),
  }),
});

/** Requests in one state. */
export interface RequestCountShape {
  readonly status: RequestStatus;
  readonly count: number;
}

export const RequestCount = builder.objectRef<RequestCountShape>('RequestCount').implement({
  description: 'How many requests are in a state.',
  fields: (t) => ({
    status: t.field({
      type: RequestStatusEnum,
      description: 'The state.',
      resolve: (entry) => entry.status,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

builder.queryFields((t) => ({
  request: t.field({
    ...needs('requests:read'),
    type: AccountRequest,
    nullable: true,
    description: 'One request; null when unknown.',
    args: { requestId: t.arg.string({ required: true, description: 'Public id, `req_…`.' }) },
    resolve: (_root, { requestId }, scope) => (canBeStored(requestId) ? findRequest(scope, requestId) : null),
  }),
  requests: t.field({
    ...needs('requests:read'),
    type: RequestConnection,
    description: 'Requests, newest first.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: requestFilter, description: 'Narrows the list.' }),
    },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) => {
      const page = parsePage(args, { list: requestListing.list, max: PAGE_MAX });
      return readListing(scope, requestListing, { page, conditions: requestConditions(filter ?? {}) });
    },
  }),
  originSystems: t.stringList({
    ...needs('requests:read'),
    description: 'The origin systems of which there are requests, by name; at most 1,000.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<{ readonly name: string }>`
        select distinct r.origin_system as name from ${visibleRows(scope, 'account_request')} r
        order by 1 limit ${ORIGINS_MAX}`.execute(sqlOf(scope));
      return rows.map(({ name }) => name);
    },
  }),
  requestCounts: t.field({
    ...needs('requests:read'),
    type: [RequestCount],
    description: 'Requests by state; states without any are left out.',
    args: { filter: t.arg({ type: requestFilter, description: 'Narrows what is counted.' }) },
    resolve: async (_root, { filter }, scope) => {
      const conditions = requestConditions(filter ?? {});
      const counted =
        conditions.length === 0 && seesEverything(scope)
          ? requestsByState
          : sql`select r.status, count(*)::int as count from ${visibleRows(scope, 'account_request')} r
              where ${all(conditions)} group by r.status`;
      const { rows } = await sql<RequestCountShape>`
        select * from (${counted}) as counted order by status`.execute(sqlOf(scope));
      return rows;
    },
  }),
}));

interface RequestFilter {
  readonly status?: readonly RequestStatus[] | null | undefined;
  readonly originSystem?: string | null | undefined;
  readonly businessKey?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
  readonly accountType?: string | null | undefined;
  readonly system?: readonly string[] | null | undefined;
  readonly employeeNumber?: string | null | undefined;
  readonly createdBy?: string | null | undefined;
  readonly createdAfter?: string | null | undefined;
  readonly createdBefore?: string | null | undefined;
  readonly updatedAfter?: string | null | undefined;
}

/** The filter as conditions on the row `r` of account_request. */
export function requestConditions(filter: RequestFilter): Condition[] {
  const exact = [
    ['r.origin_system', filter.originSystem],
    ['r.business_key', filter.businessKey],
    ['r.account_type', filter.accountType],
    ['r.created_by', filter.createdBy],
  ] as const;
  const texts = [...exact.map(([, text]) => text), filter.employeeNumber, filter.search];
  if (texts.some((text) => text != null && !canBeStored(text))) return [sql<SqlBool>`false`];

  const conditions = exact.flatMap(([column, text]) =>
    text == null ? [] : [sql<SqlBool>`${sql.ref(column)} = ${text}`],
  );
  const { status, system, employeeNumber, createdAfter, createdBefore, updatedAfter } = filter;
  const { search, errorCode } = filter;
  if (search != null) {
    const pattern = containsPattern(search.trim());
    conditions.push(sql`(r.business_key ilike ${pattern} or r.request_id ilike ${pattern})`);
  }
  if (errorCode != null)
    conditions.push(sql`exists (select 1 from request_item i where i.request_id = r.id
      and i.error_code = any(${errorCode.filter(canBeStored)}::text[]))`);
  if (status != null) conditions.push(sql`r.status = any(${[...status]}::text[])`);
  if (system != null) conditions.push(sql`r.system_list && ${[...system]}::text[]`);
  if (employeeNumber != null)
    conditions.push(sql`exists (select 1 from request_item i where i.request_id = r.id
      and lower(i.employee_number) = lower(${normaliseCompatibleText(employeeNumber)}))`);
  if (createdAfter != null) conditions.push(sql`r.created_at > ${createdAfter}::timestamptz`);
  if (createdBefore != null) conditions.push(sql`r.created_at < ${createdBefore}::timestamptz`);
  if (updatedAfter != null) conditions.push(sql`r.updated_at > ${updatedAfter}::timestamptz`);
  return conditions;
}
