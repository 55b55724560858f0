import { createHash } from 'node:crypto';
import { compareCodePoints, identityOf, normalise, type Permission } from './permission.ts';

/** Properties of an account besides its rights, as the engine gives them: plain values, camelCase names. */
export type Attributes = Readonly<Record<string, unknown>>;

/** All that is compared of an account. */
export interface Snapshot {
  readonly attributes: Attributes;
  /** Direct rows; their order and doubles do not matter. */
  readonly permissions: readonly Permission[];
}

/** The difference between two snapshots. */
export interface SnapshotDiff {
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly other: AttributeChanges;
}

/** Attributes that differ; null where there is none. */
export type AttributeChanges = Readonly<
  Record<string, { readonly before: unknown; readonly after: unknown }>
>;

/** SHA-256 in hex of the canonical text: equal hash, equal snapshot, nothing to write. */
export function hashSnapshot(snapshot: Snapshot): string {
  const rows = normalise(snapshot.permissions).map((row) => [
    row.category,
    row.scope,
    row.object,
    row.privilege,
    row.state,
    row.grantable,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([canonical(snapshot.attributes), rows]))
    .digest('hex');
}

/**
 * Set algebra: a row whose `grantable` changed is removed as it was and added as it is. `diff(a, a)` is empty, and
 * `apply(diff(a, b), a)` is `b`.
 */
export function diffSnapshots(before: Snapshot, after: Snapshot): SnapshotDiff {
  const old = normalise(before.permissions);
  const now = normalise(after.permissions);
  const oldKeys = new Set(old.map(exact));
  const nowKeys = new Set(now.map(exact));
  return {
    added: now.filter((row) => !oldKeys.has(exact(row))),
    removed: old.filter((row) => !nowKeys.has(exact(row))),
    other: diffAttributes(before.attributes, after.attributes),
  };
}

/** True when nothing differs. */
export function isEmptyDiff({ added, removed, other }: SnapshotDiff): boolean {
  return added.length === 0 && removed.length === 0 && Object.keys(other).length === 0;
}

/** The snapshot that a diff leads to. */
export function applyDiff(diff: SnapshotDiff, to: Snapshot): Snapshot {
  const attributes = new Map(Object.entries(to.attributes));
  for (const [name, { after }] of Object.entries(diff.other)) {
    if (after === undefined || after === null) attributes.delete(name);
    else attributes.set(name, after);
  }
  return {
    attributes: Object.fromEntries(attributes),
    permissions: applyRows(diff, to.permissions),
  };
}

/** Rows with those of a change taken off and put on. */
export function applyRows(
  change: Pick<SnapshotDiff, 'added' | 'removed'>,
  rows: readonly Permission[],
): readonly Permission[] {
  const removed = new Set(change.removed.map(identityOf));
  return normalise([...rows.filter((row) => !removed.has(identityOf(row))), ...change.added]);
}

/** Attributes that differ; an absent one and a null one are the same. */
export function diffAttributes(before: Attributes, after: Attributes): AttributeChanges {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareCodePoints);
  return Object.fromEntries(
    names.flatMap((name) => {
      const change = { before: own(before, name), after: own(after, name) };
      return JSON.stringify(canonical(change.before)) === JSON.stringify(canonical(change.after))
        ? []
        : [[name, change]];
    }),
  );
}

function own(attributes: Attributes, name: string): unknown {
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
}

function exact(row: Permission): string {
  return `${row.grantable ? '+' : '-'}${identityOf(row)}`;
}

/** The same value with the keys of its objects in order, and without those that are null. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== undefined)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, part]) => [key, canonical(part)]);
}
