import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { NO_HASH, sealHash } from '../../domain/audit/seal.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { defineJob } from '../kit/job.ts';
import { entryDigest } from './entry-digest.ts';

/** Seals new entries of the audit log. */
export const sealAuditJob = defineJob({
  name: 'audit.seal',
  payload: z.object({}),
  key: () => 'seal',
});

/** Entries of one seal: a few hundred milliseconds, and 320 kB of digests. */
const ENTRIES_MAX = 20_000;
/** Advisory lock: one process seals at a time; any number that no other lock has. */
const SEAL_LOCK = 4_105_170;

/**
 * Seals the entries that no running transaction can still add to. Safe to run twice and in several processes: one
 * seals, and each entry is sealed once. Returns the number of sealed entries.
 */
export async function sealAudit(context: { readonly em: EntityManager }): Promise<number> {
  let sealed = 0;
  for (let count = ENTRIES_MAX; count === ENTRIES_MAX; sealed += count)
    count = await inTransaction(context.em, sealNext);
  return sealed;
}

interface LastSeal {
  readonly id: string;
  readonly hash: string;
  readonly settled_id: string;
  readonly settled_seal_id: string;
}
const none: LastSeal = { id: '0', hash: NO_HASH, settled_id: '0', settled_seal_id: '0' };

async function sealNext(tx: Sql): Promise<number> {
  const { rows: locks } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(${SEAL_LOCK}::bigint) as ours`.execute(tx);
  if (locks[0]?.ours !== true) return 0;
  const { rows } = await sql<LastSeal>`
    select id, hash, settled_id, settled_seal_id from audit_seal order by id desc limit 1`.execute(tx);
  const last = rows[0] ?? none;
  // Read before the entries: a transaction that has drawn an id by now is visible to the next statement.
  const { rows: drawn } = await sql<{ id: string }>`
    select last_value as id from audit_entry_id_seq`.execute(tx);
  const found = await findUnsealed(tx, last);
  if (found === null) return 0;
  await store(tx, { last, found, drawnId: drawn[0]?.id ?? '0' });
  return found.entries;
}

interface Unsealed {
  readonly entryIds: string;
  readonly entries: number;
  readonly digests: string;
  readonly digestsHash: string;
  readonly newestAt: string;
  readonly lastId: string;
  readonly oldestTxid: string;
  readonly nextTxid: string;
  readonly sealedAt: string;
}

/**
 * Entries whose transaction, and all before it, have ended. An entry of a transaction that has not begun comes from a
 * dump.
 */
async function findUnsealed(tx: Sql, last: LastSeal): Promise<Unsealed | null> {
  const { rows } = await sql<Unsealed>`
    with unsealed as (
      select e.id, e.happened_at, ${entryDigest()} as digest from audit_entry e
      where e.id > ${last.settled_id}::bigint
        and (e.txid < pg_snapshot_xmin(pg_current_snapshot()) or e.txid >= pg_snapshot_xmax(pg_current_snapshot()))
        and not exists (select 1 from audit_seal s where s.id > ${last.settled_seal_id}::bigint and s.entry_ids @> e.id)
      order by e.id limit ${ENTRIES_MAX}
    ), gathered as (
      select range_agg(int8range(u.id, u.id + 1)) as ids, count(*)::int as entries, max(u.id) as last_id,
        string_agg(u.digest, ''::bytea order by u.id) as digests, max(u.happened_at) as newest_at from unsealed u
    )
    select g.ids::text as "entryIds", g.entries, encode(g.digests, 'hex') as digests, g.last_id as "lastId",
      encode(sha256(g.digests), 'hex') as "digestsHash", extract(epoch from g.newest_at)::text as "newestAt",
      pg_snapshot_xmin(pg_current_snapshot())::text as "oldestTxid",
      pg_snapshot_xmax(pg_current_snapshot())::text as "nextTxid",
      extract(epoch from clock_timestamp())::text as "sealedAt"
    from gathered g where g.entries > 0`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Stores the seal, and up to which id everything is decided: ids that were drawn when an earlier seal was made, by
 * transactions that have all ended. The next seal begins after it, or after this one if that is less.
 */
async function store(
  tx: Sql,
  { last, found, drawnId }: { readonly last: LastSeal; readonly found: Unsealed; readonly drawnId: string },
): Promise<void> {
  const id = String(BigInt(last.id) + 1n);
  const { entryIds, entries, digestsHash, newestAt, sealedAt } = found;
  const hash = sealHash({ id, entryIds, entries, digestsHash, newestAt, sealedAt, previousHash: last.hash });
  const full = entries === ENTRIES_MAX;
  await sql`
    with decided as (
      select s.id, s.drawn_id from audit_seal s
      where s.id > ${last.settled_seal_id}::bigint and s.next_txid <= ${found.oldestTxid}::xid8
      order by s.id desc limit 1
    )
    insert into audit_seal (id, entry_ids, entries, digests, previous_hash, hash, newest_at, sealed_at, drawn_id,
      next_txid, settled_id, settled_seal_id)
    values (${id}::bigint, ${entryIds}::int8multirange, ${entries}::int, decode(${found.digests}, 'hex'), ${last.hash},
      ${hash}, to_timestamp(${newestAt}::numeric), to_timestamp(${sealedAt}::numeric), ${drawnId}::bigint,
      ${found.nextTxid}::xid8,
      greatest(${last.settled_id}::bigint,
        (select case when ${full}::boolean then least(drawn_id, ${found.lastId}::bigint) else drawn_id end from decided)),
      case when ${full}::boolean then ${last.settled_seal_id}::bigint
        else coalesce((select id from decided), ${last.settled_seal_id}::bigint) end)`.execute(tx);
}
