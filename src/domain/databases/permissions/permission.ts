import type { PermissionCategory, PermissionState } from '../engines.ts';

/**
 * One right in the normal form (databases-normal-form.md): the privilege, its place, and whether it may be passed on.
 */
export interface Permission {
  readonly category: PermissionCategory;
  /** The database as stored; `*` is the whole instance. */
  readonly scope: string;
  /** Null: the scope itself. */
  readonly object: string | null;
  /** The engine's keyword in upper case. */
  readonly privilege: string;
  readonly state: PermissionState;
  readonly grantable: boolean;
}

/** A right as one account holds it; `via` is empty for its own, else the roles it comes through. */
export interface HeldPermission extends Permission {
  readonly via: readonly string[];
}

/** The scope of what belongs to no database. */
export const INSTANCE_SCOPE = '*';

/** The identity of a right: everything but `grantable`. */
export function identityOf({ category, scope, object, privilege, state }: Permission): string {
  return JSON.stringify([category, scope, object, privilege, state]);
}

/** A granted right; most rows are. */
export function grant(
  category: PermissionCategory,
  right: {
    readonly scope: string;
    readonly object?: string | null;
    readonly privilege: string;
    readonly grantable?: boolean;
  },
): Permission {
  const { scope, object = null, privilege, grantable = false } = right;
  return { category, scope, object, privilege, state: 'GRANT', grantable };
}

/**
 * The sorted set of these rows: order and doubles do not matter, and what one of several grantors lets pass on may be
 * passed on.
 */
export function normalise(rows: Iterable<Permission>): readonly Permission[] {
  const byIdentity = new Map<string, Permission>();
  for (const row of rows) {
    const identity = identityOf(row);
    const known = byIdentity.get(identity);
    if (known === undefined || (row.grantable && !known.grantable)) byIdentity.set(identity, row);
  }
  return [...byIdentity.values()].sort(comparePermissions);
}

/** Order of a snapshot: by code points, field after field; the scope itself before its objects. */
export function comparePermissions(a: Permission, b: Permission): number {
  return (
    compareCodePoints(a.category, b.category) ||
    compareCodePoints(a.scope, b.scope) ||
    compareObjects(a.object, b.object) ||
    compareCodePoints(a.privilege, b.privilege) ||
    compareCodePoints(a.state, b.state)
  );
}

function compareObjects(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compareCodePoints(a, b);
}

/** Order of code points, which is that of UTF-8 bytes and of Postgres's collation "C". */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    // Surrogates stand for code points above all others.
    return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(codeUnit: number): number {
  if (codeUnit >= 0xe000) return codeUnit - 0x0800;
  return codeUnit >= 0xd800 ? codeUnit + 0x2000 : codeUnit;
}

/** Names as stored, joined by `.`; a `.` or `\` inside one is preceded by `\`. */
export function objectName(...names: readonly string[]): string {
  return names.map((name) => name.replace(/[.\\]/g, '\\$&')).join('.');
}
