import DataLoader from 'dataloader';
import type { Database, Sql } from '../entities/tables.ts';
import type { RequestScope } from './context.ts';

// What was loaded belongs to one operation, or one event of a subscription: the scope it runs in. The object behind
// the scope can be replaced, so that a mutation is not answered with what was read before it.
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

/** Statements of an operation, each by itself. */
export function sqlOf(scope: RequestScope): Sql {
  return scope.em.getKysely<Database>();
}

/** One value per key, all keys asked for in the same tick read by one statement; null where there is none. */
export function oneByKey<Value>(
  read: (scope: RequestScope, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (scope: RequestScope) => DataLoader<string, Value | null> {
  return perOperation(
    (scope) =>
      new DataLoader(async (keys: readonly string[]): Promise<(Value | null)[]> => {
        const found = await read(scope, keys);
        return keys.map((key) => found.get(key) ?? null);
      }),
  );
}

/** A list of rows per key, in the order of the statement. */
export function listByKey<Row>(
  read: (scope: RequestScope, keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): (scope: RequestScope) => DataLoader<string, readonly Row[]> {
  return perOperation(
    (scope) =>
      new DataLoader(async (keys: readonly string[]): Promise<(readonly Row[])[]> => {
        const found = Map.groupBy(await read(scope, keys), keyOf);
        return keys.map((key) => found.get(key) ?? []);
      }),
  );
}

/** Rows by primary key. */
export function rowById<Row extends { readonly id: string }>(
  read: (scope: RequestScope, ids: readonly string[]) => Promise<readonly Row[]>,
): (scope: RequestScope) => DataLoader<string, Row | null> {
  return oneByKey(async (scope, ids) => new Map((await read(scope, ids)).map((row) => [row.id, row])));
}
