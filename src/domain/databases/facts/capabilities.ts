import type { DatabaseEngine } from '../engines.ts';
import type { HeldPermission, Permission } from '../permissions/permission.ts';
import type { HeldRole, RoleDirectory, RoleHolder } from '../permissions/role-directory.ts';

/** An ability of an account beyond its rows. LOCKED depends on the clock and is derived when read. */
export type LastingCapability = 'SUPERUSER' | 'GRANT_ADMIN';

/** Why a capability holds: a code of `capabilityTexts` and what it is about. */
export interface CapabilityReason {
  readonly capability: LastingCapability;
  readonly code: 'ATTRIBUTE' | 'RIGHT' | 'PASSES_ON' | 'ADMIN_OF' | 'MEMBER' | 'BUILT_IN';
  /** The right, attribute or role. */
  readonly subject: string;
  /** Where it holds; null: the whole instance. */
  readonly place: string | null;
  /** Roles it comes through. */
  readonly via: readonly string[];
}

/** Rights and roles that amount to a capability, by engine (databases-normal-form.md). */
interface CapabilityRules {
  /** Rights of the whole instance. */
  readonly rights: readonly string[];
  /** Roles whose members have it; in every scope. */
  readonly roles: readonly string[];
  /** Attributes of PostgreSQL's roles. */
  readonly attributes: readonly string[];
}

const superuser: Readonly<Record<DatabaseEngine, CapabilityRules>> = {
  POSTGRESQL: {
    attributes: ['SUPERUSER'],
    rights: [],
    roles: ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'],
  },
  MYSQL: {
    attributes: [],
    rights: ['SUPER', 'SYSTEM_USER', 'SET_USER_ID', 'SET_ANY_DEFINER', 'SET USER'],
    roles: [],
  },
  SQLSERVER: { attributes: [], rights: ['CONTROL SERVER'], roles: ['sysadmin'] },
  ORACLE: { attributes: [], rights: ['SYSDBA'], roles: ['DBA'] },
};

const grantAdmin: Readonly<Record<DatabaseEngine, CapabilityRules>> = {
  POSTGRESQL: { attributes: ['CREATEROLE'], rights: [], roles: [] },
  MYSQL: { attributes: [], rights: ['CREATE USER', 'ROLE_ADMIN'], roles: [] },
  SQLSERVER: {
    attributes: [],
    rights: ['ALTER ANY LOGIN'],
    roles: ['securityadmin', 'db_owner', 'db_securityadmin'],
  },
  ORACLE: {
    attributes: [],
    rights: ['GRANT ANY PRIVILEGE', 'GRANT ANY ROLE', 'GRANT ANY OBJECT PRIVILEGE'],
    roles: [],
  },
};

/** Roles of the whole server: one of the same name in a database is only a name. */
const SERVER_ROLES = new Set(['sysadmin', 'securityadmin']);

/**
 * The capabilities of an account with reasons: from its own rows, those of its roles, and the attributes of roles
 * that it may become.
 */
export function capabilityReasons(
  engine: DatabaseEngine,
  directory: RoleDirectory,
  account: RoleHolder,
  roles: readonly HeldRole[],
): readonly CapabilityReason[] {
  const own = account.permissions.map((row): HeldPermission => ({ ...row, via: [] }));
  const rows = [...own, ...directory.inheritedWide(roles)].filter(({ state }) => state === 'GRANT');
  const being = [...own, ...ofBecomable(directory, roles)];
  const superReasons = byRules('SUPERUSER', superuser[engine], { rows, being, directory, roles });
  if (engine === 'ORACLE' && account.displayName === 'SYS')
    superReasons.push({ capability: 'SUPERUSER', code: 'BUILT_IN', subject: 'SYS', place: null, via: [] });
  const grantReasons = byRules('GRANT_ADMIN', grantAdmin[engine], { rows, being, directory, roles });
  grantReasons.push(...passingOn(rows, being));
  return [
    ...superReasons,
    ...(superReasons.length > 0
      ? superReasons.map((reason) => ({ ...reason, capability: 'GRANT_ADMIN' as const }))
      : []),
    ...grantReasons,
  ];
}

