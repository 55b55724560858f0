import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  asksForConfirmation,
  hashAccounts,
  type InstancePlan,
  type PlannedAccount,
  planChanges,
  type StoredAccount,
} from '../../../domain/databases/changes/plan-changes.ts';
import {
  countOutcomes,
  type DatabaseSyncCounts,
  noCounts,
} from '../../../domain/databases/changes/sync-counts.ts';
import { type RemoteCatalog, unreadBy } from '../../../domain/databases/permissions/catalog.ts';
import type { Permission } from '../../../domain/databases/permissions/permission.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { InstanceRow } from '../registry/target.ts';
import { announceChanges } from './announce-changes.ts';
import { classifyInstance } from './classify-accounts.ts';
import { type AccountMarks, marksOf } from './marks.ts';
import { matchInstance } from './match-accounts.ts';
import { storeHeldRoles } from './store-held-roles.ts';
import { tellExpired } from './tell-expired.ts';
import { updateMarks, writeAccounts } from './write-accounts.ts';

/** Result of storing one reading of an instance. */
export interface StoredCatalog {
  readonly outcome: 'COMPLETED' | 'AWAITING_CONFIRMATION';
  readonly counts: DatabaseSyncCounts;
  /** More of it for the item. */
  readonly facts: Readonly<Record<string, unknown>>;
}

interface StoredRow extends StoredAccount {
  readonly marksHash: string | null;
  readonly capabilities: readonly string[];
}

/**
 * Stores a reading in the caller's transaction. Nothing is written in a dry run, nor when too many accounts are gone
 * and no person has confirmed it; unchanged rows are not written either.
 */
export async function storeCatalog(
  tx: Sql,
  options: {
    readonly instance: InstanceRow;
    readonly catalog: RemoteCatalog;
    readonly limits: { readonly percent: number; readonly count: number };
    readonly mode: RunMode;
    readonly confirmed: boolean;
    /** Primary key and public id of the run. */
    readonly run: string;
    readonly runId: string;
  },
): Promise<StoredCatalog> {
  const { instance, catalog, mode, run } = options;
  await sql`select 1 from database_instance where id = ${instance.id}::bigint for update`.execute(tx);
  const catalogHash = hashCatalog(catalog, instance.system_accounts);
  if (catalogHash === instance.catalog_hash) return storeSame(tx, options);
  const stored = await readStored(tx, instance.id);
  const plan = await makePlan(tx, catalog, stored);
  const marks = marksOf(catalog, plan, instance.system_accounts);
  const known = new Map(stored.map((account) => [account.identity, account]));
  const outcomes = plan.accounts.map((account) => outcomeOf(account, marks, known));
  const counts = countOutcomes(outcomes, plan.disappeared.length);
  if (mode === 'DRY_RUN') return { outcome: 'COMPLETED', counts, facts: {} };
  if (!options.confirmed && asksForConfirmation(plan, options.limits)) {
    const { percent, count } = options.limits;
    const facts = { active: plan.activeBefore, thresholdPercent: percent, thresholdCount: count };
    return { outcome: 'AWAITING_CONFIRMATION', counts, facts };
  }
  const isFirst = instance.last_success_at === null;
  const { ids, changes } = await writeAccounts(tx, { instance: instance.id, run, plan, marks });
  const refreshed = plan.accounts.filter((_, index) => outcomes[index] === 'refreshed');
  await updateMarks(tx, refreshed, marks);
  await storeHeldRoles(tx, { instance, marks, ids });
  await markRead(tx, instance.id, catalog, catalogHash);
  await tellExpired(tx, { instance: instance.id, run });
  await matchInstance(tx, instance);
  await classifyInstance(tx, { instanceId: instance.id, rule: null });
  if (!isFirst) await announceChanges(tx, { ...options, changes, counts, plan, marks, before: known });
  return { outcome: 'COMPLETED', counts, facts: {} };
}

