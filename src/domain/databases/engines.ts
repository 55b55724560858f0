/** Closed sets of the databases area, spelt as the API spells them. */

/** MYSQL also speaks to MariaDB. */
export const databaseEngines = ['MYSQL', 'POSTGRESQL', 'SQLSERVER', 'ORACLE'] as const;
export type DatabaseEngine = (typeof databaseEngines)[number];

export const tlsModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_FULL'] as const;
export type TlsMode = (typeof tlsModes)[number];

export const instanceStates = ['ACTIVE', 'PAUSED'] as const;
export type InstanceState = (typeof instanceStates)[number];

export const accountStates = ['ACTIVE', 'DISAPPEARED'] as const;
export type DatabaseAccountState = (typeof accountStates)[number];

export const capabilities = ['SUPERUSER', 'GRANT_ADMIN', 'LOCKED'] as const;
export type DatabaseCapability = (typeof capabilities)[number];

export const permissionCategories = [
  'ATTRIBUTE',
  'ROLE',
  'SERVER',
  'DATABASE',
  'SCHEMA',
  'TABLE',
  'COLUMN',
  'SEQUENCE',
  'ROUTINE',
  'TYPE',
  'DEFAULT',
  'QUOTA',
  'SYSTEM',
  'OBJECT',
  'PROXY',
] as const;
export type PermissionCategory = (typeof permissionCategories)[number];

export const permissionStates = ['GRANT', 'DENY'] as const;
export type PermissionState = (typeof permissionStates)[number];

export const categoryStatuses = ['OK', 'DENIED', 'ERROR', 'UNSUPPORTED'] as const;
export type CategoryStatus = (typeof categoryStatuses)[number];

export const changeKinds = [
  'ADD',
  'MODIFY_PRIVILEGE',
  'MODIFY_OTHER',
  'DELETE',
  'REACTIVATE',
  'RENAME',
] as const;
export type AccountChangeKind = (typeof changeKinds)[number];

export const personMatches = ['MATCHED', 'DOUBTFUL', 'UNMATCHED', 'IGNORED'] as const;
export type PersonMatch = (typeof personMatches)[number];

/** The port of an instance that names none. */
export const defaultPorts: Readonly<Record<DatabaseEngine, number>> = {
  MYSQL: 3306,
  POSTGRESQL: 5432,
  SQLSERVER: 1433,
  ORACLE: 1521,
};
