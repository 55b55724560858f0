import { type SafetyThresholds, safetyLimit } from '../../runs/safety-limit.ts';
import type { AccountChangeKind, DatabaseAccountState } from '../engines.ts';
import type { RemoteAccount, RemoteCatalog } from '../permissions/catalog.ts';
import { normalise, type Permission } from '../permissions/permission.ts';
import {
  type AttributeChanges,
  type Attributes,
  diffSnapshots,
  hashSnapshot,
} from '../permissions/snapshot.ts';
import { attributesWithUnread, homeOf, livesInUnread, readRowsOf, type UnreadTest } from './keep-unread.ts';

/** An account as it was stored by the last run. */
export interface StoredAccount {
  /** Primary key. */
  readonly id: string;
  readonly identity: string;
  readonly name: string;
  readonly host: string | null;
  readonly displayName: string;
  readonly nativeId: string | null;
  readonly isRole: boolean;
  readonly isSystem: boolean;
  readonly state: DatabaseAccountState;
  readonly attributes: Attributes;
  /** Null: it has disappeared. */
  readonly snapshotHash: string | null;
}

/** An entry of the change log. */
export interface PlannedChange {
  readonly kind: AccountChangeKind;
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly other: AttributeChanges;
}

/** One account after the run. */
export interface PlannedAccount {
  readonly remote: RemoteAccount;
  /** Primary key; null: it is new. */
  readonly id: string | null;
  /** All direct rows, with those that could not be read as they were. */
  readonly permissions: readonly Permission[];
  readonly hash: string;
  readonly outcome: 'created' | 'reactivated' | 'changed' | 'unchanged';
  readonly changes: readonly PlannedChange[];
  /** False: the stored rows are these already. */
  readonly writesRows: boolean;
}

/** Changes that a run makes to the accounts of an instance. */
export interface InstancePlan {
  readonly accounts: readonly PlannedAccount[];
  /** Accounts that were not seen, with all they had. */
  readonly disappeared: readonly { readonly id: string; readonly change: PlannedChange }[];
  /** ACTIVE accounts before the run. */
  readonly activeBefore: number;
}

/** Hashes of the accounts read, by identity. */
export function hashAccounts(catalog: RemoteCatalog): ReadonlyMap<string, string> {
  return new Map(catalog.accounts.map((account) => [account.identity, hashSnapshot(account)]));
}

/** An instance's catalog as read, with hashes that make comparing it fast. */
export interface HashedCatalog {
  readonly catalog: RemoteCatalog;
  readonly hashes: ReadonlyMap<string, string>;
  readonly unread: UnreadTest;
}

/**
 * Compares the reading with the stored catalog. A category that was not read wholly is never compared: its rows stay,
 * and so do accounts that live in a database that was not read. A
 * role's new name is one RENAME of the role; rows that only name it anew follow without entries. @param rowsOf stored
 * direct rows; asked only for accounts whose snapshot differs.
 */
export function planChanges(
  { catalog, hashes, unread }: HashedCatalog,
  stored: readonly StoredAccount[],
  rowsOf: (id: string) => readonly Permission[],
): InstancePlan {
  const known = new Map(stored.map((account) => [account.identity, account]));
  const context: Context = { hashes, unread, rowsOf, renamed: renamedRoles(catalog.accounts, known) };
  const accounts = catalog.accounts.map((remote) => planAccount(remote, known.get(remote.identity), context));
  const seen = new Set(catalog.accounts.map(({ identity }) => identity));
  const unseen = stored.filter(({ state, identity }) => state === 'ACTIVE' && !seen.has(identity));
  const [gone, kept] = split(unseen, ({ attributes }) => livesInUnread(attributes, unread));
  return {
    accounts: [...accounts, ...kept.map((account) => asItWas(account, normalise(rowsOf(account.id))))],
    disappeared: gone.map(({ id }) => ({
      id,
      change: { kind: 'DELETE', added: [], removed: normalise(rowsOf(id)), other: {} },
    })),
    activeBefore: stored.filter(({ state }) => state === 'ACTIVE').length,
  };
}

/** True for disappearances that a person must confirm. */
export function asksForConfirmation(
  plan: Pick<InstancePlan, 'disappeared' | 'activeBefore'>,
  limits: SafetyThresholds,
): boolean {
  return plan.disappeared.length > safetyLimit(limits, plan.activeBefore);
}

