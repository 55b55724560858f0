import { sql } from 'kysely';
import type {
  InstancePlan,
  PlannedAccount,
  PlannedChange,
} from '../../../domain/databases/changes/plan-changes.ts';
import type { Permission } from '../../../domain/databases/permissions/permission.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { AccountMarks } from './marks.ts';

export interface WrittenAccounts {
  /** Primary keys of all accounts that were read, by identity. */
  readonly ids: ReadonlyMap<string, string>;
  /** Entries of the log that were written. */
  readonly changes: number;
}

/** Rows per statement: JSON of a few megabytes. */
const BATCH = 5_000;

/** Writes the differences that a run found: accounts, their rows, and the entries of the log; set by set. */
export async function writeAccounts(
  tx: Sql,
  work: {
    readonly instance: string;
    readonly run: string;
    readonly plan: InstancePlan;
    readonly marks: ReadonlyMap<string, AccountMarks>;
  },
): Promise<WrittenAccounts> {
  const { instance, run, plan, marks } = work;
  const written = plan.accounts.filter(({ outcome, writesRows }) => outcome !== 'unchanged' || writesRows);
  const added = await upsertAccounts(tx, instance, written, marks);
  const ids = new Map(
    plan.accounts.flatMap(({ remote, id }): [string, string][] => {
      const known = id ?? added.get(remote.identity);
      return known === undefined ? [] : [[remote.identity, known]];
    }),
  );
  const idOf = (account: PlannedAccount) => ids.get(account.remote.identity) ?? '';
  await replaceRows(
    tx,
    written
      .filter(({ writesRows }) => writesRows)
      .map((account) => ({ id: idOf(account), rows: account.permissions })),
  );
  await markDisappeared(
    tx,
    plan.disappeared.map(({ id }) => id),
  );
  const entries = [
    ...written.flatMap((account) => account.changes.map((change) => ({ account: idOf(account), change }))),
    ...plan.disappeared.map(({ id, change }) => ({ account: id, change })),
  ];
  await logChanges(tx, { instance, run, entries });
  return { ids, changes: entries.length };
}

async function upsertAccounts(
  tx: Sql,
  instance: string,
  accounts: readonly PlannedAccount[],
  marks: ReadonlyMap<string, AccountMarks>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const batch of batches(accounts)) {
    const rows = batch.map(({ remote, hash }) => ({
      identity: remote.identity,
      name: remote.name,
      host: remote.host,
      display_name: remote.displayName,
      native_id: remote.nativeId,
      is_role: remote.isRole,
      attributes: remote.attributes,
      snapshot_hash: hash,
      ...columnsOf(marks.get(remote.identity)),
    }));
    const { rows: stored } = await sql<{ id: string; identity: string }>`
      insert into database_account as a (instance_id, identity, name, host, display_name, native_id, is_role, is_system,
        attributes, snapshot_hash, marks_hash, lock_reasons, locks_at, locked_told, expires_at, last_login_at, capabilities,
        capability_reasons, member_of, effective_roles)
      select ${instance}::bigint, identity, name, host, display_name, native_id, is_role, is_system, attributes,
        snapshot_hash, marks_hash, lock_reasons, locks_at, cardinality(lock_reasons) > 0 or coalesce(locks_at <= now(), false),
        expires_at, last_login_at, capabilities, capability_reasons, member_of, effective_roles
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(identity text, name text, host text, display_name text,
        native_id text, is_role boolean, is_system boolean, attributes jsonb, snapshot_hash text, marks_hash text,
        lock_reasons text[], locks_at timestamptz, expires_at timestamptz, last_login_at timestamptz, capabilities text[],
        capability_reasons jsonb, member_of text[], effective_roles text[])
      on conflict (instance_id, identity) do update set name = excluded.name, host = excluded.host,
        display_name = excluded.display_name, native_id = excluded.native_id, is_role = excluded.is_role,
        is_system = excluded.is_system, attributes = excluded.attributes, snapshot_hash = excluded.snapshot_hash,
        marks_hash = excluded.marks_hash, lock_reasons = excluded.lock_reasons, locks_at = excluded.locks_at,
        locked_told = excluded.locked_told, expires_at = excluded.expires_at, last_login_at = excluded.last_login_at,
        capabilities = excluded.capabilities, capability_reasons = excluded.capability_reasons,
        member_of = excluded.member_of, effective_roles = excluded.effective_roles, state = 'ACTIVE', disappeared_at = null
      returning id::text, identity`.execute(tx);
    for (const { id, identity } of stored) ids.set(identity, id);
  }
  return ids;
}

