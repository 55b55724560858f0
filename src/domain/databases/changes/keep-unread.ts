import type { RemoteAccount } from '../permissions/catalog.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Attributes } from '../permissions/snapshot.ts';

/** True for a row that the reading says nothing about. */
export type UnreadTest = (row: Pick<Permission, 'category' | 'scope'>) => boolean;

/**
 * Rows of the categories that were read wholly. Some categories have two sources; where one was denied, rows of the other
 * would be half an answer.
 */
export function readRowsOf({ permissions }: RemoteAccount, unread: UnreadTest): readonly Permission[] {
  return permissions.some(unread) ? permissions.filter((row) => !unread(row)) : permissions;
}

/** Attributes as read, and as they were before where they come from what was not read. */
export function attributesWithUnread(before: Attributes, now: Attributes, unread: UnreadTest): Attributes {
  const kept: Record<string, unknown> = { ...now };
  if ('defaultRoles' in before && unread({ category: 'ROLE', scope: '*' }))
    kept['defaultRoles'] = before['defaultRoles'];
  const databases = usersWithUnread(before['databases'], now['databases'], unread);
  if (databases !== null) kept['databases'] = databases;
  return kept;
}

/** The database that an account of SQL Server lives in; null: it is of the instance. */
export function homeOf(attributes: Attributes): string | null {
  const home = attributes['orphanOf'] ?? attributes['roleOf'];
  return typeof home === 'string' ? home : null;
}

/** True for an account whose absence means nothing: the database that it lives in was not read. */
export function livesInUnread(attributes: Attributes, unread: UnreadTest): boolean {
  const home = homeOf(attributes);
  return home !== null && unread({ category: 'ROLE', scope: home });
}

/** A login's user in each database; null: no database that it was seen in is unread. */
function usersWithUnread(before: unknown, now: unknown, unread: UnreadTest): object | null {
  const kept = entriesOf(before).filter(([scope]) => unread({ category: 'ROLE', scope }));
  return kept.length === 0 ? null : Object.fromEntries([...entriesOf(now), ...kept]);
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
