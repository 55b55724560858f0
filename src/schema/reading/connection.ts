import { Buffer } from 'node:buffer';
import { badUserInput } from '../context/errors.ts';
import { isBigint } from './global-id.ts';

/** Page sizes: what a portal shows at once, and what a portal loads of one request (DESIGN §8). */
export const PAGE_MAX = 100;
export const ITEM_PAGE_MAX = 500;

/** The arguments of every connection, as they came. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A checked page: keys are those of the list, mostly the digits of an id; both bounds exclusive. */
export interface Page {
  readonly size: number;
  /** `last`: the page ends at `before`, or at the end of the list. */
  readonly backward: boolean;
  readonly after: string | null;
  readonly before: string | null;
}

/** Rules for the cursors of a list and the length of its pages. */
export interface PageRules {
  /** Name of the list; a cursor of another list is refused. */
  readonly list: string;
  readonly max: number;
  /** Form of a sort key; default: digits. */
  readonly isKey?: (key: string) => boolean;
}

/** Opaque to callers: base64url of list and sort key. */
export function encodeCursor(list: string, key: string): string {
  return Buffer.from(`${list}:${key}`).toString('base64url');
}

/** @throws BAD_USER_INPUT naming the argument that is wrong. */
export function parsePage(args: PageArguments, rules: PageRules): Page {
  const { first, last } = args;
  if ((first == null) === (last == null)) {
    const problem = first == null ? 'One of first and last is required' : 'Give first or last, not both';
    throw badUserInput(first == null ? 'first' : 'last', `${problem} (at most ${rules.max}).`);
  }
  const backward = last != null;
  const size = first ?? last ?? 0;
  if (size < 0 || size > rules.max) {
    const name = backward ? 'last' : 'first';
    throw badUserInput(name, `${name} is ${size}, but a page has 0 to ${rules.max} entries.`);
  }
  return {
    size,
    backward,
    after: decodeCursor('after', args.after, rules),
    before: decodeCursor('before', args.before, rules),
  };
}

function decodeCursor(
  argument: string,
  cursor: string | null | undefined,
  { list, isKey = isBigint }: PageRules,
): string | null {
  if (cursor == null) return null;
  const text = Buffer.from(cursor.slice(0, 200), 'base64url').toString('utf8');
  const key = text.startsWith(`${list}:`) ? text.slice(list.length + 1) : '';
  if (!isKey(key))
    throw badUserInput(argument, `${argument} is no cursor of this list; take one from an answer.`);
  return key;
}

/** A page of rows: the backing shape of every connection type. */
export interface ConnectionOf<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Counts the whole list, only when selected. */
  readonly countAll: () => Promise<number>;
}

/**
 * Makes a connection of the rows found, which are in the order of the list and one more than the page when there
 * are more beyond it.
 */
export function connectionOf<Row>(
  rows: readonly Row[],
  page: Page,
  options: {
    readonly list: string;
    readonly keyOf: (row: Row) => string;
    readonly countAll: () => Promise<number>;
  },
): ConnectionOf<Row> {
  const more = rows.length > page.size;
  const surplus = more ? rows.length - page.size : 0;
  const shown = page.backward ? rows.slice(surplus) : rows.slice(0, page.size);
  const edges = shown.map((node) => ({ cursor: encodeCursor(options.list, options.keyOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.backward ? page.before !== null : more || page.before !== null,
      hasPreviousPage: page.backward ? more || page.after !== null : page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    countAll: options.countAll,
  };
}

/** For filters that nothing can match. */
export function emptyConnection<Row>(): ConnectionOf<Row> {
  return {
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    countAll: () => Promise.resolve(0),
  };
}
