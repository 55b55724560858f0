import { type SqlBool, sql } from 'kysely';
import { allErrors } from '../../../domain/catalogue/all-errors.ts';
import type { FixBy } from '../../../domain/errors/error-entry.ts';
import type { ItemStatus } from '../../../domain/provisioning/states/states.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { FixByEnum } from '../../building/shared-enums.ts';
import { needs } from '../../permissions/rules.ts';
import { askedColumns } from '../../reading/asked-columns.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { type RequestItemRow, selectItems } from '../rows/rows.ts';
import { ItemStatusEnum } from '../rows/states.ts';
import { ItemConnection, itemFilter } from './items-of-request.ts';

/** People of all requests, newest first. */
const itemListing: Listing<RequestItemRow> = {
  list: 'allRequestItems',
  select: selectItems,
  key: 'i.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (item) => item.id,
};

const filterType = builder.inputType('RequestItemFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    status: t.field({ type: [ItemStatusEnum], description: 'In one of these states.' }),
    errorCode: t.stringList({ description: 'That failed with one of these codes.' }),
    fixBy: t.field({ type: [FixByEnum], description: 'Whose error one of these can put right.' }),
    search: t.string({
      description: 'Whose employee number or name contains this text, case-insensitive.',
    }),
    requestId: t.string({ description: 'Of this request.' }),
    originSystem: t.string({ description: 'Of a request of exactly this origin system.' }),
    updatedAfter: t.field({ type: 'DateTime', description: 'Changed after this moment.' }),
    updatedBefore: t.field({ type: 'DateTime', description: 'Not changed since this moment.' }),
  }),
});

builder.queryField('requestItems', (t) =>
  t.field({
    ...needs('requests:read'),
    type: ItemConnection,
    description:
      'People of all requests, newest first: whoever failed for one reason, whatever asked for them.',
    args: { ...pageArguments, filter: t.arg({ type: filterType, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope, info) => {
      const page = parsePage(args, { list: itemListing.list, max: PAGE_MAX });
      const columns = askedColumns(info, 'AccountRequestItem');
      return readListing(scope, itemListing, { page, conditions: conditionsOf(filter ?? {}), columns });
    },
  }),
);

interface RequestItemFilter {
  readonly status?: readonly ItemStatus[] | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
  readonly fixBy?: readonly FixBy[] | null | undefined;
  readonly search?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly originSystem?: string | null | undefined;
  readonly updatedAfter?: string | null | undefined;
  readonly updatedBefore?: string | null | undefined;
}

function conditionsOf({ status, errorCode, search, ...filter }: RequestItemFilter): Condition[] {
  const { fixBy, requestId, originSystem, updatedAfter, updatedBefore } = filter;
  if ([requestId, originSystem].some((text) => text != null && !canBeStored(text)))
    return [sql<SqlBool>`false`];
  const conditions = [...itemFilter({ status, errorCode, search }).conditions];
  if (fixBy != null) conditions.push(sql`i.error_code = any(${codesOf(fixBy)}::text[])`);
  if (requestId != null)
    conditions.push(
      sql`i.request_id = (select r.id from account_request r where r.request_id = ${requestId})`,
    );
  if (originSystem != null)
    conditions.push(sql`exists (select 1 from account_request r
      where r.id = i.request_id and r.origin_system = ${originSystem})`);
  if (updatedAfter != null) conditions.push(sql`i.updated_at > ${updatedAfter}::timestamptz`);
  if (updatedBefore != null) conditions.push(sql`i.updated_at < ${updatedBefore}::timestamptz`);
  return conditions;
}

/** Codes of errors that one of these can put right. */
function codesOf(fixBy: readonly FixBy[]): string[] {
  return Object.entries(allErrors).flatMap(([code, entry]) => (fixBy.includes(entry.fixBy) ? [code] : []));
}
