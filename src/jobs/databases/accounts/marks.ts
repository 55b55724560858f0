import { createHash } from 'node:crypto';
import type { InstancePlan } from '../../../domain/databases/changes/plan-changes.ts';
import {
  type CapabilityReason,
  capabilitiesOf,
  capabilityReasons,
  type LastingCapability,
} from '../../../domain/databases/facts/capabilities.ts';
import { systemAccountTest } from '../../../domain/databases/facts/system-accounts.ts';
import type { LockReason, RemoteCatalog } from '../../../domain/databases/permissions/catalog.ts';
import { type HeldRole, RoleDirectory } from '../../../domain/databases/permissions/role-directory.ts';

/** Facts derived from an account and stored beside its snapshot: rewritten without an entry in the log. */
export interface AccountMarks {
  readonly isSystem: boolean;
  readonly lockReasons: readonly LockReason[];
  readonly locksAt: string | null;
  readonly expiresAt: string | null;
  readonly lastLoginAt: string | null;
  readonly capabilities: readonly LastingCapability[];
  readonly capabilityReasons: readonly CapabilityReason[];
  readonly memberOf: readonly string[];
  readonly effectiveRoles: readonly string[];
  readonly roles: readonly HeldRole[];
  readonly hash: string;
}

/** Reasons that are kept of one account; an administrator has hundreds, and the first ones say it. */
const REASONS_MAX = 20;

/** The marks of every account of a reading, by identity. */
export function marksOf(
  catalog: RemoteCatalog,
  plan: InstancePlan,
  systemAccounts: readonly string[],
): ReadonlyMap<string, AccountMarks> {
  const { engine } = catalog;
  // Rows that could not be read count as they were.
  const holders = plan.accounts.map(({ remote, permissions }) => ({ ...remote, permissions }));
  const directory = new RoleDirectory(engine, holders);
  const isSystem = systemAccountTest(engine, systemAccounts);
  return new Map(
    holders.map((account) => {
      const roles = directory.rolesOf(account);
      const reasons = capabilityReasons(engine, directory, account, roles);
      const facts = {
        isSystem: isSystem(account),
        lockReasons: account.lockReasons,
        locksAt: account.locksAt,
        expiresAt: account.expiresAt,
        lastLoginAt: account.lastLoginAt,
        capabilities: capabilitiesOf(reasons),
        capabilityReasons: shortened(reasons),
        memberOf: directory.memberOf(account),
        effectiveRoles: directory.effectiveNames(roles),
      };
      const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
      return [account.identity, { ...facts, roles, hash }];
    }),
  );
}

function shortened(reasons: readonly CapabilityReason[]): readonly CapabilityReason[] {
  return [...Map.groupBy(reasons, ({ capability }) => capability).values()].flatMap((of) =>
    of.slice(0, REASONS_MAX),
  );
}
