import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { LockReason, RemoteAccount } from '../../domain/databases/permissions/catalog.ts';
import { grant, objectName, type Permission } from '../../domain/databases/permissions/permission.ts';
import { PUBLIC } from '../../domain/databases/permissions/role-directory.ts';
import type { OracleRights, OracleRole, OracleUser } from './catalog.ts';

/** Users, roles and PUBLIC in the normal form. */
export function accountsOf(
  users: readonly OracleUser[],
  roles: readonly OracleRole[],
  rights: OracleRights,
): readonly RemoteAccount[] {
  const rows = rowsByGrantee(rights);
  const defaults = Map.groupBy(
    rights.memberships.filter(({ is_default }) => is_default === 'YES'),
    ({ grantee }) => grantee,
  );
  return [
    ...users.map(
      (user): RemoteAccount => ({
        ...plain(user.name),
        identity: `user:${user.id}`,
        nativeId: String(user.id),
        isSystem: user.maintained === 'Y',
        attributes: {
          accountStatus: user.status,
          profile: user.profile,
          defaultTablespace: user.tablespace,
          authenticationType: user.authentication,
          common: user.common === 'YES',
          passwordExpired: user.status.includes('EXPIRED'),
          expiryDate: user.expires,
          lockDate: user.locked,
          defaultRoles: (defaults.get(user.name) ?? []).map(({ role }) => role).sort(),
        },
        lockReasons: lockReasonsOf(user.status),
        expiresAt: user.expires,
        lastLoginAt: user.last_login,
        permissions: rows.get(user.name) ?? [],
      }),
    ),
    ...roles.map(
      (role): RemoteAccount => ({
        ...plain(role.name),
        identity: `role:${role.name}`,
        isRole: true,
        isSystem: role.maintained === 'Y',
        attributes: { authenticationType: role.authentication, common: role.common === 'YES' },
        permissions: rows.get(role.name) ?? [],
      }),
    ),
    {
      ...plain(PUBLIC),
      identity: 'public',
      nativeId: '0',
      isRole: true,
      isSystem: true,
      permissions: rows.get(PUBLIC) ?? [],
    },
  ];
}

function plain(name: string): Omit<RemoteAccount, 'permissions' | 'identity'> {
  return {
    name,
    host: null,
    displayName: name,
    nativeId: null,
    isRole: false,
    isSystem: false,
    attributes: {},
    lockReasons: [],
    locksAt: null,
    expiresAt: null,
    lastLoginAt: null,
  };
}

/** Reasons from `ACCOUNT_STATUS`. An expired password is none: its holder can log in to change it. */
function lockReasonsOf(status: string): readonly LockReason[] {
  if (!status.includes('LOCKED')) return [];
  return status.includes('LOCKED(TIMED)') ? ['LOCKED_OUT'] : ['ACCOUNT_LOCKED'];
}

function rowsByGrantee(rights: OracleRights): ReadonlyMap<string, readonly Permission[]> {
  const rows: (readonly [string, Permission])[] = [
    ...rights.memberships.map(
      ({ grantee, role, admin }) =>
        [
          grantee,
          grant('ROLE', { scope: '*', object: role, privilege: 'MEMBER', grantable: admin === 'YES' }),
        ] as const,
    ),
    ...rights.system.map(
      ({ grantee, privilege, admin }) =>
        [grantee, grant('SYSTEM', { scope: '*', privilege, grantable: admin === 'YES' })] as const,
    ),
    ...rights.objects.map(({ grantee, owner, name, type, privilege, grantable }) => {
      const right = { scope: owner, object: objectName(name), privilege, grantable: grantable === 'YES' };
      return [grantee, grant(categoryOf(type), right)] as const;
    }),
    ...rights.columns.map(({ grantee, owner, name, column, privilege, grantable }) => {
      const right = {
        scope: owner,
        object: objectName(name, column),
        privilege,
        grantable: grantable === 'YES',
      };
      return [grantee, grant('COLUMN', right)] as const;
    }),
    ...rights.quotas.map(
      ({ grantee, tablespace, bytes }) =>
        [
          grantee,
          grant('QUOTA', { scope: tablespace, privilege: bytes === '-1' ? 'UNLIMITED' : bytes }),
        ] as const,
    ),
    ...rights.administrators.flatMap((one) =>
      administrations.flatMap(([key, privilege]) =>
        one[key] === 'TRUE' ? [[one.grantee, grant('SYSTEM', { scope: '*', privilege })] as const] : [],
      ),
    ),
  ];
  return new Map(
    [...Map.groupBy(rows, ([grantee]) => grantee)].map(([grantee, of]) => [
      grantee,
      of.map(([, row]) => row),
    ]),
  );
}

const administrations = [
  ['sysdba', 'SYSDBA'],
  ['sysoper', 'SYSOPER'],
  ['sysbackup', 'SYSBACKUP'],
  ['sysdg', 'SYSDG'],
  ['syskm', 'SYSKM'],
  ['sysasm', 'SYSASM'],
] as const;

const categories: Readonly<Record<string, PermissionCategory>> = {
  TABLE: 'TABLE',
  VIEW: 'TABLE',
  'MATERIALIZED VIEW': 'TABLE',
  PROCEDURE: 'ROUTINE',
  FUNCTION: 'ROUTINE',
  PACKAGE: 'ROUTINE',
  SEQUENCE: 'SEQUENCE',
  TYPE: 'TYPE',
};

function categoryOf(type: string | null): PermissionCategory {
  // Before 12.2 the view says nothing of the kind.
  return type === null ? 'TABLE' : (categories[type] ?? 'OBJECT');
}
