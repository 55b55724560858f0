import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import { recordAudit } from './record-audit.ts';

/** Seals of one transaction: up to some ten thousand entries. */
const SEALS_AT_ONCE = 5;

/**
 * The oldest seals whose entries are all past their days and between which nothing can be added. The newest seal
 * stays: the chain goes on from it.
 */
export function dueSeals(days: number): RawBuilder<{ id: string; entries: number }> {
  const limit = sql`now() - ${days}::int * interval '1 day'`;
  return sql<{ id: string; entries: number }>`
    select s.id, s.entries from audit_seal s
    where s.newest_at < ${limit} and s.id < (select max(id) from audit_seal)
      and upper(s.entry_ids) <= (select max(l.settled_id) + 1 from audit_seal l)
      and s.id < coalesce((select min(k.id) from audit_seal k where k.newest_at >= ${limit}), ${Number.MAX_SAFE_INTEGER})`;
}

/**
 * Removes due seals with their entries, and writes into the log with which hash the rest begins, so that the chain
 * stays whole. Returns the number of removed entries; 0: nothing is due.
 */
export async function purgeAudit(tx: Sql, days: number): Promise<number> {
  const { rows } = await sql<{ id: string; entries: number; hash: string }>`
    select s.id, s.entries, s.hash from audit_seal s
    where s.id in (select d.id from (${dueSeals(days)}) d order by d.id limit ${SEALS_AT_ONCE})
    order by s.id for update`.execute(tx);
  const last = rows.at(-1);
  if (last === undefined) return 0;
  const ids = rows.map(({ id }) => id);
  await sql`
    delete from audit_entry e using audit_seal s, unnest(s.entry_ids) m
    where s.id = any(${ids}::bigint[]) and e.id >= lower(m) and e.id < upper(m)`.execute(tx);
  await sql`delete from audit_seal where id = any(${ids}::bigint[])`.execute(tx);
  const entries = rows.reduce((sum, row) => sum + row.entries, 0);
  await recordAudit(tx, {
    action: 'audit.purged',
    subjectKind: 'AUDIT',
    subjectId: 'chain',
    after: { seals: rows.length, entries, lastSeal: last.id, hash: last.hash },
  });
  return entries;
}