interface Context {
  readonly hashes: ReadonlyMap<string, string>;
  readonly unread: UnreadTest;
  /** New names of roles by their old ones. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly rowsOf: (id: string) => readonly Permission[];
}

function planAccount(
  remote: RemoteAccount,
  before: StoredAccount | undefined,
  context: Context,
): PlannedAccount {
  const permissions = normalise(readRowsOf(remote, context.unread));
  const isWhole = permissions.length === remote.permissions.length;
  const hash = (isWhole ? context.hashes.get(remote.identity) : null) ?? hashOf(remote, permissions);
  if (before === undefined || before.state === 'DISAPPEARED') {
    const kind = before === undefined ? 'ADD' : 'REACTIVATE';
    const changes: PlannedChange[] = [{ kind, added: permissions, removed: [], other: {} }];
    if (before !== undefined && before.displayName !== remote.displayName)
      changes.unshift(renaming(before, remote));
    const outcome = before === undefined ? 'created' : 'reactivated';
    return { remote, id: before?.id ?? null, permissions, hash, outcome, changes, writesRows: true };
  }
  const { id } = before;
  if (hash === before.snapshotHash && before.displayName === remote.displayName)
    return { remote, id, permissions, hash, outcome: 'unchanged', changes: [], writesRows: false };
  const attributes = attributesWithUnread(before.attributes, remote.attributes, context.unread);
  return planKnown({ ...remote, attributes, permissions }, before, context);
}

/** @param remote with the rows that were read wholly, and attributes that were not read as they were. */
function planKnown(remote: RemoteAccount, before: StoredAccount, context: Context): PlannedAccount {
  const old = normalise(context.rowsOf(before.id));
  const permissions = normalise([...remote.permissions, ...old.filter(context.unread)]);
  const expected = old.map((row) => renameRow(row, context.renamed));
  const diff = diffSnapshots(
    { attributes: before.attributes, permissions: expected },
    { attributes: remote.attributes, permissions },
  );
  const changes: PlannedChange[] = [];
  if (before.displayName !== remote.displayName) changes.push(renaming(before, remote));
  if (diff.added.length > 0 || diff.removed.length > 0) changes.push({ kind: 'MODIFY_PRIVILEGE', ...diff });
  else if (Object.keys(diff.other).length > 0) changes.push({ kind: 'MODIFY_OTHER', ...diff });
  const hash = hashOf(remote, permissions);
  const writesRows = hash !== before.snapshotHash;
  const outcome = changes.length > 0 ? 'changed' : 'unchanged';
  return { remote, id: before.id, permissions, hash, outcome, changes, writesRows };
}

/** An account that the reading says nothing about: it stays as it was last seen. */
function asItWas(stored: StoredAccount, permissions: readonly Permission[]): PlannedAccount {
  const { id, identity, name, host, displayName, nativeId, isRole, isSystem, attributes } = stored;
  const home = homeOf(attributes);
  const remote: RemoteAccount = {
    identity,
    name,
    host,
    displayName,
    nativeId,
    isRole,
    isSystem,
    ...(home !== null && isRole && { roleScope: home }),
    attributes,
    lockReasons: [],
    locksAt: null,
    expiresAt: null,
    lastLoginAt: null,
    permissions,
  };
  const hash = stored.snapshotHash ?? hashOf(remote, permissions);
  return { remote, id, permissions, hash, outcome: 'unchanged', changes: [], writesRows: false };
}

/** Those that fail a test, and those that pass it. */
function split<Item>(items: readonly Item[], passes: (item: Item) => boolean): [Item[], Item[]] {
  const parts: [Item[], Item[]] = [[], []];
  for (const item of items) parts[passes(item) ? 1 : 0].push(item);
  return parts;
}

function hashOf(remote: RemoteAccount, permissions: readonly Permission[]): string {
  return hashSnapshot({ attributes: remote.attributes, permissions });
}

function renaming(before: StoredAccount, after: RemoteAccount): PlannedChange {
  const other = { name: { before: before.displayName, after: after.displayName } };
  return { kind: 'RENAME', added: [], removed: [], other };
}

function renamedRoles(
  accounts: readonly RemoteAccount[],
  known: ReadonlyMap<string, StoredAccount>,
): ReadonlyMap<string, string> {
  return new Map(
    accounts.flatMap(({ identity, displayName }): [string, string][] => {
      const before = known.get(identity);
      return before === undefined || before.displayName === displayName
        ? []
        : [[before.displayName, displayName]];
    }),
  );
}

/** A row as it reads once accounts have other names: memberships and default privileges name them. */
export function renameRow(row: Permission, renamed: ReadonlyMap<string, string>): Permission {
  if (renamed.size === 0 || row.object === null) return row;
  if (row.category === 'ROLE') {
    const object = renamed.get(row.object);
    return object === undefined ? row : { ...row, object };
  }
  if (row.category !== 'DEFAULT') return row;
  const [, kind, creator, rest = ''] = /^([A-Z ]+ BY )(.*?)( IN .*)?$/s.exec(row.object) ?? [];
  const name = creator === undefined ? undefined : renamed.get(creator);
  return kind === undefined || name === undefined ? row : { ...row, object: `${kind}${name}${rest}` };
}
