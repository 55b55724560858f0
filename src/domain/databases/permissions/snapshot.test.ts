import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permissionCategories } from '../engines.ts';
import { normalise, objectName, type Permission } from './permission.ts';
import { effectiveRoles, type Membership } from './role-closure.ts';
import { applyDiff, diffSnapshots, hashSnapshot, isEmptyDiff, type Snapshot } from './snapshot.ts';

const few = (...values: string[]) => fc.constantFrom(...values);
const permission: fc.Arbitrary<Permission> = fc.record({
  category: fc.constantFrom(...permissionCategories),
  scope: few('*', 'shop', 'my\\_db', 'app%'),
  object: fc.option(few('s.t', 's.t.c', 'odd\\.name.t', "o'brien", '🦊'), { nil: null }),
  privilege: few('SELECT', 'INSERT', 'OWNER', 'MEMBER'),
  state: fc.constantFrom('GRANT' as const, 'DENY' as const),
  grantable: fc.boolean(),
});
const attributes = fc.dictionary(
  few('locked', 'validUntil', 'defaultRoles', 'plugin'),
  fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.array(fc.string(), { maxLength: 3 })),
);
const snapshot: fc.Arbitrary<Snapshot> = fc.record({
  attributes,
  permissions: fc.array(permission, { maxLength: 30 }),
});
const canonical = (one: Snapshot) => ({
  attributes: one.attributes,
  permissions: normalise(one.permissions),
});

test('W9: a snapshot does not differ from itself, in whatever order and how often its rows come', () => {
  fc.assert(
    fc.property(snapshot, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (one, order) => {
      const shuffled = [...one.permissions, ...one.permissions]
        .map((row) => ({ row, key: Number(order.next().value) }))
        .sort((a, b) => a.key - b.key)
        .map(({ row }) => row);
      const other = {
        attributes: Object.fromEntries(Object.entries(one.attributes).toReversed()),
        permissions: shuffled,
      };
      expect(isEmptyDiff(diffSnapshots(one, other))).toBe(true);
      expect(hashSnapshot(other)).toBe(hashSnapshot(one));
    }),
  );
});

test('the diff of two snapshots, applied to the first, is the second', () => {
  fc.assert(
    fc.property(snapshot, snapshot, (a, b) => {
      const diff = diffSnapshots(a, b);
      expect(canonical(applyDiff(diff, a))).toEqual(canonical(b));
      expect(isEmptyDiff(diff)).toBe(hashSnapshot(a) === hashSnapshot(b));
    }),
  );
});

test('a right that is passed on now is taken off as it was and put on as it is', () => {
  const row: Permission = {
    category: 'TABLE',
    scope: 'd',
    object: 't',
    privilege: 'SELECT',
    state: 'GRANT',
    grantable: false,
  };
  const diff = diffSnapshots(
    { attributes: {}, permissions: [row] },
    { attributes: {}, permissions: [{ ...row, grantable: true }] },
  );
  expect(diff).toMatchObject({ added: [{ grantable: true }], removed: [{ grantable: false }] });
});

test('the same right from two grantors is one row, passed on when one of them lets it', () => {
  const row: Permission = {
    category: 'TABLE',
    scope: 'd',
    object: 't',
    privilege: 'SELECT',
    state: 'GRANT',
    grantable: false,
  };
  expect(normalise([row, { ...row, grantable: true }, row])).toEqual([{ ...row, grantable: true }]);
});

test('dots and backslashes inside of names are told from those between them', () => {
  expect(objectName('a.b', 'c\\d', 'e')).toBe('a\\.b.c\\\\d.e');
});

const membership = fc.record({
  member: few('a', 'b', 'c', 'd', 'e'),
  role: few('a', 'b', 'c', 'd', 'e'),
  set: fc.boolean(),
  inherit: fc.boolean(),
});

test('the closure of roles ends in circles, and is what following every path gives', () => {
  fc.assert(
    fc.property(fc.array(membership, { maxLength: 14 }), (edges) => {
      const all = edges.map((edge): Membership => ({ ...edge, name: edge.role }));
      const of = (member: string) => all.filter((edge) => edge.member === member);
      const found = effectiveRoles('a', of);
      const names = found.map(({ role }) => role).sort();
      expect(names).toEqual([...reachable('a', all)].sort());
      for (const { role, via } of found) {
        expect(via.at(-1)).toBe(role);
        expect(isPath('a', via, all)).toBe(true);
      }
    }),
  );
});

/** Every path, walked naively: SET links, then INHERIT links. */
function reachable(start: string, edges: readonly Membership[]): Set<string> {
  const becomes = spread(
    new Set([start]),
    edges.filter(({ set }) => set),
  );
  const all = spread(
    becomes,
    edges.filter(({ inherit }) => inherit),
  );
  all.delete(start);
  return all;
}

function spread(from: ReadonlySet<string>, edges: readonly Membership[]): Set<string> {
  const reached = new Set(from);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { member, role } of edges) if (reached.has(member)) reached.add(role);
  }
  return reached;
}

function isPath(start: string, via: readonly string[], edges: readonly Membership[]): boolean {
  let at = start;
  return via.every((role) => {
    const step = edges.some((edge) => edge.member === at && edge.role === role && (edge.set || edge.inherit));
    at = role;
    return step;
  });
}
