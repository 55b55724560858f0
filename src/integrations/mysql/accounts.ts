import type { RemoteAccount } from '../../domain/databases/permissions/catalog.ts';
import { grant, objectName, type Permission } from '../../domain/databases/permissions/permission.ts';
import type { Attributes } from '../../domain/databases/permissions/snapshot.ts';
import type {
  MariaAccount,
  MysqlDefault,
  MysqlDynamic,
  MysqlEdge,
  MysqlGrants,
  MysqlLevel,
} from './catalog.ts';
import { levelRows, mariaGlobals, parsePrivilegeSet, privilegeOfColumn } from './privileges.ts';

/** An account before its grants are put to it. */
export interface MysqlAccount {
  readonly user: string;
  readonly host: string;
  readonly isRole: boolean;
  /** A role of MariaDB: it has no host. */
  readonly hostless: boolean;
  readonly locked: boolean;
  readonly expiresAt: string | null;
  readonly attributes: Attributes;
  readonly rows: readonly Permission[];
}

const DAY_MS = 86_400_000;

/** Accounts and roles of MariaDB. @param version such as 1011. */
export function mariaAccounts(accounts: readonly MariaAccount[], version: number): readonly MysqlAccount[] {
  return accounts.map((account) => {
    const isRole = isTrue(account.is_role);
    const { privileges, option } = mariaGlobals(BigInt(account.access ?? '0'), version);
    const lifetime = numberOf(account.lifetime);
    const changed = numberOf(account.changed);
    const expires = lifetime !== null && lifetime > 0 && changed !== null && changed > 0;
    return {
      user: account.user,
      host: account.host,
      isRole,
      hostless: isRole,
      locked: isTrue(account.locked),
      expiresAt: expires ? new Date(changed * 1_000 + lifetime * DAY_MS).toISOString() : null,
      attributes: isRole
        ? {}
        : {
            plugin: account.plugin,
            accountLocked: isTrue(account.locked),
            passwordExpired: changed === 0,
            passwordLifetime: lifetime === -1 ? null : lifetime,
            passwordLastChanged:
              changed === null || changed === 0 ? null : new Date(changed * 1_000).toISOString(),
            defaultRoles:
              account.default_role === null || account.default_role === '' ? [] : [account.default_role],
            maxQuestions: numberOf(account.max_questions) ?? 0,
            maxUpdates: numberOf(account.max_updates) ?? 0,
            maxConnections: numberOf(account.max_connections) ?? 0,
            maxUserConnections: numberOf(account.max_user_connections) ?? 0,
            sslType: account.ssl_type,
          },
      rows: levelRows('SERVER', { scope: '*', privileges, option }),
    };
  });
}

/** Accounts of MySQL; one that is locked, expired and without password is as CREATE ROLE leaves it. */
export function mysqlAccounts(
  accounts: readonly MysqlLevel[],
  roles: { readonly defaults: readonly MysqlDefault[]; readonly dynamic: readonly MysqlDynamic[] },
): readonly MysqlAccount[] {
  const defaults = Map.groupBy(roles.defaults, ({ user, host }) => keyOf(user, host));
  const dynamic = Map.groupBy(roles.dynamic, ({ user, host }) => keyOf(user, host));
  return accounts.map((account) => {
    const text = (name: string) => (account[name] === null ? null : String(account[name] ?? ''));
    const user = text('user') ?? '';
    const host = text('host') ?? '';
    const locked = text('account_locked') === 'Y';
    const expired = text('password_expired') === 'Y';
    const isRole = locked && expired && text('has_password') === 'N';
    const lifetime = numberOf(text('password_lifetime'));
    const changed = text('password_last_changed');
    const changedAt = changed === null || changed === '' ? null : new Date(`${changed.replace(' ', 'T')}Z`);
    const expires = changedAt !== null && lifetime !== null && lifetime > 0;
    return {
      user,
      host,
      isRole,
      hostless: false,
      locked,
      expiresAt: expires ? new Date(changedAt.getTime() + lifetime * DAY_MS).toISOString() : null,
      attributes: {
        plugin: text('plugin'),
        accountLocked: locked,
        passwordExpired: expired,
        passwordLifetime: lifetime,
        passwordLastChanged: changedAt?.toISOString() ?? null,
        defaultRoles: (defaults.get(keyOf(user, host)) ?? [])
          .map(({ role, role_host }) => `${role}@${role_host}`)
          .sort(),
        maxQuestions: numberOf(text('max_questions')) ?? 0,
        maxUpdates: numberOf(text('max_updates')) ?? 0,
        maxConnections: numberOf(text('max_connections')) ?? 0,
        maxUserConnections: numberOf(text('max_user_connections')) ?? 0,
        sslType: text('ssl_type'),
      },
      rows: [
        ...levelRows('SERVER', {
          scope: '*',
          ...levelOf(account),
          carried: false,
        }),
        ...(dynamic.get(keyOf(user, host)) ?? []).map(({ privilege, option }) =>
          grant('SERVER', { scope: '*', privilege: privilege.toUpperCase(), grantable: option === 'Y' }),
        ),
        ...partialRevokes(text('restrictions')),
      ],
    };
  });
}

