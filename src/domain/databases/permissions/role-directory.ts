import type { DatabaseEngine } from '../engines.ts';
import { compareCodePoints, type HeldPermission, INSTANCE_SCOPE, type Permission } from './permission.ts';
import { effectiveRoles, type Membership } from './role-closure.ts';

/** The facts about an account from which its roles follow. */
export interface RoleHolder {
  readonly identity: string;
  readonly displayName: string;
  readonly isRole: boolean;
  readonly roleScope?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly permissions: readonly Permission[];
}

/** A role whose rows an account has besides its own. */
export interface HeldRole {
  /** Identity of the role. */
  readonly holder: string;
  readonly via: readonly string[];
  /** Rows of this scope only; null: all. */
  readonly scope: string | null;
  /** The account may become the role: its attributes count too. */
  readonly set: boolean;
  /** False for roles that were not granted: PUBLIC, and the owner's membership in pg_database_owner. */
  readonly named: boolean;
}

/** The account whose rows every account has. */
export const PUBLIC = 'PUBLIC';
const DATABASE_OWNER = 'pg_database_owner';

/** Who is in which role, worked out once for all accounts of a server. */
export class RoleDirectory {
  readonly #engine: DatabaseEngine;
  readonly #accounts: ReadonlyMap<string, RoleHolder>;
  /** By scope and name, as memberships name them. */
  readonly #roles = new Map<string, string>();
  readonly #memberships = new Map<string, readonly Membership[]>();
  readonly #wide = new Map<string, readonly Permission[]>();
  readonly #public: RoleHolder | undefined;
  readonly #databaseOwner: RoleHolder | undefined;

  constructor(engine: DatabaseEngine, accounts: readonly RoleHolder[]) {
    this.#engine = engine;
    this.#accounts = new Map(accounts.map((account) => [account.identity, account]));
    for (const { identity, displayName, roleScope } of accounts)
      this.#roles.set(roleKey(roleScope ?? INSTANCE_SCOPE, displayName), identity);
    this.#public = accounts.find(({ displayName, isRole }) => isRole && displayName === PUBLIC);
    this.#databaseOwner =
      engine === 'POSTGRESQL'
        ? accounts.find(({ displayName }) => displayName === DATABASE_OWNER)
        : undefined;
  }

  /** Display names of the roles it was granted itself, sorted. */
  memberOf(account: RoleHolder): readonly string[] {
    return sortedNames(
      account.permissions.flatMap(({ category, privilege, object }) =>
        category === 'ROLE' && privilege === 'MEMBER' && object !== null ? [object] : [],
      ),
    );
  }

  /** Every role whose rows it has, PUBLIC last. */
  rolesOf(account: RoleHolder): readonly HeldRole[] {
    const closure = effectiveRoles(account.identity, (member) => this.#membershipsOf(member));
    const held = closure.map(
      (role): HeldRole => ({ holder: role.role, via: role.via, scope: null, set: role.set, named: true }),
    );
    return [...held, ...this.#ownerships(account, held), ...this.#everybody(account)];
  }

  /** Display names of those roles of `rolesOf` that were granted, sorted. */
  effectiveNames(roles: readonly HeldRole[]): readonly string[] {
    return sortedNames(
      roles.flatMap(({ holder, named }) => {
        const role = this.#accounts.get(holder);
        return named && role !== undefined ? [role.displayName] : [];
      }),
    );
  }

  /** Rights through roles: every direct row of each, except its own attributes. */
  inherited(roles: readonly HeldRole[]): readonly HeldPermission[] {
    return roles.flatMap(({ holder, via, scope }) =>
      (this.#accounts.get(holder)?.permissions ?? []).flatMap((row) =>
        isHandedOn(row) && (scope === null || row.scope === scope) ? [{ ...row, via }] : [],
      ),
    );
  }

  /** As `inherited`, but only rights of the instance and of databases, which are what administrators are told by. */
  inheritedWide(roles: readonly HeldRole[]): readonly HeldPermission[] {
    return roles.flatMap(({ holder, via, scope }) =>
      this.#wideRows(holder).flatMap((row) =>
        scope === null || row.scope === scope ? [{ ...row, via }] : [],
      ),
    );
  }

  #wideRows(holder: string): readonly Permission[] {
    let rows = this.#wide.get(holder);
    if (rows === undefined) {
      rows = (this.#accounts.get(holder)?.permissions ?? []).filter(isWide);
      this.#wide.set(holder, rows);
    }
    return rows;
  }

  account(identity: string): RoleHolder | undefined {
    return this.#accounts.get(identity);
  }

  #membershipsOf(member: string): readonly Membership[] {
    const known = this.#memberships.get(member);
    if (known !== undefined) return known;
    const rows = (this.#accounts.get(member)?.permissions ?? []).filter(
      ({ category }) => category === 'ROLE',
    );
    const memberships = [...Map.groupBy(rows, ({ scope, object }) => roleKey(scope, object ?? ''))].flatMap(
      ([key, ofRole]): Membership[] => {
        const role = this.#roles.get(key);
        if (role === undefined) return [];
        const name = ofRole[0]?.object ?? '';
        if (this.#engine !== 'POSTGRESQL') return [{ member, role, name, set: true, inherit: true }];
        const has = (privilege: string) => ofRole.some((row) => row.privilege === privilege);
        return [{ member, role, name, set: has('SET'), inherit: has('INHERIT') }];
      },
    );
    this.#memberships.set(member, memberships);
    return memberships;
  }

  /** In a database its owner, and every account with the owner's rights, counts as member of pg_database_owner. */
  #ownerships(account: RoleHolder, held: readonly HeldRole[]): readonly HeldRole[] {
    const role = this.#databaseOwner;
    if (role === undefined || role.identity === account.identity) return [];
    const owners = [{ owner: account, via: [] as readonly string[] }].concat(
      held.flatMap(({ holder, via }) => {
        const owner = this.#accounts.get(holder);
        return owner === undefined ? [] : [{ owner, via }];
      }),
    );
    const scopes = new Set<string>();
    return owners.flatMap(({ owner, via }) =>
      owner.permissions.flatMap(({ category, privilege, scope }) => {
        if (category !== 'DATABASE' || privilege !== 'OWNER' || scopes.has(scope)) return [];
        scopes.add(scope);
        return [{ holder: role.identity, via: [...via, DATABASE_OWNER], scope, set: false, named: false }];
      }),
    );
  }

  #everybody(account: RoleHolder): readonly HeldRole[] {
    const everybody = this.#public;
    if (everybody === undefined || everybody.identity === account.identity) return [];
    const one = { holder: everybody.identity, via: [PUBLIC], set: false, named: false };
    if (this.#engine !== 'SQLSERVER') return [{ ...one, scope: null }];
    // A login is in a database's public only where it has a user.
    return [INSTANCE_SCOPE, ...userDatabases(account.attributes)].map((scope) => ({ ...one, scope }));
  }
}

function userDatabases(attributes: Readonly<Record<string, unknown>>): readonly string[] {
  const databases = attributes['databases'];
  return typeof databases === 'object' && databases !== null ? Object.keys(databases) : [];
}

function isWide({ category }: Permission): boolean {
  return category === 'SERVER' || category === 'DATABASE' || category === 'SYSTEM';
}

function isHandedOn({ category }: Permission): boolean {
  return category !== 'ROLE' && category !== 'ATTRIBUTE';
}

function roleKey(scope: string, name: string): string {
  return JSON.stringify([scope, name]);
}

function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareCodePoints);
}
