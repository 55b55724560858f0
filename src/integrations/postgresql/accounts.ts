import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { LockReason, RemoteAccount } from '../../domain/databases/permissions/catalog.ts';
import { grant, objectName, type Permission } from '../../domain/databases/permissions/permission.ts';
import { PUBLIC } from '../../domain/databases/permissions/role-directory.ts';
import type { PlacedRight, PostgresMembership, PostgresRole } from './catalog.ts';

/** Stands for PUBLIC in an ACL. */
const PUBLIC_OID = '0';

/** Rows read from a server. */
export interface PostgresReading {
  readonly roles: readonly PostgresRole[];
  readonly memberships: readonly PostgresMembership[];
  readonly rights: readonly PlacedRight[];
}

/** Roles in the normal form, PUBLIC among them. */
export function accountsOf(reading: PostgresReading): readonly RemoteAccount[] {
  const names = new Map(reading.roles.map(({ oid, name }) => [oid, name]));
  const permissions = new Map<string, Permission[]>();
  const give = (oid: string, row: Permission) => {
    const rows = permissions.get(oid);
    if (rows === undefined) permissions.set(oid, [row]);
    else rows.push(row);
  };
  for (const role of reading.roles) for (const row of attributeRows(role)) give(role.oid, row);
  for (const membership of reading.memberships)
    for (const row of membershipRows(membership, names)) give(membership.member, row);
  for (const right of reading.rights) give(right.grantee, rightRow(right));
  const withMembers = new Set(reading.memberships.map(({ role }) => role));
  return [
    ...reading.roles.map((role) =>
      accountOf(role, withMembers.has(role.oid), permissions.get(role.oid) ?? []),
    ),
    everybody(permissions.get(PUBLIC_OID) ?? []),
  ];
}

function accountOf(
  role: PostgresRole,
  hasMembers: boolean,
  permissions: readonly Permission[],
): RemoteAccount {
  const isPredefined = role.name.startsWith('pg_');
  const isRole = isPredefined || (!role.rolcanlogin && hasMembers);
  return {
    identity: role.oid,
    name: role.name,
    host: null,
    displayName: role.name,
    nativeId: role.oid,
    isRole,
    isSystem: isPredefined,
    attributes: { inherit: role.rolinherit, connectionLimit: role.connlimit, validUntil: role.valid_until },
    lockReasons: isRole ? [] : lockReasonsOf(role),
    locksAt: isRole ? null : role.valid_until,
    expiresAt: role.valid_until,
    lastLoginAt: null,
    permissions,
  };
}

function lockReasonsOf(role: PostgresRole): readonly LockReason[] {
  return [
    ...(role.rolcanlogin ? [] : (['LOGIN_NOT_ALLOWED'] as const)),
    ...(role.connlimit === 0 ? (['CONNECTION_LIMIT_ZERO'] as const) : []),
    ...(role.expired_always === true ? (['DISABLED'] as const) : []),
  ];
}

function everybody(permissions: readonly Permission[]): RemoteAccount {
  return {
    identity: PUBLIC_OID,
    name: PUBLIC,
    host: null,
    displayName: PUBLIC,
    nativeId: PUBLIC_OID,
    isRole: true,
    isSystem: true,
    attributes: {},
    lockReasons: [],
    locksAt: null,
    expiresAt: null,
    lastLoginAt: null,
    permissions,
  };
}

function attributeRows(role: PostgresRole): readonly Permission[] {
  const attributes = [
    ['SUPERUSER', role.rolsuper],
    ['CREATEROLE', role.rolcreaterole],
    ['CREATEDB', role.rolcreatedb],
    ['REPLICATION', role.rolreplication],
    ['BYPASSRLS', role.rolbypassrls],
    ['LOGIN', role.rolcanlogin],
  ] as const;
  return attributes.flatMap(([privilege, has]) =>
    has ? [grant('ATTRIBUTE', { scope: '*', privilege })] : [],
  );
}

function membershipRows(
  { role, admin, inherits, sets }: PostgresMembership,
  names: ReadonlyMap<string, string>,
): readonly Permission[] {
  const object = names.get(role);
  // A role that was dropped between two reads.
  if (object === undefined) return [];
  return [
    grant('ROLE', { scope: '*', object, privilege: 'MEMBER', grantable: admin }),
    ...(inherits ? [grant('ROLE', { scope: '*', object, privilege: 'INHERIT' })] : []),
    ...(sets ? [grant('ROLE', { scope: '*', object, privilege: 'SET' })] : []),
  ];
}

const ownCategories: Readonly<Record<string, PermissionCategory>> = {
  SCHEMA: 'SCHEMA',
  TABLE: 'TABLE',
  SEQUENCE: 'SEQUENCE',
  COLUMN: 'COLUMN',
  TYPE: 'TYPE',
};

const defaultKinds = new Set(['TABLES', 'SEQUENCES', 'FUNCTIONS', 'TYPES', 'SCHEMAS', 'LARGE OBJECTS']);

function rightRow({ kind, names, privilege, grantable, scope }: PlacedRight): Permission {
  const [first = '', second = '', third = ''] = names;
  const right = { privilege, grantable };
  if (kind === 'DATABASE') return grant('DATABASE', { scope: first, ...right });
  const place = scope ?? '*';
  if (kind === 'ROUTINE')
    return grant('ROUTINE', { scope: place, object: `${objectName(first, second)}(${third})`, ...right });
  if (defaultKinds.has(kind)) {
    const object = `${kind} BY ${first}${names.length > 1 ? ` IN ${objectName(second)}` : ''}`;
    return grant('DEFAULT', { scope: place, object, ...right });
  }
  const category = ownCategories[kind];
  if (category !== undefined)
    return grant(category, { scope: place, object: objectName(...names), ...right });
  return grant('OBJECT', { scope: place, object: `${kind} ${objectName(first)}`, ...right });
}
