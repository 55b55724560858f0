import pg from 'pg';
import { vi } from 'vitest';

/** The lock order of docs/architecture.md: a transaction takes locks of these kinds from left to right only. */
export const LOCK_ORDER = [
  'mappings',
  'runs',
  'intake',
  'people',
  'requests',
  'names',
  'tasks',
  'turns',
] as const;
export type LockKind = (typeof LOCK_ORDER)[number];

export interface Lock {
  readonly kind: LockKind;
  /** The statement, for the message. */
  readonly text: string;
  /** Of turns the lines, of runs their primary keys, in the order they are asked for. */
  readonly keys: readonly string[];
}

/** Which lock a statement takes, by what only that statement says; a kind stands before those whose text it contains. */
const STATEMENTS: readonly (readonly [kind: LockKind, pattern: RegExp])[] = [
  ['intake', /advisory_xact_lock\(\$1\) as intake/],
  ['names', /advisory_xact_lock\(\$1\) as names/],
  ['turns', /advisory_xact_lock\(hashtextextended\(line/],
  [
    'mappings',
    /insert into (?:department|person_type)_mapping|from (?:department|person_type)_mapping .*for update/,
  ],
  ['runs', /from sync_run\b.*for (?:no key )?update/],
  ['tasks', /from account_task\b.*for (?:no key )?update/],
  ['requests', /account_request\b.*for no key update/],
  ['people', /from person where .*for no key update/],
];

/** Transactions that `work` ran on any connection of this process, each as the locks it asked for, in order. */
export async function recordLocks(work: () => Promise<void>): Promise<Lock[][]> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return transactionsOf(
      query.mock.calls.map(([statement, values], index) => ({
        connection: query.mock.contexts[index],
        ...read(statement, values),
      })),
    );
  } finally {
    query.mockRestore();
  }
}

interface Sent {
  readonly connection: unknown;
  readonly text: string;
  readonly values: readonly unknown[];
}

function read(statement: unknown, values: unknown): Omit<Sent, 'connection'> {
  if (typeof statement !== 'object' || statement === null || !('text' in statement))
    return { text: String(statement), values: Array.isArray(values) ? values : [] };
  return {
    text: String(statement.text),
    values: 'values' in statement && Array.isArray(statement.values) ? statement.values : [],
  };
}

function transactionsOf(sent: readonly Sent[]): Lock[][] {
  const open = new Map<unknown, Lock[]>();
  const all: Lock[][] = [];
  for (const { connection, text, values } of sent) {
    if (/^\s*begin\b/i.test(text)) {
      const locks: Lock[] = [];
      open.set(connection, locks);
      all.push(locks);
    } else if (/^\s*(?:commit|rollback)\b/i.test(text)) open.delete(connection);
    const lock = lockOf(text, values);
    // A statement outside of a transaction is one by itself.
    if (lock !== null) (open.get(connection) ?? startOne(all)).push(lock);
  }
  return all.filter((locks) => locks.length > 0);
}

function startOne(all: Lock[][]): Lock[] {
  const locks: Lock[] = [];
  all.push(locks);
  return locks;
}

function lockOf(text: string, values: readonly unknown[]): Lock | null {
  const flat = text.replaceAll(/\s+/g, ' ').toLowerCase();
  const kind = STATEMENTS.find(([, pattern]) => pattern.test(flat))?.[0];
  if (kind === undefined) return null;
  return { kind, text: flat.trim().slice(0, 160), keys: keysOf(kind, values) };
}

function keysOf(kind: LockKind, values: readonly unknown[]): string[] {
  const given = values.flat().map(String);
  if (kind === 'runs') return given.filter((value) => /^\d+$/.test(value));
  return kind === 'turns' ? given : [];
}

/**
 * What is wrong with a transaction: a lock that stands before one it has already, unless it holds that very row; or
 * lines of turns out of order.
 */
export function lockOrderProblems(locks: readonly Lock[]): string[] {
  return locks.flatMap((lock, index) => {
    const before = locks.slice(0, index);
    const held = before.flatMap(({ kind, keys }) => (kind === lock.kind ? keys : []));
    const isHeld = lock.keys.length > 0 && lock.keys.every((key) => held.includes(key));
    if (isHeld) return [];
    const later = before.find(({ kind }) => LOCK_ORDER.indexOf(kind) > LOCK_ORDER.indexOf(lock.kind));
    const line = lock.kind === 'turns' ? firstOutOfOrder(lock.keys, held) : undefined;
    return [
      ...(later === undefined ? [] : [`${lock.kind} after ${later.kind}: ${lock.text}`]),
      ...(line === undefined ? [] : [`${line} out of order: ${lock.text}`]),
    ];
  });
}

function firstOutOfOrder(keys: readonly string[], held: readonly string[]): string | undefined {
  return keys.find((key, at) => [...held, ...keys.slice(0, at)].some((other) => other > key));
}
