import { sql } from 'kysely';
import type {
  AccountChangeKind,
  DatabaseAccountState,
  DatabaseCapability,
  DatabaseEngine,
  InstanceState,
  PersonMatch,
  TlsMode,
} from '../../domain/databases/engines.ts';
import type { CapabilityReason } from '../../domain/databases/facts/capabilities.ts';
import type { StoredMatchReason } from '../../domain/databases/facts/fact-texts.ts';
import type { CategoryCoverage, LockReason } from '../../domain/databases/permissions/catalog.ts';
import type { HeldPermission, Permission } from '../../domain/databases/permissions/permission.ts';
import type { AttributeChanges, Attributes } from '../../domain/databases/permissions/snapshot.ts';
import type { ErrorParameters, StoredError } from '../../domain/errors/error-entry.ts';
import type { RunItemOutcome } from '../../domain/runs/run-states.ts';
import { builder } from '../building/builder.ts';

/** Backs the type `DatabaseInstance`; never with the password. */
export interface DatabaseInstanceRow {
  readonly id: string;
  readonly name: string;
  readonly engine: DatabaseEngine;
  readonly product: string | null;
  readonly version: string | null;
  readonly host: string;
  readonly port: number;
  readonly database_name: string | null;
  readonly username: string;
  readonly tls: TlsMode;
  readonly state: InstanceState;
  readonly tags: readonly string[];
  readonly system_accounts: readonly string[];
  readonly coverage: readonly CategoryCoverage[];
  readonly last_success_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Backs the type `DatabaseAccount`. */
export interface DatabaseAccountRow {
  readonly id: string;
  readonly instance_id: string;
  readonly name: string;
  readonly host: string | null;
  readonly display_name: string;
  readonly native_id: string | null;
  readonly is_role: boolean;
  readonly is_system: boolean;
  readonly state: DatabaseAccountState;
  readonly attributes: Attributes;
  readonly snapshot_hash: string | null;
  readonly locked: boolean;
  readonly lock_reasons: readonly LockReason[];
  readonly expired_at: string | null;
  readonly expires_at: string | null;
  readonly last_login_at: string | null;
  readonly capabilities: readonly DatabaseCapability[];
  readonly capability_reasons: readonly CapabilityReason[];
  readonly member_of: readonly string[];
  readonly effective_roles: readonly string[];
  readonly person_id: string | null;
  readonly person_match: PersonMatch;
  readonly person_match_reason: StoredMatchReason | null;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
  readonly disappeared_at: string | null;
}

/** Backs the type `DatabaseAccountChange`. */
export interface DatabaseAccountChangeRow {
  readonly id: string;
  readonly account_id: string;
  readonly account_name: string;
  readonly kind: AccountChangeKind;
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly other: AttributeChanges;
  readonly run_id: string | null;
  readonly at: string;
}

/** Backs the type `DatabaseClassificationRule`. */
export interface ClassificationRuleRow {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly engines: readonly DatabaseEngine[];
  readonly condition: unknown;
  readonly enabled: boolean;
  readonly accounts: number;
}

/** Backs the type `DatabasePermission`. */
export interface DatabasePermissionRow extends HeldPermission {
  /** Primary key of the account that may. */
  readonly account: string;
}

/** Backs the type `InstanceSync`: the newest item of a run about the instance. */
export interface InstanceSyncRow {
  readonly instance_id: string;
  readonly run_id: string;
  readonly outcome: RunItemOutcome;
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly settled_at: string | null;
}

/** Backs the type `DatabaseError`. */
export interface DatabaseErrorShape extends StoredError {
  readonly sqlState: string | null;
  readonly vendorCode: string | null;
  readonly phase: string | null;
}

export const DatabaseInstance = builder.objectRef<DatabaseInstanceRow>('DatabaseInstance');
export const DatabaseAccount = builder.objectRef<DatabaseAccountRow>('DatabaseAccount');
export const DatabaseAccountChange = builder.objectRef<DatabaseAccountChangeRow>('DatabaseAccountChange');
export const DatabasePermission = builder.objectRef<DatabasePermissionRow>('DatabasePermission');
export const DatabaseClassificationRule = builder.objectRef<ClassificationRuleRow>(
  'DatabaseClassificationRule',
);

/** True while an account cannot log in; depends on the clock. `a` is the account. */
export const isLocked = sql<boolean>`(cardinality(a.lock_reasons) > 0 or coalesce(a.locks_at <= now(), false))`;

/** `select … from` of each type, to be followed by `where`. */
export const selectInstances = sql<DatabaseInstanceRow>`
  select d.id, d.name, d.engine, d.product, d.version, d.host, d.port, d.database_name, d.username, d.tls, d.state, d.tags,
    d.system_accounts, d.coverage, d.last_success_at, d.created_at, d.updated_at
  from database_instance d`;
export const selectAccounts = sql<DatabaseAccountRow>`
  select a.id, a.instance_id, a.name, a.host, a.display_name, a.native_id, a.is_role, a.is_system, a.state, a.attributes,
    a.snapshot_hash, ${isLocked} as locked, a.lock_reasons,
    case when a.locks_at <= now() then a.locks_at end as expired_at, a.expires_at, a.last_login_at,
    case when ${isLocked} then a.capabilities || 'LOCKED'::text else a.capabilities end as capabilities,
    a.capability_reasons, a.member_of, a.effective_roles, a.person_id, a.person_match, a.person_match_reason, a.first_seen_at,
    case when a.state = 'ACTIVE' then coalesce(i.inventoried_at, a.last_seen_at) else a.last_seen_at end as last_seen_at,
    a.disappeared_at
  from database_account a join database_instance i on i.id = a.instance_id`;
export const selectChanges = sql<DatabaseAccountChangeRow>`
  select c.id, c.account_id, a.display_name as account_name, c.kind, c.added, c.removed, c.other, c.run_id, c.at
  from database_account_change c join database_account a on a.id = c.account_id
    join database_instance i on i.id = c.instance_id`;
export const selectRules = sql<ClassificationRuleRow>`
  select r.id, r.code, r.name_zh, r.name_en, r.engines, r.condition, r.enabled,
    (select count(*)::int from database_classification k join database_account a on a.id = k.account_id
      where k.code = r.code and not k.excluded and a.state = 'ACTIVE') as accounts
  from database_classification_rule r`;
