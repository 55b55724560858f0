import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { RequestScope } from '../../../schema/context/context.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { canBeStored, containsPattern } from '../../../schema/reading/text-filter.ts';
import { FieldErrorList, invalidFields, refused } from '../wire/problem.ts';
import type { RestCall } from '../wire/route.ts';
import { texts } from '../wire/texts.ts';

export type Condition = RawBuilder<SqlBool>;

/** Rows on a page without a given size, and on the largest. */
const PAGE_SIZE = 10;
const PAGE_SIZE_MAX = 100;
/** From 1; no list is longer than nine digits. */
const COUNT = /^0*[1-9]\d{0,8}$/;

/** A filter of a list: the condition for a value, or the problem with it. */
export type Filter = (value: string, scope: RequestScope) => Condition | { readonly problem: string };

/** A list that is read in pages, of rows that the viewer may see. */
export interface RestList {
  /** `from` clause with its joins, of visible rows only. */
  readonly from: (scope: RequestScope) => RawBuilder<unknown>;
  /** The primary key, which also settles the order of equals. */
  readonly id: string;
  readonly filters: Readonly<Record<string, Filter>>;
  readonly searched: readonly string[];
  readonly ordered: Readonly<Record<string, string>>;
  readonly order: string;
}

/** One page as the first system wrapped it. */
export interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly unknown[];
}

/** Reads a page: the ids by one statement, what stands behind them by `show`, in that order. */
export async function readPage(
  call: RestCall,
  list: RestList,
  show: (ids: readonly string[]) => Promise<readonly unknown[]>,
): Promise<Page> {
  const { scope, query } = call;
  const conditions = conditionsOf(call, list);
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const from = sql`${list.from(scope)} where ${where}`;
  const counted = await sql<{ count: number }>`select count(*)::int as count ${from}`.execute(sqlOf(scope));
  const place = choosePage(call, counted.rows[0]?.count ?? 0);
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(list.id)}::text as id ${from} order by ${orderOf(query, list)}
    limit ${place.size} offset ${place.offset}`.execute(sqlOf(scope));
  return { ...place.frame, results: await show(rows.map(({ id }) => id)) };
}

/** One page of a list that is in memory already. */
export function pageOfAll(call: RestCall, all: readonly unknown[]): Page {
  assertPageSize(call);
  const { offset, size, frame } = choosePage(call, all.length);
  return { ...frame, results: all.slice(offset, offset + size) };
}

/** Where the page begins that was asked for, and what is said of its neighbours. @throws {RestProblem} 404 */
function choosePage(call: RestCall, count: number) {
  const { scope, query } = call;
  const size = Math.min(Number(query.get('page_size') || PAGE_SIZE), PAGE_SIZE_MAX);
  const pages = Math.max(1, Math.ceil(count / size));
  const page = pageNumber(query, pages);
  if (page === null || page > pages) throw refused(404, texts.invalidPage[scope.locale]);
  return {
    size,
    offset: (page - 1) * size,
    frame: {
      count,
      next: page < pages ? addressOf(call, page + 1) : null,
      previous: page > 1 ? addressOf(call, page - 1) : null,
    },
  };
}

function conditionsOf({ scope, query }: RestCall, list: RestList): Condition[] {
  const errors = new FieldErrorList();
  const conditions = Object.entries(list.filters).flatMap(([name, filter]) => {
    const value = query.get(name);
    if (value === null || value === '') return [];
    const condition = canBeStored(value) ? filter(value, scope) : sql<SqlBool>`false`;
    if (!('problem' in condition)) return [condition];
    errors.add(name, condition.problem);
    return [];
  });
  errors.assertNone();
  assertPageSize({ scope, query });
  return [...conditions, ...searchOf(query, list.searched)];
}

/** Every word is in some column, case-insensitive. */
function searchOf(query: URLSearchParams, columns: readonly string[]): Condition[] {
  const words = (query.get('search') ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return words.map((word) => {
    if (!canBeStored(word)) return sql<SqlBool>`false`;
    const hits = columns.map((column) => sql<SqlBool>`${sql.ref(column)} ilike ${containsPattern(word)}`);
    return sql<SqlBool>`(${sql.join(hits, sql` or `)})`;
  });
}

/** Names that are no column of the list's order are ignored. */
function orderOf(query: URLSearchParams, { ordered, order, id }: RestList): RawBuilder<unknown> {
  const wanted = (query.get('ordering') ?? '').split(',').map((part) => part.trim());
  const known = wanted.filter((part) => Object.hasOwn(ordered, part.replace(/^-/, '')));
  const parts = (known.length > 0 ? known : order.split(',')).map((part) => {
    const column = sql.ref(ordered[part.replace(/^-/, '')] ?? id);
    return part.startsWith('-') ? sql`${column} desc nulls last` : sql`${column} asc nulls last`;
  });
  const last = (known.length > 0 ? known : order.split(',')).at(-1)?.startsWith('-') === true;
  return sql.join([...parts, last ? sql`${sql.ref(id)} desc` : sql`${sql.ref(id)} asc`]);
}

function assertPageSize({ scope, query }: Pick<RestCall, 'scope' | 'query'>): void {
  const size = query.get('page_size');
  if (size === null || size === '' || COUNT.test(size)) return;
  throw invalidFields({ page_size: [texts.noInteger[scope.locale]] });
}

/** Null: no page is called so. */
function pageNumber(query: URLSearchParams, pages: number): number | null {
  const page = query.get('page') || '1';
  if (page === 'last') return pages;
  return COUNT.test(page) ? Number(page) : null;
}

/** The same address with another page. */
function addressOf({ baseUrl, pathname, query }: RestCall, page: number): string {
  const search = new URLSearchParams(query);
  if (page === 1) search.delete('page');
  else search.set('page', String(page));
  return `${baseUrl}${pathname}${search.size === 0 ? '' : `?${search}`}`;
}
