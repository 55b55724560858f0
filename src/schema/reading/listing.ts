import DataLoader from 'dataloader';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { RequestScope } from '../context/context.ts';
import { type Columns, everyColumn, withColumns } from './columns.ts';
import { type ConnectionOf, connectionOf, type Page } from './connection.ts';
import { perOperation, sqlOf } from './loaders.ts';
import { type Along, readAlong } from './read-along.ts';
import { type Select, selectFor } from './select.ts';
import { seesEverything } from './visible-rows.ts';

export type Condition = RawBuilder<SqlBool>;

/** A list that is read in pages over a unique sort key. */
export interface Listing<Row, Found = unknown> {
  /** Stands in its cursors. */
  readonly list: string;
  readonly select: Select<Row>;
  /** The sort key inside `select`, e.g. `t.id`, and its name in the result. */
  readonly key: string;
  readonly keyColumn: string;
  readonly order: 'asc' | 'desc';
  readonly keyOf: (row: Row) => string;
  readonly along?: Along<Found>;
  /** `select count` of the whole table, where that is known without counting. */
  readonly total?: RawBuilder<unknown>;
}

interface ListOptions {
  readonly page: Page;
  readonly conditions: readonly Condition[];
  /** Absent: the whole rows. */
  readonly columns?: Columns;
  /** Of what the list reads along; absent: nothing. */
  readonly along?: Columns | null;
}

/** One page of a list, one statement; another one when its rows are counted. */
export async function readListing<Row, Found>(
  scope: RequestScope,
  listing: Listing<Row, Found>,
  options: ListOptions,
): Promise<ConnectionOf<Row>> {
  const { page, conditions, columns = everyColumn } = options;
  const along = readAlong(scope, listing.along, options.along ?? null);
  const keyed = withColumns(columns, [listing.keyColumn]);
  const { rows } = await sql<Row & Readonly<Record<string, unknown>>>`
    select page.*${along.columns} from (${pageOf(scope, listing, { page, conditions, columns: keyed })}) as page
    ${along.join} ${inOrder(listing)}`.execute(sqlOf(scope));
  along.take(rows);
  const countAll = async (): Promise<number> => {
    const known = conditions.length === 0 && seesEverything(scope) ? listing.total : undefined;
    const counted = await sql<{ count: number }>`
      ${known ?? sql`select count(*)::int as count from (${selectFor(scope, listing.select)} where ${all(conditions)}) as listed`}`.execute(
      sqlOf(scope),
    );
    return counted.rows[0]?.count ?? 0;
  };
  return connectionOf(rows, page, { ...listing, countAll });
}

/** A list that every row of another table has. */
export interface ChildListing<Row> extends Listing<Row> {
  /** The reference to the parent inside `select`, e.g. `i.request_id`, and its name in the result. */
  readonly parent: string;
  readonly parentColumn: string;
  readonly parentOf: (row: Row) => string;
}

/**
 * Pages of a child list, for all parents of one operation in one statement as long as page and filter are the same.
 * `filterKey` tells filters apart.
 */
export function childPages<Row>(
  listing: ChildListing<Row>,
): (
  scope: RequestScope,
  parentId: string,
  options: ListOptions & { readonly filterKey: string },
) => Promise<ConnectionOf<Row>> {
  const loaders = perOperation(() => new Map<string, DataLoader<string, ConnectionOf<Row>>>());
  return (scope, parentId, { page, conditions, filterKey, columns = everyColumn }) => {
    const known = loaders(scope);
    const key = JSON.stringify([page, filterKey, columns.key]);
    let loader = known.get(key);
    if (loader === undefined) {
      loader = pageLoader(scope, listing, { page, conditions, columns });
      known.set(key, loader);
    }
    return loader.load(parentId);
  };
}

function pageLoader<Row>(
  scope: RequestScope,
  listing: ChildListing<Row>,
  { page, conditions, columns }: Required<Omit<ListOptions, 'along'>>,
): DataLoader<string, ConnectionOf<Row>> {
  const ofParent = sql<SqlBool>`${sql.ref(listing.parent)} = parent.id`;
  const counts = new DataLoader(async (parents: readonly string[]): Promise<number[]> => {
    const { rows } = await sql<{ id: string; count: number }>`
      select parent.id::text as id, counted.count from unnest(${[...parents]}::bigint[]) as parent(id)
      cross join lateral (select count(*)::int as count
        from (${selectFor(scope, listing.select)} where ${all([ofParent, ...conditions])}) as listed) as counted`.execute(
      sqlOf(scope),
    );
    const found = new Map(rows.map((row) => [row.id, row.count]));
    return parents.map((parent) => found.get(parent) ?? 0);
  });
  const keyed = withColumns(columns, [listing.keyColumn, listing.parentColumn]);
  return new DataLoader(async (parents: readonly string[]): Promise<ConnectionOf<Row>[]> => {
    const { rows } = await sql<Row>`
      select page.* from unnest((select ${[...parents]}::bigint[])) as parent(id)
      cross join lateral (${pageOf(scope, listing, { page, conditions: [ofParent, ...conditions], columns: keyed })}) as page ${inOrder(listing)}`.execute(
      sqlOf(scope),
    );
    const found = Map.groupBy(rows, listing.parentOf);
    return parents.map((parent) =>
      connectionOf(found.get(parent) ?? [], page, { ...listing, countAll: () => counts.load(parent) }),
    );
  });
}

/** One row more than the page, to know whether it is the last. */
function pageOf<Row>(
  scope: RequestScope,
  listing: Listing<Row>,
  { page, conditions, columns }: Required<Omit<ListOptions, 'along'>>,
): RawBuilder<unknown> {
  const key = sql.ref(listing.key);
  const ascending = listing.order === 'asc';
  const beyond = (bound: string, later: boolean): Condition =>
    later === ascending ? sql`${key} > ${bound}::bigint` : sql`${key} < ${bound}::bigint`;
  const bounded = [
    ...conditions,
    ...(page.after === null ? [] : [beyond(page.after, true)]),
    ...(page.before === null ? [] : [beyond(page.before, false)]),
  ];
  const direction = ascending === page.backward ? sql`desc` : sql`asc`;
  return sql`${selectFor(scope, listing.select, columns)} where ${all(bounded)} order by ${key} ${direction} limit ${page.size + 1}`;
}

function inOrder<Row>(listing: Listing<Row>): RawBuilder<unknown> {
  return sql`order by page.${sql.ref(listing.keyColumn)} ${listing.order === 'asc' ? sql`asc` : sql`desc`}`;
}

/** All of these conditions; true when there are none. */
export function all(conditions: readonly Condition[]): RawBuilder<SqlBool> {
  return conditions.length === 0
    ? sql<SqlBool>`true`
    : sql<SqlBool>`${sql.join([...conditions], sql` and `)}`;
}