/** Accounts in the normal form, with everything that was granted them. */
export function remoteAccounts(
  accounts: readonly MysqlAccount[],
  grants: MysqlGrants,
  edges: readonly MysqlEdge[],
): readonly RemoteAccount[] {
  const names = new Map(
    accounts.map((account) => [keyOf(account.user, account.host), displayNameOf(account)]),
  );
  const rows = new Map<string, Permission[]>(
    accounts.map((account) => [keyOf(account.user, account.host), [...account.rows]]),
  );
  const give = (grantee: { readonly user: string; readonly host: string }, granted: readonly Permission[]) =>
    rows.get(keyOf(grantee.user, grantee.host))?.push(...granted);
  giveGrants(grants, give);
  for (const edge of edges) {
    const object = names.get(keyOf(edge.role, edge.role_host)) ?? edge.role;
    give(edge, [grant('ROLE', { scope: '*', object, privilege: 'MEMBER', grantable: edge.admin === 'Y' })]);
  }
  return accounts.map((account) => ({
    identity: JSON.stringify([account.user, account.hostless ? null : account.host]),
    name: account.user,
    host: account.hostless ? null : account.host,
    displayName: displayNameOf(account),
    nativeId: null,
    isRole: account.isRole,
    isSystem: false,
    attributes: account.attributes,
    lockReasons: account.locked && !account.isRole ? ['ACCOUNT_LOCKED'] : [],
    locksAt: null,
    expiresAt: account.expiresAt,
    lastLoginAt: null,
    permissions: rows.get(keyOf(account.user, account.host)) ?? [],
  }));
}

function giveGrants(
  grants: MysqlGrants,
  give: (grantee: { readonly user: string; readonly host: string }, rows: readonly Permission[]) => void,
): void {
  for (const level of grants.databases) {
    const named = lowered(level);
    const of = { user: String(named['user'] ?? ''), host: String(named['host'] ?? '') };
    give(of, levelRows('DATABASE', { scope: String(named['db'] ?? ''), ...levelOf(named) }));
  }
  const options = new Set<string>();
  for (const table of grants.tables) {
    const { privileges, option } = parsePrivilegeSet(table.rights);
    if (option) options.add(JSON.stringify([table.user, table.host, table.db, table.name]));
    const carried = table.columns !== '';
    give(
      table,
      levelRows('TABLE', { scope: table.db, object: objectName(table.name), privileges, option, carried }),
    );
  }
  for (const column of grants.columns) {
    const option = options.has(JSON.stringify([column.user, column.host, column.db, column.table]));
    const { privileges } = parsePrivilegeSet(column.rights);
    give(
      column,
      levelRows('COLUMN', {
        scope: column.db,
        object: objectName(column.table, column.name),
        privileges,
        option,
        carried: true,
      }),
    );
  }
  for (const routine of grants.routines) {
    const object = `${routine.type} ${objectName(routine.name)}`;
    give(routine, levelRows('ROUTINE', { scope: routine.db, object, ...parsePrivilegeSet(routine.rights) }));
  }
  for (const proxy of grants.proxies) {
    const object = `${proxy.proxied_user}@${proxy.proxied_host}`;
    give(proxy, [grant('PROXY', { scope: '*', object, privilege: 'PROXY', grantable: proxy.option })]);
  }
}

function displayNameOf({ user, host, hostless }: MysqlAccount): string {
  return hostless ? user : `${user}@${host}`;
}

function levelOf(level: MysqlLevel): { readonly privileges: readonly string[]; readonly option: boolean } {
  const set = Object.entries(level).filter(([, value]) => value === 'Y');
  return {
    privileges: set.flatMap(([column]) => privilegeOfColumn(column) ?? []),
    option: set.some(([column]) => column.toLowerCase() === 'grant_priv'),
  };
}

function lowered(level: MysqlLevel): MysqlLevel {
  return Object.fromEntries(Object.entries(level).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Privileges that a partial revoke takes back: `[{"Database": "app", "Privileges": ["SELECT"]}]`. */
function partialRevokes(restrictions: string | null): readonly Permission[] {
  if (restrictions === null || restrictions === '') return [];
  const list: unknown = JSON.parse(restrictions);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): Permission[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const database: unknown = Reflect.get(entry, 'Database');
    const privileges: unknown = Reflect.get(entry, 'Privileges');
    if (typeof database !== 'string' || !Array.isArray(privileges)) return [];
    return privileges.map((privilege: unknown) => ({
      ...grant('DATABASE', { scope: database, privilege: String(privilege).toUpperCase() }),
      state: 'DENY' as const,
    }));
  });
}

function keyOf(user: string, host: string): string {
  return JSON.stringify([user, host]);
}

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}

function numberOf(value: string | null): number | null {
  if (value === null || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
