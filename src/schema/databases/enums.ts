import type {
  AccountChangeKind,
  CategoryStatus,
  DatabaseAccountState,
  DatabaseCapability,
  DatabaseEngine,
  InstanceState,
  PermissionCategory,
  PermissionState,
  PersonMatch,
  TlsMode,
} from '../../domain/databases/engines.ts';
import { builder } from '../building/builder.ts';
import type { Described } from '../building/shared-enums.ts';

const engines = {
  MYSQL: { description: 'MySQL and MariaDB; `product` tells them apart.' },
  POSTGRESQL: { description: 'PostgreSQL.' },
  SQLSERVER: { description: 'Microsoft SQL Server.' },
  ORACLE: { description: 'Oracle.' },
} as const satisfies Described<DatabaseEngine>;
export const DatabaseEngineEnum = builder.enumType('DatabaseEngine', {
  description: 'Kind of server.',
  values: engines,
});

const tlsModes = {
  DISABLED: { description: 'No encryption.' },
  PREFERRED: { description: 'Encrypted where the server offers it.' },
  REQUIRED: { description: 'Encrypted, whatever the certificate.' },
  VERIFY_CA: { description: 'Encrypted, with a certificate of a known authority.' },
  VERIFY_FULL: { description: 'As VERIFY_CA, and made out to this host.' },
} as const satisfies Described<TlsMode>;
export const TlsModeEnum = builder.enumType('TlsMode', {
  description: 'How connections are encrypted.',
  values: tlsModes,
});

const instanceStates = {
  ACTIVE: { description: 'Read by runs over all.' },
  PAUSED: { description: 'Read only when it is named.' },
} as const satisfies Described<InstanceState>;
export const InstanceStateEnum = builder.enumType('InstanceState', {
  description: 'Whether runs over all take it.',
  values: instanceStates,
});

const accountStates = {
  ACTIVE: { description: 'Seen by the last run.' },
  DISAPPEARED: { description: 'Gone; its history stays.' },
} as const satisfies Described<DatabaseAccountState>;
export const DatabaseAccountStateEnum = builder.enumType('DatabaseAccountState', {
  description: 'Whether the account exists.',
  values: accountStates,
});

const capabilities = {
  SUPERUSER: { description: 'May do everything, or can make itself able to.' },
  GRANT_ADMIN: { description: 'May give rights to others.' },
  LOCKED: { description: 'Cannot log in.' },
} as const satisfies Described<DatabaseCapability>;
export const DatabaseCapabilityEnum = builder.enumType('DatabaseCapability', {
  description: 'What an account amounts to.',
  values: capabilities,
});

const categories = {
  ATTRIBUTE: { description: 'What a role of PostgreSQL is.' },
  ROLE: { description: 'Membership in a role.' },
  SERVER: { description: 'Rights of the whole server.' },
  DATABASE: { description: 'Rights of a database.' },
  SCHEMA: { description: 'Rights of a schema.' },
  TABLE: { description: 'Rights of a table or view.' },
  COLUMN: { description: 'Rights of a column.' },
  SEQUENCE: { description: 'Rights of a sequence.' },
  ROUTINE: { description: 'Rights of a function or procedure.' },
  TYPE: { description: 'Rights of a type.' },
  DEFAULT: { description: 'What new objects will be granted.' },
  QUOTA: { description: 'Space in a tablespace.' },
  SYSTEM: { description: "Oracle's system privileges." },
  OBJECT: { description: 'Rights of anything else.' },
  PROXY: { description: 'May act as another account.' },
} as const satisfies Described<PermissionCategory>;
export const PermissionCategoryEnum = builder.enumType('PermissionCategory', {
  description: 'What a right is about.',
  values: categories,
});

const states = {
  GRANT: { description: 'Given.' },
  DENY: { description: 'Taken back from what is wider.' },
} as const satisfies Described<PermissionState>;
export const PermissionStateEnum = builder.enumType('PermissionState', {
  description: 'Given or denied.',
  values: states,
});

const statuses = {
  OK: { description: 'Read.' },
  DENIED: { description: 'Our credential may not read it.' },
  ERROR: { description: 'Reading it failed.' },
  UNSUPPORTED: { description: 'This server has no such thing.' },
} as const satisfies Described<CategoryStatus>;
export const CategoryStatusEnum = builder.enumType('CategoryStatus', {
  description: 'Whether a category could be read.',
  values: statuses,
});

const changeKinds = {
  ADD: { description: 'Seen for the first time.' },
  MODIFY_PRIVILEGE: { description: 'Rights were granted or revoked.' },
  MODIFY_OTHER: { description: 'Attributes changed, or the clock locked it.' },
  DELETE: { description: 'Disappeared.' },
  REACTIVATE: { description: 'Back again.' },
  RENAME: { description: 'The same account under another name.' },
} as const satisfies Described<AccountChangeKind>;
export const AccountChangeKindEnum = builder.enumType('AccountChangeKind', {
  description: 'What happened to an account.',
  values: changeKinds,
});

const personMatches = {
  MATCHED: { description: 'One person, by an exact rule or by hand.' },
  DOUBTFUL: { description: 'Several people, or rules that contradict each other: a person has to say.' },
  UNMATCHED: { description: 'Nobody has such a name.' },
  IGNORED: { description: "Nobody's, on purpose." },
} as const satisfies Described<PersonMatch>;
export const PersonMatchEnum = builder.enumType('PersonMatch', {
  description: 'Whose account it is taken for.',
  values: personMatches,
});
