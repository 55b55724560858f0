import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { LockReason, RemoteAccount } from '../../domain/databases/permissions/catalog.ts';
import { grant, objectName, type Permission } from '../../domain/databases/permissions/permission.ts';
import { PUBLIC } from '../../domain/databases/permissions/role-directory.ts';
import type {
  DatabasePermission,
  DatabaseReading,
  DatabaseUser,
  Member,
  ServerPermission,
  ServerPrincipal,
} from './catalog.ts';

/** Rows read from a server. */
export interface SqlserverReading {
  readonly principals: readonly ServerPrincipal[];
  readonly members: readonly Member[];
  readonly permissions: readonly ServerPermission[];
  readonly databases: readonly DatabaseReading[];
}

const PUBLIC_IDENTITY = '0';
/** Users of a database that stand for its own machinery. */
const machinery = new Set(['sys', 'INFORMATION_SCHEMA']);

/** An account while its rows are gathered. */
interface Draft {
  readonly account: Omit<RemoteAccount, 'permissions' | 'attributes'>;
  readonly attributes: Record<string, unknown>;
  /** Its user in each database. */
  readonly users: Record<string, string>;
  readonly rows: Permission[];
}

/** Logins, orphans and roles in the normal form: a login's rows are its own and those of its users by SID. */
export function accountsOf(reading: SqlserverReading): readonly RemoteAccount[] {
  const drafts = new Map<string, Draft>();
  const everybody = draftOf({
    identity: PUBLIC_IDENTITY,
    name: PUBLIC,
    nativeId: PUBLIC_IDENTITY,
    isRole: true,
    isSystem: true,
  });
  drafts.set(PUBLIC_IDENTITY, everybody);
  const byId = new Map<number, Draft>();
  const bySid = new Map<string, Draft>();
  const denied = new Set(
    reading.permissions
      .filter(({ permission, state }) => permission === 'CONNECT SQL' && state === 'D')
      .map(({ grantee }) => grantee),
  );
  for (const principal of reading.principals) {
    const draft = isPublic(principal) ? everybody : draftOfPrincipal(principal, denied.has(principal.id));
    byId.set(principal.id, draft);
    drafts.set(draft.account.identity, draft);
    if (principal.sid !== null && principal.type !== 'R') bySid.set(principal.sid, draft);
  }
  for (const permission of reading.permissions)
    byId.get(permission.grantee)?.rows.push(serverRow(permission));
  giveMembers(reading.members, byId, '*');
  for (const database of reading.databases) addDatabase(database, { drafts, bySid, everybody });
  return [...drafts.values()].map(({ account, attributes, users, rows }) => ({
    ...account,
    attributes: Object.keys(users).length > 0 ? { ...attributes, databases: users } : attributes,
    permissions: rows,
  }));
}

function addDatabase(
  reading: DatabaseReading,
  known: {
    readonly drafts: Map<string, Draft>;
    readonly bySid: ReadonlyMap<string, Draft>;
    readonly everybody: Draft;
  },
): void {
  const database = reading.database.name;
  const owner = reading.database.owner === null ? undefined : known.bySid.get(reading.database.owner);
  owner?.rows.push(grant('DATABASE', { scope: database, privilege: 'OWNER', grantable: true }));
  const byId = new Map<number, Draft>();
  const granted = new Set(reading.permissions.map(({ grantee }) => grantee));
  for (const user of reading.users) {
    if (machinery.has(user.name) || (user.name === 'guest' && !granted.has(user.id))) continue;
    const draft = draftOfUser(user, database, { ...known, owner });
    byId.set(user.id, draft);
    known.drafts.set(draft.account.identity, draft);
    if (user.type !== 'R' && user.type !== 'A') draft.users[database] = user.name;
  }
  for (const permission of reading.permissions) {
    const row = databaseRow(permission, database);
    if (row !== null) byId.get(permission.grantee)?.rows.push(row);
  }
  giveMembers(reading.members, byId, database);
}

function draftOfUser(
  user: DatabaseUser,
  database: string,
  known: {
    readonly bySid: ReadonlyMap<string, Draft>;
    readonly everybody: Draft;
    readonly owner: Draft | undefined;
  },
): Draft {
  if (user.type === 'R') {
    if (user.name === 'public') return known.everybody;
    const draft = draftOf({
      identity: `role:${database}:${user.id}`,
      name: user.name,
      nativeId: String(user.id),
      isRole: true,
      isSystem: user.fixed === 1,
      roleScope: database,
    });
    draft.attributes['roleOf'] = database;
    return draft;
  }
  const login = user.sid === null ? undefined : known.bySid.get(user.sid);
  if (login !== undefined) return login;
  if (user.name === 'dbo' && known.owner !== undefined) return known.owner;
  const orphan = draftOf({
    identity: `user:${database}:${user.sid ?? user.id}`,
    name: user.name,
    nativeId: user.sid,
    isRole: user.type === 'A',
    isSystem: user.name === 'guest',
  });
  orphan.attributes['orphanOf'] = database;
  orphan.attributes['authenticationType'] = user.authentication;
  return orphan;
}

