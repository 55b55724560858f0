import DataLoader from 'dataloader';
import type { Database, Sql } from '../../entities/tables.ts';
import type { RequestScope } from '../context/context.ts';
import { type Columns, everyColumn } from './columns.ts';

// Loaded rows by the operation, or the event of a subscription, that they belong to: the scope it runs in. The object
// behind the scope can be replaced, so that a mutation is not answered with rows read before it.
const memories = new WeakMap<RequestScope, object>();

function memoryOf(scope: RequestScope): object {
  let memory = memories.get(scope);
  if (memory === undefined) {
    memory = {};
    memories.set(scope, memory);
  }
  return memory;
}

/** Drops everything loaded so far in this scope: after a mutation, before an event of a subscription. */
export function forgetLoaded(scope: RequestScope): void {
  memories.set(scope, {});
}

/** Something that exists once per operation, made when first asked for. */
export function perOperation<T extends object>(
  create: (scope: RequestScope) => T,
): (scope: RequestScope) => T {
  const made = new WeakMap<object, T>();
  return (scope) => {
    const memory = memoryOf(scope);
    let value = made.get(memory);
    if (value === undefined) {
      value = create(scope);
      made.set(memory, value);
    }
    return value;
  };
}

/** Statements of an operation, each outside of a transaction. */
export function sqlOf(scope: RequestScope): Sql {
  return scope.services.em.getKysely<Database>();
}

/** Reads for these keys; the whole rows, unless it makes use of `columns`. */
type Read<Found> = (scope: RequestScope, keys: readonly string[], columns: Columns) => Promise<Found>;

/** The loader of an operation; one of its own for rows of which not everything is wanted. */
export type LoaderOf<Value> = (scope: RequestScope, columns?: Columns) => DataLoader<string, Value>;

function perColumns<Value>(
  load: (scope: RequestScope, keys: readonly string[], columns: Columns) => Promise<Value[]>,
): LoaderOf<Value> {
  const loaders = perOperation(() => new Map<string, DataLoader<string, Value>>());
  return (scope, columns = everyColumn) => {
    const known = loaders(scope);
    let loader = known.get(columns.key);
    if (loader === undefined) {
      loader = new DataLoader((keys: readonly string[]) => load(scope, keys, columns));
      known.set(columns.key, loader);
    }
    return loader;
  };
}

/** One value per key, all keys asked for in the same tick read by one statement; null where there is none. */
export function oneByKey<Value>(read: Read<ReadonlyMap<string, Value>>): LoaderOf<Value | null> {
  return perColumns(async (scope, keys, columns) => {
    const found = await read(scope, keys, columns);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** A list of rows per key, in the order of the statement. */
export function listByKey<Row>(
  read: Read<readonly Row[]>,
  keyOf: (row: Row) => string,
): LoaderOf<readonly Row[]> {
  return perColumns(async (scope, keys, columns) => {
    const found = Map.groupBy(await read(scope, keys, columns), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  });
}

/** Rows by primary key. */
export function rowById<Row extends { readonly id: string }>(
  read: Read<readonly Row[]>,
): LoaderOf<Row | null> {
  return oneByKey(
    async (scope, ids, columns) => new Map((await read(scope, ids, columns)).map((row) => [row.id, row])),
  );
}