/** The capabilities of these reasons, each once. */
export function capabilitiesOf(reasons: readonly CapabilityReason[]): readonly LastingCapability[] {
  return (['SUPERUSER', 'GRANT_ADMIN'] as const).filter((one) =>
    reasons.some(({ capability }) => capability === one),
  );
}

interface Holdings {
  /** Rights, its own and inherited. */
  readonly rows: readonly HeldPermission[];
  /** Attributes and memberships: its own, and those of roles it may become. */
  readonly being: readonly HeldPermission[];
  readonly directory: RoleDirectory;
  readonly roles: readonly HeldRole[];
}

function byRules(
  capability: LastingCapability,
  rules: CapabilityRules,
  { rows, being, directory, roles }: Holdings,
): CapabilityReason[] {
  const attributes = being.filter(
    ({ category, privilege }) => category === 'ATTRIBUTE' && rules.attributes.includes(privilege),
  );
  const rights = rows.filter(
    ({ category, privilege }) =>
      (category === 'SERVER' || category === 'SYSTEM') && rules.rights.includes(privilege),
  );
  const members = roles.flatMap(({ holder, via, named }) => {
    const role = directory.account(holder);
    if (role === undefined || !named || !rules.roles.includes(role.displayName)) return [];
    if (SERVER_ROLES.has(role.displayName) && (role.roleScope ?? '*') !== '*') return [];
    return [{ role, via }];
  });
  return [
    ...attributes.map(({ privilege, via }) => reason(capability, 'ATTRIBUTE', { subject: privilege, via })),
    ...rights.map(({ privilege, via }) => reason(capability, 'RIGHT', { subject: privilege, via })),
    ...members.map(({ role, via }) =>
      reason(capability, 'MEMBER', {
        subject: role.displayName,
        place: role.roleScope === undefined || role.roleScope === '*' ? null : role.roleScope,
        via: via.slice(0, -1),
      }),
    ),
  ];
}

/**
 * Reasons for GRANT_ADMIN: rights of the instance or a database that may be passed on, ownership, and admin
 * membership in a role.
 */
function passingOn(
  rows: readonly HeldPermission[],
  being: readonly HeldPermission[],
): readonly CapabilityReason[] {
  const rights = rows.filter(
    ({ category, grantable, privilege }) =>
      (grantable || privilege === 'OWNER') &&
      (category === 'SERVER' || category === 'DATABASE' || category === 'SYSTEM'),
  );
  const admins = being.filter(
    ({ category, privilege, grantable }) => category === 'ROLE' && privilege === 'MEMBER' && grantable,
  );
  return [
    ...rights.map(({ privilege, scope, via }) =>
      reason('GRANT_ADMIN', 'PASSES_ON', { subject: privilege, place: scope === '*' ? null : scope, via }),
    ),
    ...admins.map(({ object, via }) => reason('GRANT_ADMIN', 'ADMIN_OF', { subject: object ?? '', via })),
  ];
}

/** Attributes and memberships of roles that the account may become. */
function ofBecomable(directory: RoleDirectory, roles: readonly HeldRole[]): readonly HeldPermission[] {
  return roles.flatMap(({ holder, via, set }) =>
    set ? (directory.account(holder)?.permissions ?? []).filter(isBeing).map((row) => ({ ...row, via })) : [],
  );
}

function isBeing({ category }: Permission): boolean {
  return category === 'ATTRIBUTE' || category === 'ROLE';
}

function reason(
  capability: LastingCapability,
  code: CapabilityReason['code'],
  facts: { readonly subject: string; readonly place?: string | null; readonly via: readonly string[] },
): CapabilityReason {
  return { capability, code, subject: facts.subject, place: facts.place ?? null, via: facts.via };
}