function draftOfPrincipal(principal: ServerPrincipal, connectDenied: boolean): Draft {
  const isRole = principal.type === 'R';
  const draft = draftOf({
    identity: isRole ? `role:*:${principal.sid ?? principal.id}` : `login:${principal.sid ?? principal.id}`,
    name: principal.name,
    nativeId: principal.sid,
    isRole,
    isSystem: principal.fixed === 1 || principal.name.startsWith('##'),
    lockReasons: isRole
      ? []
      : [
          ...(principal.disabled === 1 ? (['DISABLED'] as const) : []),
          ...(connectDenied ? (['CONNECT_DENIED'] as const) : []),
          ...(principal.locked === 1 ? (['LOCKED_OUT'] as const) : []),
        ],
  });
  draft.attributes['typeDesc'] = principal.type_desc;
  if (isRole) return draft;
  draft.attributes['isDisabled'] = principal.disabled === 1;
  draft.attributes['defaultDatabaseName'] = principal.database_name;
  if (principal.type !== 'S') return draft;
  draft.attributes['isPolicyChecked'] = principal.policy === 1;
  draft.attributes['isExpirationChecked'] = principal.expiration === 1;
  draft.attributes['passwordExpired'] = principal.expired === 1;
  draft.attributes['mustChangePassword'] = principal.must_change === 1;
  return draft;
}

function draftOf(account: {
  readonly identity: string;
  readonly name: string;
  readonly nativeId: string | null;
  readonly isRole: boolean;
  readonly isSystem: boolean;
  readonly roleScope?: string;
  readonly lockReasons?: readonly LockReason[];
}): Draft {
  return {
    account: {
      host: null,
      displayName: account.name,
      locksAt: null,
      expiresAt: null,
      lastLoginAt: null,
      lockReasons: [],
      ...account,
    },
    attributes: {},
    users: {},
    rows: [],
  };
}

function giveMembers(members: readonly Member[], byId: ReadonlyMap<number, Draft>, scope: string): void {
  for (const { role, member } of members) {
    const name = byId.get(role)?.account.displayName;
    if (name !== undefined && name !== PUBLIC)
      byId.get(member)?.rows.push(grant('ROLE', { scope, object: name, privilege: 'MEMBER' }));
  }
}

function isPublic({ name, type }: ServerPrincipal): boolean {
  return type === 'R' && name === 'public';
}

const serverClasses: Readonly<Record<number, string>> = { 101: 'LOGIN', 105: 'ENDPOINT' };

function serverRow({ class: kind, class_desc, permission, state, name }: ServerPermission): Permission {
  const object = kind === 100 ? null : `${serverClasses[kind] ?? class_desc} ${objectName(name ?? '?')}`;
  return stated(
    state,
    grant('SERVER', { scope: '*', object, privilege: permission, grantable: state === 'W' }),
  );
}

/** Null: a thing of the system, which has no name in the database's own catalog. */
function databaseRow(row: DatabasePermission, database: string): Permission | null {
  const right = { scope: database, privilege: row.permission, grantable: row.state === 'W' };
  const make = (category: PermissionCategory, object: string | null) =>
    stated(row.state, grant(category, { ...right, object }));
  switch (row.class) {
    case 0:
      return make('DATABASE', null);
    case 3:
      return make('SCHEMA', objectName(row.schema_name ?? '?'));
    case 1: {
      if (row.schema_name === null || row.name === null) return null;
      if (row.column_name !== null)
        return make('COLUMN', objectName(row.schema_name, row.name, row.column_name));
      const category = categoryOf(row.object_type ?? '');
      const object = objectName(row.schema_name, row.name);
      return make(
        category,
        category === 'OBJECT' ? `${row.object_type === 'SN' ? 'SYNONYM' : row.class_desc} ${object}` : object,
      );
    }
    case 6:
      return make('TYPE', objectName(row.schema_name ?? '?', row.name ?? '?'));
    case 4: {
      const kind =
        row.principal_type === 'R' ? 'ROLE' : row.principal_type === 'A' ? 'APPLICATION ROLE' : 'USER';
      return make('OBJECT', `${kind} ${objectName(row.principal_name ?? '?')}`);
    }
    default:
      return make('OBJECT', `${row.class_desc.replaceAll('_', ' ')} ${row.major}`);
  }
}

const tables = new Set(['U', 'V', 'S', 'ET', 'IT']);
const routines = new Set(['P', 'PC', 'X', 'RF', 'FN', 'IF', 'TF', 'FS', 'FT', 'AF']);

function categoryOf(type: string): PermissionCategory {
  if (tables.has(type)) return 'TABLE';
  if (routines.has(type)) return 'ROUTINE';
  return type === 'SO' ? 'SEQUENCE' : 'OBJECT';
}

function stated(state: string, row: Permission): Permission {
  return state === 'D' ? { ...row, state: 'DENY' } : row;
}