async function makePlan(
  tx: Sql,
  catalog: RemoteCatalog,
  stored: readonly StoredRow[],
): Promise<InstancePlan> {
  const hashes = hashAccounts(catalog);
  const seen = new Map(catalog.accounts.map((account) => [account.identity, account]));
  // Those of which the plan asks for rows: gone, not the same, or called otherwise.
  const needed = stored.filter((account) => {
    const remote = seen.get(account.identity);
    const isSame =
      hashes.get(account.identity) === account.snapshotHash && remote?.displayName === account.displayName;
    return account.state === 'ACTIVE' && !isSame;
  });
  const rows = await readRows(
    tx,
    needed.map(({ id }) => id),
  );
  return planChanges({ catalog, hashes, unread: unreadBy(catalog) }, stored, (id) => rows.get(id) ?? []);
}

function outcomeOf(
  account: PlannedAccount,
  marks: ReadonlyMap<string, AccountMarks>,
  known: ReadonlyMap<string, StoredRow>,
): PlannedAccount['outcome'] | 'refreshed' {
  if (account.outcome !== 'unchanged') return account.outcome;
  const { identity } = account.remote;
  const isSame = marks.get(identity)?.hash === known.get(identity)?.marksHash && !account.writesRows;
  return isSame ? 'unchanged' : 'refreshed';
}

async function readStored(tx: Sql, instance: string): Promise<readonly StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select id::text, identity, name, host, display_name as "displayName", native_id as "nativeId", is_role as "isRole",
      is_system as "isSystem", state, attributes, snapshot_hash as "snapshotHash", marks_hash as "marksHash",
      capabilities
    from database_account where instance_id = ${instance}::bigint`.execute(tx);
  return rows;
}

/** Direct rows of accounts, as they are stored. */
export async function readRows(
  tx: Sql,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly Permission[]>> {
  if (accounts.length === 0) return new Map();
  const { rows } = await sql<Permission & { readonly account: string }>`
    select account_id::text as account, category, scope, object, privilege, state, grantable
    from database_permission where account_id = any(${[...new Set(accounts)]}::bigint[])`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, ({ account }) => account)].map(([account, of]) => [
      account,
      of.map(({ category, scope, object, privilege, state, grantable }) => ({
        category,
        scope,
        object,
        privilege,
        state,
        grantable,
      })),
    ]),
  );
}

/**
 * Increased with every change of the rules by which rows become accounts and marks, so that a newer build derives
 * them anew.
 */
const RULES_VERSION = 2;

/** Everything that the accounts of an instance follow from: the same again differs in nothing. */
function hashCatalog(
  { product, version, fingerprint, coverage, closedScopes }: RemoteCatalog,
  systemAccounts: readonly string[],
): string {
  const known = [RULES_VERSION, systemAccounts, product, version, coverage, closedScopes, fingerprint];
  return createHash('sha256').update(JSON.stringify(known)).digest('hex');
}

/** A reading that was stored already: only what depends on the clock, on people or on rules is worked out. */
async function storeSame(
  tx: Sql,
  { instance, catalog, mode, run }: Parameters<typeof storeCatalog>[1],
): Promise<StoredCatalog> {
  const { rows } = await sql<{ accounts: number }>`
    select count(*)::int as accounts from database_account
    where instance_id = ${instance.id}::bigint and state = 'ACTIVE'`.execute(tx);
  const examined = rows[0]?.accounts ?? 0;
  const counts = { ...noCounts, examined, unchanged: examined };
  if (mode === 'DRY_RUN') return { outcome: 'COMPLETED', counts, facts: {} };
  await markRead(tx, instance.id, catalog, instance.catalog_hash);
  await tellExpired(tx, { instance: instance.id, run });
  await matchInstance(tx, instance);
  await classifyInstance(tx, { instanceId: instance.id, rule: null });
  return { outcome: 'COMPLETED', counts, facts: {} };
}

async function markRead(
  tx: Sql,
  instance: string,
  catalog: RemoteCatalog,
  catalogHash: string | null,
): Promise<void> {
  await sql`
    update database_instance set product = ${catalog.product}, version = ${catalog.version},
      coverage = ${JSON.stringify(catalog.coverage)}::jsonb, inventoried_at = clock_timestamp(),
      last_success_at = clock_timestamp(), catalog_hash = ${catalogHash}
    where id = ${instance}::bigint`.execute(tx);
}
