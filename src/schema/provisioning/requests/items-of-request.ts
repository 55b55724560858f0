import { type SqlBool, sql } from 'kysely';
import type { ItemStatus } from '../../../domain/provisioning/states/states.ts';
import { normaliseCompatibleText, normaliseName } from '../../../domain/text/text.ts';
import { builder } from '../../building/builder.ts';
import { type Condition, childPages } from '../../reading/listing.ts';
import { canBeStored, containsPattern } from '../../reading/text-filter.ts';
import { AccountRequestItem, type RequestItemRow, selectItems } from '../rows/rows.ts';
import { ItemStatusEnum } from '../rows/states.ts';

export const ItemConnection = builder.connectionObject(
  { type: AccountRequestItem, name: 'AccountRequestItemConnection', description: 'A page of items.' },
  { name: 'AccountRequestItemEdge', description: 'An item and its cursor.' },
);

/** The items of a request in input order. */
export const itemsOfRequest = childPages<RequestItemRow>({
  list: 'items',
  select: selectItems,
  key: 'i.position',
  keyColumn: 'position',
  order: 'asc',
  keyOf: (item) => String(item.position),
  parent: 'i.request_id',
  parentColumn: 'request_id',
  parentOf: (item) => item.request_id,
});

/** A person's items over all requests, newest first. */
export const itemsOfPerson = childPages<RequestItemRow>({
  list: 'requestItems',
  select: selectItems,
  key: 'i.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (item) => item.id,
  parent: 'i.person_id',
  parentColumn: 'person_id',
  parentOf: (item) => item.person_id ?? '',
});

interface ItemFilter {
  readonly status?: readonly ItemStatus[] | null | undefined;
  readonly search?: string | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
}

/** Arguments that narrow the items of a request. */
export const itemFilterArguments = builder.args((t) => ({
  status: t.field({ type: [ItemStatusEnum], description: 'Only items in one of these states.' }),
  search: t.string({
    description: 'Only items whose employee number or name contains this text, case-insensitive.',
  }),
  errorCode: t.stringList({ description: 'Only items that failed with one of these codes.' }),
}));

/** The conditions of a filter, and a key that tells filters apart. */
export function itemFilter({ status, search, errorCode }: ItemFilter): {
  readonly conditions: readonly Condition[];
  readonly filterKey: string;
} {
  const conditions: Condition[] = [];
  if (status != null) conditions.push(sql<SqlBool>`i.status = any(${[...status]}::text[])`);
  if (errorCode != null)
    conditions.push(sql<SqlBool>`i.error_code = any(${errorCode.filter(canBeStored)}::text[])`);
  if (search != null) conditions.push(searchCondition(search));
  return { conditions, filterKey: JSON.stringify([status, search, errorCode]) };
}

/** Stored texts are in their normal form, so what is looked for must be. */
function searchCondition(search: string): Condition {
  if (!canBeStored(search)) return sql<SqlBool>`false`;
  const employeeNumber = containsPattern(normaliseCompatibleText(search));
  const name = containsPattern(normaliseName(search));
  return sql<SqlBool>`(i.employee_number ilike ${employeeNumber} or i.employee_name ilike ${name})`;
}
