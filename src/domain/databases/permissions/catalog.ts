import type { CategoryStatus, DatabaseEngine, PermissionCategory } from '../engines.ts';
import type { Permission } from './permission.ts';
import type { Attributes } from './snapshot.ts';

/** An account or a role as a server has it, in the normal form. */
export interface RemoteAccount {
  /** Tells accounts of one server apart and stays when one is renamed, where the engine has such a thing. */
  readonly identity: string;
  readonly name: string;
  /** MySQL only. */
  readonly host: string | null;
  readonly displayName: string;
  readonly nativeId: string | null;
  readonly isRole: boolean;
  /** By the engine's own rules. */
  readonly isSystem: boolean;
  /** Where a role can be granted: a database of SQL Server; absent: the whole instance. */
  readonly roleScope?: string;
  readonly attributes: Attributes;
  /** Why it cannot log in, whatever the time is; empty: it can. */
  readonly lockReasons: readonly LockReason[];
  /** From this moment it cannot log in, in ISO 8601. */
  readonly locksAt: string | null;
  /** When it, or its password, expires. */
  readonly expiresAt: string | null;
  readonly lastLoginAt: string | null;
  readonly permissions: readonly Permission[];
}

export const lockReasons = [
  'ACCOUNT_LOCKED',
  'LOGIN_NOT_ALLOWED',
  'CONNECTION_LIMIT_ZERO',
  'DISABLED',
  'CONNECT_DENIED',
  'LOCKED_OUT',
] as const;
export type LockReason = (typeof lockReasons)[number];

/** Whether a category could be read. */
export interface CategoryCoverage {
  readonly category: PermissionCategory;
  /** The database; null: all. */
  readonly scope: string | null;
  readonly status: CategoryStatus;
  /** The statement that would help; null when none would. */
  readonly grant: string | null;
  /** The server's message, scrubbed; null when there is none. */
  readonly detail: string | null;
}

/** Everything that was read of one server. */
export interface RemoteCatalog {
  readonly engine: DatabaseEngine;
  readonly product: string;
  readonly version: string;
  readonly accounts: readonly RemoteAccount[];
  /** The same when the server gave the same rows: then its accounts are the same. */
  readonly fingerprint: string;
  readonly coverage: readonly CategoryCoverage[];
  /** Databases that exist but could not be opened; their rows stay as last seen. */
  readonly closedScopes: readonly string[];
}

/** True for a row that this reading says nothing about, so that its absence means nothing. */
export function unreadBy({
  engine,
  coverage,
  closedScopes,
}: Pick<RemoteCatalog, 'engine' | 'coverage' | 'closedScopes'>): (
  row: Pick<Permission, 'category' | 'scope'>,
) => boolean {
  const unread = new Set(
    coverage
      .filter(({ status }) => status === 'DENIED' || status === 'ERROR')
      .map(({ category, scope }) => JSON.stringify([category, scope])),
  );
  const closed = new Set(closedScopes);
  // SQL Server keeps the rights of a database in the database itself.
  const isOutside = (category: PermissionCategory) => category === 'DATABASE' && engine !== 'SQLSERVER';
  return ({ category, scope }) =>
    unread.has(JSON.stringify([category, null])) ||
    unread.has(JSON.stringify([category, scope])) ||
    (closed.has(scope) && !isOutside(category));
}