/** Rewrites the marks of accounts that are otherwise as they were. */
export async function updateMarks(
  tx: Sql,
  accounts: readonly PlannedAccount[],
  marks: ReadonlyMap<string, AccountMarks>,
): Promise<void> {
  for (const batch of batches(accounts)) {
    const rows = batch.map(({ id, remote }) => ({ id, ...columnsOf(marks.get(remote.identity)) }));
    await sql`
      update database_account a set is_system = r.is_system, marks_hash = r.marks_hash, lock_reasons = r.lock_reasons,
        locks_at = r.locks_at, expires_at = r.expires_at, last_login_at = r.last_login_at, capabilities = r.capabilities,
        capability_reasons = r.capability_reasons, member_of = r.member_of, effective_roles = r.effective_roles
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, is_system boolean, marks_hash text,
        lock_reasons text[], locks_at timestamptz, expires_at timestamptz, last_login_at timestamptz, capabilities text[],
        capability_reasons jsonb, member_of text[], effective_roles text[])
      where a.id = r.id`.execute(tx);
  }
}

function columnsOf(marks: AccountMarks | undefined) {
  if (marks === undefined) throw new Error('An account has no marks.');
  return {
    is_system: marks.isSystem,
    marks_hash: marks.hash,
    lock_reasons: marks.lockReasons,
    locks_at: marks.locksAt,
    expires_at: marks.expiresAt,
    last_login_at: marks.lastLoginAt,
    capabilities: marks.capabilities,
    capability_reasons: marks.capabilityReasons,
    member_of: marks.memberOf,
    effective_roles: marks.effectiveRoles,
  };
}

async function replaceRows(
  tx: Sql,
  accounts: readonly { readonly id: string; readonly rows: readonly Permission[] }[],
): Promise<void> {
  if (accounts.length === 0) return;
  await sql`
    delete from database_permission where account_id = any(${accounts.map(({ id }) => id)}::bigint[])`.execute(
    tx,
  );
  const rows = accounts.flatMap(({ id, rows: ofAccount }) =>
    ofAccount.map(
      (row) => [id, row.category, row.scope, row.object, row.privilege, row.state, row.grantable] as const,
    ),
  );
  for (const batch of batches(rows))
    await sql`
      insert into database_permission (account_id, category, scope, object, privilege, state, grantable)
      select (r->>0)::bigint, r->>1, r->>2, r->>3, r->>4, r->>5, (r->>6)::boolean
      from json_array_elements(${JSON.stringify(batch)}::json) as r`.execute(tx);
}

/** An account that is gone has no rights any more; its last entry lists those it had. */
async function markDisappeared(tx: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update database_account a set state = 'DISAPPEARED', disappeared_at = clock_timestamp(), snapshot_hash = null,
      last_seen_at = coalesce(i.inventoried_at, a.last_seen_at), lock_reasons = '{}', locks_at = null, capabilities = '{}',
      capability_reasons = '[]', member_of = '{}', effective_roles = '{}', marks_hash = null
    from database_instance i where i.id = a.instance_id and a.id = any(${[...ids]}::bigint[])`.execute(tx);
  await sql`delete from database_permission where account_id = any(${[...ids]}::bigint[])`.execute(tx);
}

async function logChanges(
  tx: Sql,
  log: {
    readonly instance: string;
    readonly run: string;
    readonly entries: readonly { readonly account: string; readonly change: PlannedChange }[];
  },
): Promise<void> {
  for (const batch of batches(log.entries)) {
    const rows = batch.map(({ account, change }) => ({ account, ...change }));
    await sql`
      insert into database_account_change (instance_id, account_id, kind, added, removed, other, run_id, at)
      select ${log.instance}::bigint, account, kind, added, removed, other, ${log.run}::bigint, now()
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(account bigint, kind text, added jsonb, removed jsonb, other jsonb)`.execute(tx);
  }
}

function batches<Item>(items: readonly Item[]): Item[][] {
  const list: Item[][] = [];
  for (let from = 0; from < items.length; from += BATCH) list.push(items.slice(from, from + BATCH));
  return list;
}
